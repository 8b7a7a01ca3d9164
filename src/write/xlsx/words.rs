//! The words of a cell: one string, and the emphasis that begins at some of its bytes.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::links::TextLinks;
use super::measure::TextSize;
use super::run_attributes::RunAttributes;
use super::style::FontFormats;
use crate::text::{Text, TextBlockKind};

/// The most UTF-16 units that Excel accepts in a cell.
const UNITS: usize = 32_767;
/// What the font of a run takes in the file, at most; a rich cell with all its markup must stay
/// within [`UNITS`].
const RUN: usize = 230;

/// The words of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CellText<'a> {
    string: Cow<'a, str>,
    /// The looks that begin at a byte; before the first, words are plain.
    looks: Vec<(usize, RunAttributes)>,
    links: TextLinks,
    /// Whether the address of its only link does not stand in the words.
    has_no_address: bool,
}

impl<'a> CellText<'a> {
    /// Words without emphasis.
    pub(super) fn plain(words: impl Into<Cow<'a, str>>) -> Self {
        Self { string: words.into(), ..Self::default() }
    }

    /// A text as a cell shows it: a line for each block, list items behind their sign, the address
    /// of a link behind its words.
    pub(super) fn of(text: &'a Text) -> Self {
        // most texts are one run of words as they stand
        if let [block] = text.blocks.as_slice()
            && let (TextBlockKind::Paragraph, [span]) = (&block.kind, block.spans.as_slice())
            && RunAttributes::of(span) == RunAttributes::PLAIN
        {
            return Self::plain(span.text.as_str());
        }
        let mut out = Self::default();
        out.append(text);
        out
    }

    /// A text as a cell shows it that is the only link in it: without the address, which checks for
    /// accessibility ask for. A text that shows a long address, or has no link or several, is as
    /// [`CellText::of`] gives it.
    pub(super) fn linked(text: &'a Text) -> Self {
        let whole = Self::of(text);
        if whole.links.url().is_none() {
            return whole;
        }
        let mut out = Self { links: whole.links.clone(), has_no_address: true, ..Self::default() };
        text.each_run_in_cell(|words, span, is_address| {
            if !is_address {
                out.push(words, span.map_or(RunAttributes::PLAIN, RunAttributes::of));
            }
        });
        if shows_a_long_address(&out.string) {
            return Self { links: TextLinks::None, ..whole };
        }
        out
    }

    /// Puts a text behind these words.
    pub(super) fn append(&mut self, text: &Text) {
        text.each_run_in_cell(|words, span, _| {
            if let Some(address) = span.and_then(|span| span.link.as_deref()) {
                self.links.add(address);
            }
            self.push(words, span.map_or(RunAttributes::PLAIN, RunAttributes::of));
        });
    }

    /// Puts words behind these.
    pub(super) fn push(&mut self, words: &str, look: RunAttributes) {
        if words.is_empty() {
            return;
        }
        if self.looks.last().map_or(RunAttributes::PLAIN, |l| l.1) != look {
            self.looks.push((self.string.len(), look));
        }
        self.string.to_mut().push_str(words);
    }

    /// The words alone.
    pub(super) fn as_str(&self) -> &str {
        &self.string
    }

    /// How many lines they take where a line is at most `room` pixels wide.
    pub(super) fn lines(&self, room: u32) -> usize {
        let mut lines = 1;
        self.each_line(room, |_| lines += 1);
        lines
    }

    /// How many lines they take if all of them are bold.
    pub(super) fn strong_lines(&self, room: u32) -> usize {
        let mut lines = 1;
        TextSize::STRONG.lines(&self.string, &[], room, |_| lines += 1);
        lines
    }

    fn each_line(&self, room: u32, start: impl FnMut(usize)) {
        let mut bold = Vec::new();
        for (from, look) in &self.looks {
            if look.has(RunAttributes::BOLD) != (bold.len() % 2 == 1) {
                bold.push(*from);
            }
        }
        TextSize::BODY.lines(&self.string, &bold, room, start);
    }

    /// Cuts the words where a line begins: `first` lines, then pieces of `more` lines. The pieces
    /// put together are the words.
    pub(super) fn pieces(self, room: u32, first: usize, more: usize) -> Vec<Self> {
        let (mut cuts, mut line, mut next) = (Vec::new(), 0, first.max(1));
        self.each_line(room, |at| {
            line += 1;
            if line == next {
                cuts.push(at);
                next += more.max(1);
            }
        });
        // from the end, so that each word is moved once
        let mut rest = self;
        let mut pieces: Vec<Self> = cuts.into_iter().rev().map(|cut| rest.split_off(cut)).collect();
        pieces.push(rest);
        pieces.reverse();
        pieces
    }

