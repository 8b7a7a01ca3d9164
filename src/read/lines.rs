//! From bytes of a text to lines and columns, in one pass.

use std::ops::Range;

use crate::place::Place;

/// Finds lines and columns. Places are asked for mostly in rising order, so each begins where the last one ended; only going back
/// starts over at the beginning of the line.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    last: Position,
}

#[derive(Clone, Copy)]
struct Position {
    offset: usize,
    /// From 0.
    line: usize,
    /// Characters before it in its line.
    column: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1)).collect();
        Self { text, starts, last: Position { offset: 0, line: 0, column: 0 } }
    }

    /// The place of a range of bytes without the spaces around it; it covers at most the rest of its first line.
    pub(super) fn place(&mut self, range: &Range<usize>) -> Place {
        let covered = &self.text[range.clone()];
        let spaces = covered.len() - covered.trim_start_matches([' ', '\t']).len();
        let at = self.find(range.start + if spaces < covered.len() { spaces } else { 0 });
        let covered = covered.trim_start_matches([' ', '\t']);
        let width = covered.lines().next().unwrap_or_default().trim_end().chars().count();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place::in_text(number(at.line + 1), number(at.column + 1), number(width))
    }

    fn find(&mut self, offset: usize) -> Position {
        let mut from = self.last;
        let next_line = self.starts.get(from.line + 1).copied().unwrap_or(usize::MAX);
        if offset < from.offset || offset >= next_line {
            let line = self.starts.partition_point(|start| *start <= offset) - 1;
            from = Position { offset: self.starts[line], line, column: 0 };
        }
        let column = from.column + self.text[from.offset..offset].chars().count();
        self.last = Position { offset, line: from.line, column };
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_going_back_is_allowed() {
        let text = "né|a\n“x”|y\n";
        let mut lines = Lines::new(text);
        let at = |lines: &mut Lines<'_>, what: &str| {
            let start = text.find(what).unwrap();
            lines.place(&(start..start + what.len())).to_string()
        };
        assert_eq!(at(&mut lines, "y"), "2:5");
        assert_eq!(at(&mut lines, "a"), "1:4");
        assert_eq!(at(&mut lines, "x"), "2:2");
        assert_eq!(at(&mut lines, "y"), "2:5");
    }
}
