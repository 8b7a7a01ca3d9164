//! Values with commas, tabs, semicolons or bars between them, in whatever encoding.

mod delimiter;
mod record;

use crate::limits::Limits;
use std::borrow::Cow;
use std::io::Cursor;

use csv::{Position, Reader, ReaderBuilder, StringRecord};

use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind};
use crate::place::Place;
use crate::source::{Block, Cell, Grid, Row, Source};
use crate::text::{Span, Text, is_blank};

use super::decode::{EncodingHint, decode};
use super::lines::LineIndex;
use super::{ReadOptions, own, report_if_empty, typed, within_lines};

use delimiter::{Delimiter, delimiter};
use record::{DelimitedRecord, record};

/// Reads delimited values.
pub(super) fn read(bytes: &[u8], options: &ReadOptions) -> Result<Source, Error> {
    let decoded = decode(bytes, EncodingHint { chosen: options.encoding, declared: None })?;
    let limits = &options.limits;
    let mut source =
        Source { blocks: Vec::new(), diagnostics: decoded.diagnostics.into_iter().collect() };
    let text = with_line_feeds(decoded.text);
    within_lines(text.as_bytes(), limits)?;
    let rows = DelimitedReader::new(&text, limits, &mut source.diagnostics).rows()?;
    if !rows.is_empty() {
        source.blocks.push(Block::Grid(squared(rows, limits)?));
    }
    report_if_empty(&mut source, &text);
    Ok(source)
}

/// Old Macs end lines in a carriage return alone; a line feed takes as many bytes.
fn with_line_feeds(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') && !text.contains('\n') {
        Cow::Owned(text.replace('\r', "\n"))
    } else {
        text
    }
}

/// Reads a table row by row. The csv crate gives the values; where they stand, and which quotation
/// marks would mislead it, is found beside it.
struct DelimitedReader<'a> {
    text: &'a str,
    delimiter: u8,
    values: Reader<Cursor<&'a str>>,
    /// Whether the csv crate's reader has come to the next row.
    in_step: bool,
    lines: LineIndex<'a>,
    /// Whether line breaks within cells are typed as the two characters `\n`, as programs export
    /// them.
    breaks_are_escaped: bool,
    /// Whether our own writer made it.
    is_ours: bool,
    /// How many cells there are so far, and how many there may be.
    cells: (usize, usize),
    diagnostics: &'a mut Vec<Diagnostic>,
    start: usize,
}

impl<'a> DelimitedReader<'a> {
    fn new(text: &'a str, limits: &Limits, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        let Delimiter { byte: delimiter, in_doubt, said_in } = delimiter(text);
        if in_doubt || said_in.is_some() {
            diagnostics.push(delimiter_read(text, delimiter, said_in));
        }
        let values = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(Cursor::new(text));
        let (lines, cells, start) =
            (LineIndex::new(text), (0, limits.cells), said_in.unwrap_or_default());
        let is_ours = own::is_ours(text, delimiter);
        let breaks_are_escaped = !is_ours && breaks_are_escaped(text);
        Self {
            breaks_are_escaped,
            is_ours,
            text,
            delimiter,
            values,
            in_step: start == 0,
            lines,
            cells,
            diagnostics,
            start,
        }
    }

    /// The rows that have words, each as long as its last cell with words.
    fn rows(mut self) -> Result<Vec<Row>, Error> {
        let mut rows = Vec::new();
        let mut values = StringRecord::new();
        let mut at = self.start;
        let mut below_gap = false;
        while let Some(line_ends) =
            self.text.get(at..).and_then(|rest| rest.find(|c| !matches!(c, '\r' | '\n')))
        {
            let start = at + line_ends;
            below_gap |= self.text[at..start].bytes().filter(|b| *b == b'\n').count() > 1;
            let record = record(self.text.as_bytes(), start, self.delimiter);
            self.read_values(&record, start, &mut values);
            at = record.end;
            let cells = self.cells(&record, &values)?;
            if cells.is_empty() {
                below_gap = true;
                continue;
            }
            let row = Row::new(cells, self.lines.place(&(start..record.end)));
            rows.push(Row { below_gap: below_gap && !rows.is_empty(), ..row });
            below_gap = false;
        }
        Ok(rows)
    }

    fn read_values(&mut self, record: &DelimitedRecord, start: usize, values: &mut StringRecord) {
        values.clear();
        if !record.strays.is_empty() {
            self.in_step = false;
            return;
        }
        if !self.in_step {
            let mut position = Position::new();
            position.set_byte(start as u64);
            self.in_step = self.values.seek(position).is_ok();
        }
        // no error is possible: the text is UTF-8, is in memory, and may have rows of any length
        self.in_step &= self.values.read_record(values).is_ok();
    }

