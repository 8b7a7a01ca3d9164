//! From bytes of a text to lines and columns, in one pass.

use std::ops::Range;

use crate::place::Place;

/// Finds lines and columns. Places are asked for mostly in rising order, so each begins where the
/// last one ended; any other begins at a mark, of which a long line has many.
pub(super) struct LineIndex<'a> {
    text: &'a str,
    marks: Vec<TextPosition>,
    last: TextPosition,
}

#[derive(Clone, Copy)]
struct TextPosition {
    offset: usize,
    /// From 0.
    line: usize,
    /// Characters before it in its line.
    column: usize,
}

/// How many bytes of a line lie between marks.
const STRIDE: usize = 1024;

impl<'a> LineIndex<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let start = TextPosition { offset: 0, line: 0, column: 0 };
        let mut marks = vec![start];
        let mut offset = 0;
        for (line, words) in text.split_inclusive('\n').enumerate() {
            if words.len() > STRIDE {
                marks_within(words, TextPosition { offset, line, column: 0 }, &mut marks);
            }
            offset += words.len();
            if words.ends_with('\n') {
                marks.push(TextPosition { offset, line: line + 1, column: 0 });
            }
        }
        Self { text, marks, last: start }
    }

    /// The place of a range of bytes without the spaces around it; it covers at most the rest of
    /// its first line.
    pub(super) fn place(&mut self, range: &Range<usize>) -> Place {
        let covered = &self.text[range.clone()];
        let spaces = covered.len() - covered.trim_start_matches([' ', '\t']).len();
        let at = self.find(range.start + if spaces < covered.len() { spaces } else { 0 });
        let covered = covered.trim_start_matches([' ', '\t']);
        let width = covered.lines().next().unwrap_or_default().trim_end().chars().count();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place::in_text(number(at.line + 1), number(at.column + 1), number(width))
    }

    fn find(&mut self, offset: usize) -> TextPosition {
        let is_near = self.last.offset <= offset
            && offset - self.last.offset <= STRIDE
            && !self.text[self.last.offset..offset].contains('\n');
        let from = if is_near { self.last } else { self.mark_before(offset) };
        let column = from.column + self.text[from.offset..offset].chars().count();
        self.last = TextPosition { offset, line: from.line, column };
        self.last
    }

    fn mark_before(&self, offset: usize) -> TextPosition {
        let after = self.marks.partition_point(|mark| mark.offset <= offset);
        self.marks[after.saturating_sub(1)]
    }
}

/// Marks in a long line, which begins at the position.
fn marks_within(line: &str, start: TextPosition, marks: &mut Vec<TextPosition>) {
    let mut last = 0;
    for (column, (at, _)) in line.char_indices().enumerate() {
        if at - last >= STRIDE {
            marks.push(TextPosition { offset: start.offset + at, line: start.line, column });
            last = at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_going_back_is_allowed() {
        let text = "né|a\n“x”|y\n";
        let mut lines = LineIndex::new(text);
        let at = |lines: &mut LineIndex<'_>, what: &str| {
            let start = text.find(what).unwrap();
            lines.place(&(start..start + what.len())).to_string()
        };
        assert_eq!(at(&mut lines, "y"), "2:5");
        assert_eq!(at(&mut lines, "a"), "1:4");
        assert_eq!(at(&mut lines, "x"), "2:2");
        assert_eq!(at(&mut lines, "y"), "2:5");
    }

    #[test]
    fn long_lines_have_places_too() {
        let text = format!("\n{}x\n{}y", "é".repeat(STRIDE), "é".repeat(3 * STRIDE));
        let mut lines = LineIndex::new(&text);
        for (what, place) in [('y', "3:3073"), ('x', "2:1025"), ('y', "3:3073")] {
            let start = text.find(what).unwrap();
            assert_eq!(lines.place(&(start..start + 1)).to_string(), place);
        }
    }
}
