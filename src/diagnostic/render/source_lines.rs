//! Lines of a source by number, and the part of a line around a mark that fits a width.

use std::cell::Cell;

/// A source cut into lines, for places in it to be looked up.
pub(super) struct SourceLines<'a> {
    source: &'a str,
    starts: Vec<usize>,
    /// Where the last look-up ended: places come in order, so the next one on a very long line goes
    /// on from there.
    last: Cell<LineColumn>,
}

/// A character of a line, counted from 0, and its byte within the line.
#[derive(Clone, Copy, Default)]
struct LineColumn {
    line: usize,
    character: usize,
    byte: usize,
}

/// A part of a line, with the stretch of it that is marked.
pub(super) struct LineExcerpt {
    /// What is shown, one character a column, with an ellipsis at an end that was cut.
    pub(super) text: String,
    /// How many columns stand before the mark.
    pub(super) before: usize,
    /// How many columns the mark covers; at least 1.
    pub(super) marked: usize,
}

impl<'a> SourceLines<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let starts =
            std::iter::once(0).chain(source.match_indices('\n').map(|(i, _)| i + 1)).collect();
        Self { source, starts, last: Cell::default() }
    }

    /// The part of line `line` that shows `width` characters from `column` (both from 1), in `room`
    /// columns.
    pub(super) fn window(
        &self,
        line: u32,
        column: u32,
        width: u32,
        room: usize,
    ) -> Option<LineExcerpt> {
        let (index, column) = (to_usize(line).checked_sub(1)?, to_usize(column).saturating_sub(1));
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).map_or(self.source.len(), |next| next - 1);
        let text = self.source.get(start..end)?;
        let text = text.strip_suffix('\r').unwrap_or(text);
        let room = room.max(12);

        let at = self.seek(index, column, text);
        let (behind, ahead) = text.split_at(at);
        // The mark is what matters, so a third of the room at most goes to what stands before it.
        let tail = ahead.chars().take(room + 1).count();
        let lead = (room / 3).max(room.saturating_sub(tail + 1));
        let begin = behind.char_indices().rev().take(lead).last().map_or(at, |(i, _)| i);
        let lead = behind[begin..].chars().count();
        let cut_before = begin > 0;
        let left = room - usize::from(cut_before) - lead;
        let cut_after = tail > left;
        let kept = if cut_after { left - 1 } else { tail };

        let mut shown = String::new();
        if cut_before {
            shown.push('…');
        }
        shown.extend(behind[begin..].chars().chain(ahead.chars().take(kept)).map(printable));
        if cut_after {
            shown.push('…');
        }
        let marked = to_usize(width).min(kept + usize::from(cut_after)).max(1);
        Some(LineExcerpt { text: shown, before: lead + usize::from(cut_before), marked })
    }

    /// The byte of the `wanted`th character of a line, or the line's end.
    fn seek(&self, line: usize, wanted: usize, text: &str) -> usize {
        let last = self.last.get();
        let from = if last.line == line && last.character <= wanted {
            last
        } else {
            LineColumn { line, ..LineColumn::default() }
        };
        let mut spot = from;
        for (byte, c) in text[from.byte..].char_indices().take(wanted - from.character) {
            spot = LineColumn {
                line,
                character: spot.character + 1,
                byte: from.byte + byte + c.len_utf8(),
            };
        }
        self.last.set(spot);
        spot.byte
    }
}

/// A character as it may go to a terminal: nothing that moves the cursor, turns the writing or
/// stays unseen.
pub fn printable(c: char) -> char {
    match c {
        '\t' | '\u{a0}' => ' ',
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

fn to_usize(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(source: &str, line: u32, column: u32, width: u32, room: usize) -> String {
        let window = SourceLines::new(source).window(line, column, width, room).unwrap();
        assert!(window.text.chars().count() <= room.max(12), "{}", window.text);
        format!("{}\n{}{}", window.text, " ".repeat(window.before), "^".repeat(window.marked))
    }

    #[test]
    fn a_line_that_fits_is_shown_whole() {
        assert_eq!(show("first\r\n| Sept '11 |\r\n", 2, 3, 8, 40), "| Sept '11 |\n  ^^^^^^^^");
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides_of_the_mark() {
        let line = format!("{}MARK{}", "a".repeat(500), "b".repeat(500));
        assert_eq!(show(&line, 1, 501, 4, 24), "…aaaaaaaaMARKbbbbbbbbbb…\n         ^^^^");
    }

    #[test]
    fn a_mark_at_the_end_shows_what_stands_before_it() {
        let line = format!("{}MARK", "a".repeat(500));
        assert_eq!(
            show(&line, 1, 501, 4, 24),
            "…aaaaaaaaaaaaaaaaaaaMARK\n                    ^^^^"
        );
    }

    #[test]
    fn a_mark_wider_than_the_room_runs_to_the_edge() {
        let line = format!("| {} |", "wörter ".repeat(200));
        assert_eq!(show(&line, 1, 3, 1400, 20), "| wörter wörter wör…\n  ^^^^^^^^^^^^^^^^^^");
    }

    #[test]
    fn places_beyond_the_source_are_borne() {
        assert_eq!(show("abc", 1, 900, 5, 20), "abc\n   ^");
        assert!(SourceLines::new("abc").window(7, 1, 1, 20).is_none());
        assert!(SourceLines::new("abc").window(0, 0, 0, 20).is_none());
        assert_eq!(show("", 1, 1, 0, 20), "\n^");
    }

    #[test]
    fn look_ups_in_any_order_agree() {
        let source = "éé one two\nthree four";
        let lines = SourceLines::new(source);
        let before: Vec<usize> = [(1, 8), (1, 4), (2, 7), (1, 8), (2, 1)]
            .into_iter()
            .map(|(line, column)| lines.window(line, column, 1, 40).unwrap().before)
            .collect();
        assert_eq!(before, [7, 3, 6, 7, 0]);
    }

    #[test]
    fn nothing_reaches_a_terminal_that_could_move_its_cursor() {
        assert_eq!(show("a\tb\u{1b}[2Jc\u{202e}", 1, 1, 1, 40), "a b\u{fffd}[2Jc\u{fffd}\n^");
    }
}