    /// Cuts the words at a byte, and gives what comes after it.
    pub(super) fn split_off(&mut self, at: usize) -> CellText<'static> {
        let string = Cow::Owned(self.string.to_mut().split_off(at));
        let kept = self.looks.partition_point(|(from, _)| *from < at);
        let mut looks: Vec<(usize, RunAttributes)> = self.looks.split_off(kept);
        for (from, _) in &mut looks {
            *from -= at;
        }
        let going_on = self.looks.last().map_or(RunAttributes::PLAIN, |l| l.1);
        if looks.first().is_none_or(|(from, _)| *from > 0) && going_on != RunAttributes::PLAIN {
            looks.insert(0, (0, going_on));
        }
        CellText { string, looks, links: self.links.clone(), has_no_address: self.has_no_address }
    }

    /// The beginning of words that stand again in the row below.
    pub(super) fn beginning(mut self) -> Self {
        const MOST: usize = 500;
        if self.string.len() > MOST {
            let end =
                (0..=MOST).rev().find(|at| self.string.is_char_boundary(*at)).unwrap_or_default();
            self.split_off(end);
            self.push("…", RunAttributes::PLAIN);
        }
        self
    }

    fn runs(&self) -> impl Iterator<Item = (RunAttributes, &str)> {
        let starts = std::iter::once((0, RunAttributes::PLAIN)).chain(self.looks.iter().copied());
        let ends = self.looks.iter().map(|(from, _)| *from).chain([self.string.len()]);
        starts.zip(ends).filter_map(|((from, look), to)| {
            Some((look, self.string.get(from..to).filter(|s| !s.is_empty())?))
        })
    }

    /// Writes the words into a cell as text, whatever they begin with; without a format if it gets
    /// one later.
    ///
    /// Emphasis is kept unless its markup alone would overfill the cell; words always are.
    pub(super) fn write<'f>(
        mut self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        format: impl Into<Option<&'f Format>>,
        fonts: &FontFormats,
    ) -> Result<(), XlsxError> {
        let format = format.into();
        let is_link = self.looks.iter().any(|(_, look)| look.has(RunAttributes::LINK));
        match (self.links.url().filter(|_| is_link), self.links.address()) {
            (Some(url), _) if fonts.links.add(sheet) => {
                // the words are written over it
                let own = format.unwrap_or_else(|| fonts.of(RunAttributes::LINK));
                sheet.write_url_with_options(row, column, url, "…", "", Some(own))?;
            }
            (Some(_), Some(address)) if self.has_no_address => {
                self.push(&format!(" ({address})"), RunAttributes::PLAIN);
            }
            _ => {}
        }
        // the writing library takes a plain string of this form for markup
        let like_markup = self.string.starts_with("<r>") && self.string.ends_with("</r>");
        let fits = || {
            self.looks.len() * RUN
                + self.string.len()
                + 7 * self.string.matches(['&', '<', '>', '_']).count()
                <= UNITS - RUN
        };
        if like_markup || (!self.looks.is_empty() && fits()) {
            let runs: Vec<(RunAttributes, String)> =
                self.runs().map(|(look, words)| (look, escaped(words))).collect();
            let mut runs: Vec<(&Format, &str)> =
                runs.iter().map(|(look, words)| (fonts.of(*look), words.as_str())).collect();
            // a first run without a font of its own takes that of the cell
            let own = Format::default();
            if let Some((font, _)) =
                runs.first_mut().filter(|_| self.looks.first().is_none_or(|(from, _)| *from > 0))
            {
                *font = &own;
            }
            match format {
                Some(format) => sheet.write_rich_string_with_format(row, column, &runs, format)?,
                None => sheet.write_rich_string(row, column, &runs)?,
            };
        } else {
            match format {
                Some(format) => sheet.write_string_with_format(row, column, self.string, format)?,
                None => sheet.write_string(row, column, self.string)?,
            };
        }
        Ok(())
    }
}

/// Whether words hold an address that is too long to be read out as the words of a link.
fn shows_a_long_address(words: &str) -> bool {
    const SHORT: usize = 30;
    (words.contains("://") || words.to_lowercase().starts_with("www."))
        && words.chars().count() > SHORT
}

/// Words of a run, in which `_x0041_` is not to be read as a character (ECMA-376 part 1,
/// 22.9.2.19).
pub(super) fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find("_x") {
        let code = rest.as_bytes().get(at + 2..at + 7);
        if code.is_some_and(|c| c[4] == b'_' && c[..4].iter().all(u8::is_ascii_hexdigit)) {
            out.push_str(&rest[..at]);
            out.push_str("_x005F_x");
        } else {
            out.push_str(&rest[..at + 2]);
        }
        rest = &rest[at + 2..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_put_together_are_the_words_with_their_emphasis() {
        let text = Text::from_commonmark(
            "Some plain words, **then a good many bold words that go on** and plain ones.\n\n- an item",
        );
        let words = CellText::of(&text);
        let whole: Vec<_> = words.runs().collect();
        let bold = (RunAttributes::BOLD, "then a good many bold words that go on");
        assert_eq!(
            whole,
            [
                (RunAttributes::PLAIN, "Some plain words, "),
                bold,
                (RunAttributes::PLAIN, " and plain ones.\n• an item")
            ]
        );
        let pieces = words.clone().pieces(90, 2, 1);
        assert!(pieces.len() > 3);
        assert_eq!(pieces.iter().map(CellText::as_str).collect::<String>(), words.as_str());
        let bold: String = pieces
            .iter()
            .flat_map(CellText::runs)
            .filter(|(l, _)| l.has(RunAttributes::BOLD))
            .map(|(_, s)| s)
            .collect();
        assert_eq!(bold, "then a good many bold words that go on");
    }

    #[test]
    fn what_looks_like_an_escape_is_one_for_good() {
        assert_eq!(escaped("_x0041_ _x_ _x00"), "_x005F_x0041_ _x_ _x00");
        assert_eq!(escaped("a_x000D__x0041_"), "a_x005F_x000D__x005F_x0041_");
    }
}
