//! Documents made of what plans are made of: tables whose columns have the headers that people
//! write, cells of words, dates, statuses and marks, merged and hidden ones among them.
//!
//! A fuzzer's bytes choose the parts, so that nearly all of its changes get past the container and
//! the syntax of a format. Some words stand nowhere else (`zqa`, `zqb`, ...): by these it is checked
//! that no word is lost.

use libfuzzer_sys::arbitrary::{self, Arbitrary};

const MAX_BLOCKS: usize = 8;
const MAX_ROWS: usize = 40;
const MAX_COLUMNS: usize = 12;
const MAX_WORDS: usize = 12;

#[derive(Debug, Arbitrary)]
pub(crate) struct Document {
    blocks: Vec<Block>,
}

#[derive(Debug, Arbitrary)]
enum Block {
    Heading(u8, Vec<Word>),
    Paragraph(Vec<Word>),
    List { numbered: bool, items: Vec<(u8, Vec<Word>)> },
    Table { header: Vec<Header>, rows: Vec<Row>, hidden: bool },
}

#[derive(Debug, Arbitrary)]
enum Header {
    Known(u8),
    Words(Vec<Word>),
}

#[derive(Debug, Arbitrary)]
enum Row {
    Cells(Vec<Cell>),
    Hidden(Vec<Cell>),
    Header,
    Band(Vec<Word>),
    Blank,
}

#[derive(Debug, Arbitrary)]
struct Cell {
    words: Vec<Word>,
    style: u8,
    span: Option<(u8, u8)>,
    note: Option<Vec<Word>>,
}

#[derive(Debug, Arbitrary)]
enum Word {
    Known(u8),
    Own,
    Date { form: u8, day: u8, month: u8, year: u8 },
    Number(i32),
    Code(u8, u8),
    NewLine,
    Mark(u8),
}

const HEADERS: &[&str] = &[
    "Ref",
    "Theme",
    "Objective",
    "Recommendation",
    "Action",
    "What we will do",
    "Person responsible",
    "Lead",
    "Target date",
    "Revised date",
    "By when",
    "Start",
    "Status",
    "RAG",
    "Progress",
    "November 2011 update",
    "Evidence",
    "Success measures",
    "Comments",
    "% complete",
    "Date completed",
    "Cost",
    "Cam gweithredu",
    "Dyddiad targed",
];

const WORDS: &[&str] = &[
    "Amend",
    "the",
    "form",
    "Complete",
    "G",
    "A",
    "R",
    "Amber",
    "ongoing",
    "TBC",
    "Jo Lee",
    "Head of Service",
    "Health and Wellbeing Board",
    "NHS",
    "Total",
    "Note:",
    "Action plan",
    "Key:",
    "Overdue",
    "revised to",
    "by",
    "end of",
    "autumn term",
    "within",
    "months",
    "weekly",
    "50%",
    "Yes",
    "N/A",
    "-",
    "https://example.org/a?b=1",
    "jo@example.org",
    "Reviewed:",
    "Areas for improvement",
    "Within three months:",
    "Next review",
    "é",
    "Ŵyn",
    "مرحبا",
    "e\u{301}",
    "\u{ad}",
    "\u{a0}",
    "\u{202e}",
    "1.",
    "(a)",
    "•",
    "and",
    ";",
    ",",
    "/",
    "not started",
    "'quoted'",
    "=SUM(A1)",
    "on track",
    "Update 3 March 2012:",
    "update:",
    "Owner:",
    "Jo",
    "Lee",
    "Cllr",
    "Dr Ann Hall",
];

const MARKS: &[&str] = &[
    "|",
    "**",
    "__",
    "~~",
    "`",
    "<br>",
    "<b>",
    "</b>",
    "<s>",
    "</td>",
    "</table>",
    "<tr>",
    "<ul><li>",
    "</li>",
    "&amp;",
    "&#0;",
    "&",
    "<!--",
    "-->",
    "[x](javascript:a)",
    "\\",
    "\"",
    ",",
    ";",
    "\t",
    "\r",
    "| --- |",
    "#",
    "> ",
    "<p>",
    "<div style='display:none'>",
    "_x000D_",
    "\0",
    "\u{1b}[31m",
    "<td colspan=9>",
    "<td rowspan=9>",
    "- ",
    "1. ",
];

const MONTHS: &[&str] = &[
    "Jan", "February", "mar", "April", "May", "JUNE", "Jul", "Aug", "Sept", "Oct", "Nov",
    "December",
];

/// A text as it is written out: words, which a format escapes, and marks, which it does not.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Written(Vec<(String, bool)>);

impl Written {
    /// The text, its words escaped by the function; line breaks are given to it too.
    pub(crate) fn with(&self, escape: impl Fn(&str) -> String) -> String {
        let piece = |(text, mark): &(String, bool)| if *mark { text.clone() } else { escape(text) };
        self.0.iter().map(piece).collect()
    }