    fn cells(
        &mut self,
        record: &DelimitedRecord,
        values: &StringRecord,
    ) -> Result<Vec<Cell>, Error> {
        for stray in &record.strays {
            let at = self.lines.place(&(*stray..stray + 1));
            let message = "this quotation mark opens a cell and is never closed; it was kept as a part of the words";
            self.diagnostics.push(
                Diagnostic::new(Code::QuoteUnclosed, message)
                    .at(&at)
                    .help("delete the mark, or close the cell with another"),
            );
        }
        let length = record
            .fields
            .iter()
            .rposition(|words| !is_blank(&self.text[words.clone()]))
            .map_or(0, |last| last + 1);
        self.cells.0 = self.cells.0.saturating_add(length);
        within_cells(self.cells)?;
        let mut cells = Vec::with_capacity(length);
        for (i, range) in record.fields.iter().take(length).enumerate() {
            let place = self.lines.place(range);
            let value = values.get(i).map_or_else(
                || Cow::Owned(self.text[range.clone()].replace("\"\"", "\"")),
                Cow::Borrowed,
            );
            let value = if self.breaks_are_escaped {
                Cow::Owned(value.replace("\\r\\n", "\n").replace("\\n", "\n"))
            } else {
                value
            };
            let text = if self.is_ours {
                own::text(&value, &place, self.diagnostics)
            } else {
                typed::text(Span::plain(value).into(), &place, self.diagnostics)
            };
            cells.push(Cell::new(text, place));
        }
        while cells.last().is_some_and(|last| last.value.is_empty()) {
            cells.pop();
        }
        Ok(cells)
    }
}

/// Whether every `\n` that is typed as two characters stands where a line could end: `C:\new` has
/// none.
fn breaks_are_escaped(text: &str) -> bool {
    const FEWEST: usize = 2;
    let ends_a_line = |rest: &str| {
        let next = rest.chars().next().unwrap_or(' ');
        next.is_whitespace()
            || next.is_uppercase()
            || next.is_ascii_digit()
            || matches!(next, '-' | '–' | '•' | '*' | '\\' | '"' | '(')
    };
    let mut breaks = text
        .match_indices("\\n")
        .map(|(at, found)| ends_a_line(&text[at + found.len()..]))
        .peekable();
    breaks.peek().is_some() && text.matches("\\n").count() >= FEWEST && breaks.all(|ends| ends)
}

fn delimiter_read(text: &str, delimiter: u8, said_in: Option<usize>) -> Diagnostic {
    let name = match delimiter {
        b',' => "commas".to_owned(),
        b'\t' => "tabs".to_owned(),
        b';' => "semicolons".to_owned(),
        b'|' => "bars".to_owned(),
        other => format!("“{}”", char::from(other)),
    };
    let at = Place::in_text(1, 1, 0);
    if let Some(line) = said_in.and_then(|line| text.get(..line)) {
        let message =
            format!("the first line says that {name} stand between the cells; it is no row");
        return Diagnostic::new(Code::DelimiterRead, message).at(&at).left_out(line);
    }
    let message = format!("the rows were cut into cells at {name}");
    let help = "if the columns are wrong, save the file with commas between its cells";
    Diagnostic::new(Code::DelimiterRead, message).at(&at).help(help)
}

fn within_cells((cells, most): (usize, usize)) -> Result<(), Error> {
    if cells <= most {
        return Ok(());
    }
    let message = format!("the table has {cells} cells or more; up to {most} are read");
    Err(Error::new(ErrorKind::TooLarge, message)
        .help("check that it is the right file, or cut it in two"))
}

