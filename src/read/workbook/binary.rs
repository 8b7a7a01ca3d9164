//! What the binary kinds of workbook share: numbers in bytes, codes of errors, runs of different
//! looks.

use encoding_rs::UTF_16LE;

use crate::colour::Colour;
use crate::text::{Span, SpanStyle};

use super::palette::BLACK;
use super::style::{CellStyle, StyledRun};

/// Two bytes as a number, the lower first.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Four bytes as a number, the lowest first.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Characters of two bytes each, or of one, which are the first 256 of Unicode.
pub(super) fn characters(bytes: &[u8], wide: bool) -> String {
    if wide {
        UTF_16LE.decode_without_bom_handling(bytes).0.into_owned()
    } else {
        bytes.iter().copied().map(char::from).collect()
    }
}

/// Eight bytes as a number with a fraction.
pub(super) fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// A number in the four bytes that most numbers take ([MS-XLS] 2.5.217): a whole number or the
/// upper half of one with a fraction, a hundred times too large or not.
pub(super) fn short_number(bytes: &[u8], at: usize) -> Option<f64> {
    let bits = u32_at(bytes, at)?;
    let value = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from(bits.cast_signed() >> 2),
    };
    Some(if bits & 1 == 0 { value } else { value / 100.0 })
}

/// The error with this code ([MS-XLS] 2.5.10).
pub(super) fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        0x2b => "#GETTING_DATA",
        _ => "#ERROR!",
    }
}

/// A font's emphasis, from its flags and its weight.
pub(super) fn emphasis(flags: u16, weight: u16) -> SpanStyle {
    SpanStyle {
        bold: weight >= 600,
        italic: flags & 0x02 != 0,
        struck: flags & 0x08 != 0,
        language: None,
    }
}

/// Words with the places where their looks change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FormattedString {
    pub(super) words: String,
    /// From which character on, in units of UTF-16, which font holds.
    pub(super) marks: Vec<(u16, u16)>,
}

impl FormattedString {
    /// The words in runs; up to the first mark they have the look of their cell. Fonts have an
    /// emphasis and a colour, black if none is given.
    pub(super) fn styled_runs(
        &self,
        emphasis: impl Fn(u16) -> SpanStyle,
        ink: impl Fn(u16) -> Option<Colour>,
        cell: &CellStyle,
    ) -> Vec<StyledRun> {
        let of_cell = cell.colours.with_ink(cell.format.ink_of_words);
        // a font that is named for a run replaces that of the cell
        let mut runs = vec![StyledRun::new(cell.run(""), of_cell, cell.is_removed)];
        let mut marks = self.marks.iter().peekable();
        let mut unit = 0_usize;
        for character in self.words.chars() {
            while let Some((_, font)) = marks.next_if(|(from, _)| usize::from(*from) <= unit) {
                let span = Span { style: emphasis(*font), ..Span::default() };
                let colours = cell.colours.with_ink(Some(ink(*font).unwrap_or(BLACK)));
                runs.push(StyledRun::new(span, colours, false));
            }
            if let Some(run) = runs.last_mut() {
                run.span.text.push(character);
            }
            unit += character.len_utf16();
        }
        runs.retain(|run| !run.span.text.is_empty());
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::workbook::palette::WHITE;
    use crate::source::HiddenBy;

    #[test]
    fn short_numbers_are_read_in_each_of_their_forms() {
        let read = |bits: u32| short_number(&bits.to_le_bytes(), 0).unwrap();
        let found =
            [0x0000_0006, 0xffff_fffe, 0x0000_04d7, 0x3ff0_0000].map(|bits| read(bits).to_string());
        assert_eq!(found, ["1", "-1", "3.09", "1"]);
        assert_eq!(short_number(&[1, 2], 0), None);
    }

    #[test]
    fn looks_change_where_the_marks_are() {
        let words =
            FormattedString { words: "a😀bc".to_owned(), marks: vec![(3, 1), (4, 0), (99, 1)] };
        let emphasis = |font| SpanStyle { struck: font == 1, ..SpanStyle::default() };
        let white = |font| (font == 0).then_some(WHITE);
        let runs = words.styled_runs(emphasis, white, &CellStyle::default());
        let hidden: Vec<_> = runs.iter().map(|run| run.hidden).collect();
        assert_eq!(hidden, [None, None, Some(HiddenBy::Colour)]);
        let runs: Vec<_> = runs.into_iter().map(|run| run.span).collect();
        let struck = Span {
            text: "b".to_owned(),
            style: SpanStyle { struck: true, ..SpanStyle::default() },
            link: None,
        };
        assert_eq!(runs, [Span::plain("a😀"), struck, Span::plain("c")]);
    }
}