    /// The text as a format holds it in which everything is escaped.
    pub(crate) fn all(&self, escape: impl Fn(&str) -> String) -> String {
        self.0.iter().map(|(text, _)| escape(text)).collect()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A document as it is written out.
#[derive(Debug, Default)]
pub(crate) struct Laid {
    pub(crate) parts: Vec<Part>,
    /// The words that stand nowhere else.
    pub(crate) own: Vec<String>,
    /// Those of them that stand in comments on cells, which only workbooks have.
    pub(crate) noted: Vec<String>,
    /// Whether marks stand in it, of which some formats make tags.
    pub(crate) marked: bool,
}

#[derive(Debug)]
pub(crate) enum Part {
    Heading(usize, Written),
    Paragraph(Written),
    List(bool, Vec<(usize, Written)>),
    Table { rows: Vec<LaidRow>, hidden: bool },
}

#[derive(Debug, Default)]
pub(crate) struct LaidRow {
    pub(crate) cells: Vec<LaidCell>,
    pub(crate) hidden: bool,
    pub(crate) header: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct LaidCell {
    pub(crate) text: Written,
    /// From 0 to 7: usual, date, filled, struck, bold, hidden by its format, white on white, indented.
    pub(crate) style: usize,
    /// Columns and rows that it covers.
    pub(crate) span: (usize, usize),
    pub(crate) note: Option<Written>,
}

impl LaidCell {
    fn plain(text: Written) -> Self {
        Self { text, style: 0, span: (1, 1), note: None }
    }
}

impl Document {
    pub(crate) fn lay(&self) -> Laid {
        let mut laid = Laid::default();
        for block in self.blocks.iter().take(MAX_BLOCKS) {
            let part = match block {
                Block::Heading(level, words) => {
                    Part::Heading(1 + usize::from(level % 6), laid.line(words))
                }
                Block::Paragraph(words) => Part::Paragraph(laid.words(words)),
                Block::List { numbered, items } => {
                    let item = |(depth, words): &(u8, Vec<Word>)| {
                        (usize::from(depth % 4), laid.line(words))
                    };
                    Part::List(*numbered, items.iter().take(MAX_ROWS).map(item).collect())
                }
                Block::Table { header, rows, hidden } => laid.table(header, rows, *hidden),
            };
            laid.parts.push(part);
        }
        laid
    }
}

impl Laid {
    fn table(&mut self, header: &[Header], rows: &[Row], hidden: bool) -> Part {
        let header: Vec<LaidCell> = header
            .iter()
            .take(MAX_COLUMNS)
            .map(|header| match header {
                Header::Known(n) => Written(vec![(chosen(HEADERS, *n).to_owned(), false)]),
                Header::Words(words) => self.words(words),
            })
            .map(LaidCell::plain)
            .collect();
        let header_row = || LaidRow { cells: header.clone(), header: true, hidden: false };
        let mut out = vec![header_row()];
        for row in rows.iter().take(MAX_ROWS) {
            let hidden = matches!(row, Row::Hidden(_));
            out.push(match row {
                Row::Cells(cells) | Row::Hidden(cells) => LaidRow {
                    cells: cells.iter().take(MAX_COLUMNS).map(|cell| self.cell(cell)).collect(),
                    hidden,
                    header: false,
                },
                Row::Header => header_row(),
                Row::Band(words) => {
                    let text = self.words(words);
                    let span = (header.len().max(1), 1);
                    LaidRow {
                        cells: vec![LaidCell { span, ..LaidCell::plain(text) }],
                        ..LaidRow::default()
                    }
                }
                Row::Blank => LaidRow::default(),
            });
        }
        Part::Table { rows: out, hidden }
    }

    fn cell(&mut self, cell: &Cell) -> LaidCell {
        let (across, down) = cell.span.unwrap_or_default();
        let text = self.words(&cell.words);
        let before = self.own.len();
        let note = cell.note.as_ref().map(|words| self.words(words));
        self.noted.extend_from_slice(&self.own[before..]);
        LaidCell {
            text,
            style: usize::from(cell.style % 8),
            span: (1 + usize::from(across % 4), 1 + usize::from(down % 4)),
            note: note.filter(|note| !note.is_empty()),
        }
    }

    /// Words on one line.
    fn line(&mut self, words: &[Word]) -> Written {
        let mut line = self.words(words);
        line.0.retain(|(text, _)| text != "\n");
        line
    }

    fn words(&mut self, words: &[Word]) -> Written {
        let mut out: Vec<(String, bool)> = Vec::new();
        for word in words.iter().take(MAX_WORDS) {
            let text = match word {
                Word::Known(n) => chosen(WORDS, *n).to_owned(),
                Word::Own => self.own_word(),
                Word::Date { form, day, month, year } => date(*form, *day, *month, *year),
                Word::Number(number) => number.to_string(),
                Word::Code(a, b) => format!("{}.{}", a % 20, b % 20),
                Word::NewLine => {
                    out.push(("\n".to_owned(), false));
                    continue;
                }
                Word::Mark(n) => {
                    self.marked = true;
                    out.push((chosen(MARKS, *n).to_owned(), true));
                    continue;
                }
            };
            if out.last().is_some_and(|(text, mark)| !mark && text != "\n") {
                out.push((" ".to_owned(), false));
            }
            out.push((text, false));
        }
        Written(out)
    }

    fn own_word(&mut self) -> String {
        let mut number = self.own.len();
        let mut word = "zq".to_owned();
        loop {
            word.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
            number /= 26;
            if number == 0 {
                break;
            }
        }
        word.push('q');
        self.own.push(word.clone());
        word
    }
}

fn chosen<'a>(of: &[&'a str], number: u8) -> &'a str {
    of[usize::from(number) % of.len()]
}

fn date(form: u8, day: u8, month: u8, year: u8) -> String {
    let (day, short) = (day % 34, year % 30);
    let (name, month) = (chosen(MONTHS, month), month % 15);
    match form % 10 {
        0 => format!("{day:02}/{month:02}/20{short:02}"),
        1 => format!("{day} {name} 20{short:02}"),
        2 => format!("{name} '{short:02}"),
        3 => format!("20{short:02}-{month:02}-{day:02}"),
        4 => format!("{day}.{month}.{short}"),
        5 => format!("Q{} 20{short:02}/{:02}", month % 5, short + 1),
        6 => format!("{name} – {} 20{short:02}", chosen(MONTHS, day)),
        7 => format!("end of {name}"),
        8 => format!("{day}th {name}"),
        _ => format!("{}", 39_000 + u32::from(year) * 30 + u32::from(day)),
    }
}
