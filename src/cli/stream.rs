//! Standard output and standard error, where a closed pipe is no error.

use std::borrow::Cow;
use std::env;
use std::io::{self, IsTerminal, Write};

use planwright::diagnostic::render::printable;

/// Columns of a line where there is no terminal to ask.
const WIDTH_WITHOUT_TERMINAL: usize = 100;

/// An output stream of the program, and what it is like.
///
/// Once its reader has gone, as `head` does, what is written goes nowhere. Other trouble is kept
/// for [`Stream::finish`].
pub(crate) struct OutputStream {
    to: Box<dyn Write>,
    trouble: Option<io::Error>,
    terminal: bool,
    colour: bool,
}

impl OutputStream {
    pub(crate) fn stdout() -> Self {
        Self::new(Box::new(io::BufWriter::new(io::stdout())), io::stdout().is_terminal())
    }

    pub(crate) fn stderr() -> Self {
        Self::new(Box::new(io::stderr()), io::stderr().is_terminal())
    }

    fn new(to: Box<dyn Write>, terminal: bool) -> Self {
        let wished = env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
            && env::var_os("TERM").is_none_or(|v| v != "dumb");
        Self { to, trouble: None, terminal, colour: terminal && wished }
    }

    /// Whether a person looks at it.
    pub(super) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Whether colours are welcome (no-color.org).
    pub(super) fn colour(&self) -> bool {
        self.colour
    }

    /// How many columns a line may take.
    pub(super) fn width(&self) -> usize {
        let size = if self.terminal { terminal_size::terminal_size() } else { None };
        size.map_or(WIDTH_WITHOUT_TERMINAL, |(width, _)| usize::from(width.0))
    }

    /// Writes words. Whatever they hold, nothing in them moves a terminal's cursor, changes its
    /// colours or turns round text.
    pub(super) fn say(&mut self, words: &str) {
        self.write(harmless(words, false).as_bytes());
    }

    /// Writes words with the colours of the program, if colours are welcome; the words in them have
    /// gone through [`clean`].
    pub(super) fn say_styled(&mut self, words: &str) {
        self.write(harmless(words, self.colour).as_bytes());
    }

    /// Writes bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) {
        if self.trouble.is_none() {
            self.trouble = self.to.write_all(bytes).err();
        }
    }

    /// Hands on what is still held back.
    ///
    /// Fails if something could not be written, other than because no one reads it any more.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        let trouble = self.trouble.take().or_else(|| self.to.flush().err());
        trouble.filter(|e| e.kind() != io::ErrorKind::BrokenPipe).map_or(Ok(()), Err)
    }
}

/// Words from outside (names of files, arguments, settings), fit for one line of a terminal.
pub(super) fn clean(words: &str) -> String {
    words.trim_end().chars().map(|c| if c == '\n' { ' ' } else { printable(c) }).collect()
}

/// Words without control and direction characters, but for line ends and tabs and, if they are
/// welcome, sequences that set a style.
fn harmless(words: &str, styled: bool) -> Cow<'_, str> {
    let is_harmless = |c: char| {
        matches!(c, '\n' | '\t')
            || !(c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
    };
    if words.chars().all(is_harmless) {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let style = if styled { style(rest) } else { None };
        let length = style.map_or(c.len_utf8(), str::len);
        match style {
            Some(style) => out.push_str(style),
            None if is_harmless(c) => out.push(c),
            None => out.push('\u{fffd}'),
        }
        rest = &rest[length..];
    }
    Cow::Owned(out)
}

/// The sequence that sets a style with which words begin (ECMA-48, 8.3.117, SGR).
fn style(words: &str) -> Option<&str> {
    let parameters = words.strip_prefix("\u{1b}[")?;
    let end = parameters.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    parameters[end..].starts_with('m').then(|| &words[..=2 + end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_styles_of_the_program_reaches_a_terminal() {
        let hostile = "a\u{1b}[31mb\u{1b}]0;title\u{7}c\u{9b}2Jd\u{202e}e\r\n\tf";
        assert_eq!(
            harmless(hostile, false),
            "a\u{fffd}[31mb\u{fffd}]0;title\u{fffd}c\u{fffd}2Jd\u{fffd}e\u{fffd}\n\tf"
        );
        assert_eq!(
            harmless(hostile, true),
            "a\u{1b}[31mb\u{fffd}]0;title\u{fffd}c\u{fffd}2Jd\u{fffd}e\u{fffd}\n\tf"
        );
        assert_eq!(harmless("Siân ’11\n", false), "Siân ’11\n");
        assert_eq!(clean("a\nb\u{1b}[2J "), "a b\u{fffd}[2J");
    }
}