/// The rows without the columns that have no word, each as long as the longest.
fn squared(rows: Vec<Row>, limits: &Limits) -> Result<Grid, Error> {
    let longest = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let mut has_words = vec![false; longest];
    for row in &rows {
        for (has_words, cell) in has_words.iter_mut().zip(&row.cells) {
            *has_words |= !cell.value.is_empty();
        }
    }
    let columns = has_words.iter().filter(|has| **has).count();
    let held = rows.iter().map(|row| row.cells.len()).sum();
    within_cells((columns.saturating_mul(rows.len()), limits.cells_of(held)))?;
    let square = |mut row: Row| {
        let mut kept = has_words.iter();
        row.cells.retain(|_| kept.next() == Some(&true));
        row.cells.resize(columns, Cell::new(Text::default(), row.place.clone()));
        row
    };
    let is_below_gap = |(_, i): &(usize, usize)| *i > 0 && !has_words[i - 1];
    let kept = has_words.iter().enumerate().filter(|(_, has)| **has).map(|(i, _)| i).enumerate();
    let gaps =
        kept.filter(is_below_gap).map(|(column, _)| column).filter(|column| *column > 0).collect();
    Ok(Grid { rows: rows.into_iter().map(square).collect(), gaps, ..Grid::default() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn source(text: &str) -> Source {
        read(text.as_bytes(), &ReadOptions::default()).unwrap()
    }

    /// The rows, each cell with its place.
    fn shown(text: &str) -> Vec<String> {
        let source = source(text);
        let cell = |c: &Cell| format!("{} {}", c.place, c.value.plain().replace('\n', " / "));
        let row = |r: &Row| r.cells.iter().map(cell).collect::<Vec<_>>().join(" ; ");
        let rows = source.blocks.iter().flat_map(|block| match block {
            Block::Grid(grid) => grid.rows.iter().map(row).collect(),
            _ => Vec::new(),
        });
        rows.chain(
            source.diagnostics.iter().map(|d| format!("{} {}", d.code, d.place.as_ref().unwrap())),
        )
        .collect()
    }

    #[test]
    fn every_cell_knows_its_place_with_line_breaks_in_cells_too() {
        assert_eq!(
            shown(
                "Plan,,\r\n\r\n,,\r\nAction,,Owner\r\n\"Amend \"\"key\"\"\r\ndocuments, all\",,Siân\r\né,,\"Lin\"\r\n"
            ),
            [
                "1:1 Plan ; 1:1 ",
                "4:1 Action ; 4:9 Owner",
                "5:2 Amend \"key\" / documents, all ; 6:18 Siân",
                "7:1 é ; 7:5 Lin",
            ]
        );
    }

    #[test]
    fn line_breaks_that_a_program_escaped_are_line_breaks() {
        assert_eq!(
            shown("Action,Owner\n- Buy\\n- Fit\\n- Test,IT"),
            ["1:1 Action ; 1:8 Owner", "2:1 Buy / Fit / Test ; 2:22 IT"]
        );
        assert_eq!(
            shown("Action,Owner\nSee S:\\new and S:\\notes,IT"),
            ["1:1 Action ; 1:8 Owner", "2:1 See S:\\new and S:\\notes ; 2:25 IT"]
        );
    }

    #[test]
    fn a_line_that_names_the_delimiter_is_no_row() {
        assert_eq!(
            shown("sep=;\nAction;Owner\na,b;c\n"),
            ["2:1 Action ; 2:8 Owner", "3:1 a,b ; 3:5 c", "delimiter-read 1:1"]
        );
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_swallows_nothing() {
        assert_eq!(
            shown("Action,Owner\n\"Amend,Lin\n\"a, b\",Siân\nc,d\n"),
            [
                "1:1 Action ; 1:8 Owner",
                "2:1 \"Amend ; 2:8 Lin",
                "3:2 a, b ; 3:8 Siân",
                "4:1 c ; 4:3 d",
                "quote-unclosed 2:1"
            ]
        );
        assert_eq!(shown("a,\"b\nc,d"), ["1:1 a ; 1:3 \"b", "2:1 c ; 2:3 d", "quote-unclosed 1:3"]);
    }

    #[test]
    fn what_a_cell_begins_with_stays() {
        assert_eq!(
            shown("'=SUM(A1),+44,@lin,-5\n"),
            ["1:1 '=SUM(A1) ; 1:11 +44 ; 1:15 @lin ; 1:20 -5"]
        );
    }

    #[test]
    fn nothing_is_told_as_that() {
        for text in ["", "\r\n,,\r\n", "sep=;\n"] {
            assert!(shown(text).contains(&"empty-source 1:1".to_owned()), "{text:?}");
        }
    }

    #[test]
    fn limits_hold() {
        let few = ReadOptions {
            limits: Limits { cells: 5, line: 20, ..Limits::default() },
            encoding: None,
        };
        let read = |text: &str| read(text.as_bytes(), &few).map(|s| s.blocks.len());
        assert!(read("a,b\nc,d\n").is_ok_and(|blocks| blocks == 1));
        assert!(read("a,b,c\nd\n").is_err_and(|e| e.is_too_large()));
        assert!(read("a,b,c,d,e,f\n").is_err_and(|e| e.is_too_large()));
        assert!(read("a,,,,,,,,,\nb\n").is_ok());
        assert!(read("a line of many letters\n").is_err_and(|e| e.is_too_large()));
    }

    proptest! {
        #[test]
        fn no_letter_or_digit_is_lost(text in "([a-zé0-9]{0,3}|[,;\t|\"\r\n ]|\",\"|\"\"){0,40}") {
            let source = source(&text);
            let grids = source.blocks.iter().filter_map(|block| if let Block::Grid(grid) = block { Some(grid) } else { None });
            let cells = grids.flat_map(|grid| &grid.rows).flat_map(|row| &row.cells);
            let left_out = source.diagnostics.iter().filter_map(|d| d.left_out.clone());
            let read: String = left_out.chain(cells.map(|cell| cell.value.plain().into_owned())).collect();
            let kept = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(kept(&read), kept(&text));
        }

        /// The csv crate and what finds the places beside it must cut rows at the same places.
        #[test]
        fn values_stand_at_their_places(text in "([a-z]{1,3}|,|\"|\r?\n|\"[a-z,\n]{0,4}\",){0,30}") {
            for block in source(&text).blocks {
                let Block::Grid(grid) = block else { continue };
                for cell in grid.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.value.is_empty()) {
                    let Place::Text { line, column, .. } = cell.place else { continue };
                    let line = text.split('\n').nth(line as usize - 1).unwrap();
                    let rest: String = line.chars().skip(column as usize - 1).collect();
                    let first = |words: &str| words.chars().find(|c| c.is_alphanumeric());
                    prop_assert!(first(&rest).is_none() || first(&cell.value.plain()).is_none() || first(&rest) == first(&cell.value.plain()));
                }
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes, &ReadOptions::default());
        }
    }
}
