//! Standard output and standard error, where a closed pipe is no error.

use std::env;
use std::io::{self, IsTerminal, Write};

use super::failure::{Failure, reason};

/// Columns of a line where there is no terminal to ask.
const WIDTH_WITHOUT_TERMINAL: usize = 100;

/// An output stream of the program, and what it is like.
///
/// Once its reader has gone, as `head` does, what is written goes nowhere. Other trouble is kept for [`Stream::finish`].
pub(crate) struct Stream {
    to: Box<dyn Write>,
    trouble: Option<io::Error>,
    terminal: bool,
    colour: bool,
}

impl Stream {
    pub(crate) fn stdout() -> Self {
        Self::new(Box::new(io::BufWriter::new(io::stdout())), io::stdout().is_terminal())
    }

    pub(crate) fn stderr() -> Self {
        Self::new(Box::new(io::stderr()), io::stderr().is_terminal())
    }

    fn new(to: Box<dyn Write>, terminal: bool) -> Self {
        let wished = env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()) && env::var_os("TERM").is_none_or(|v| v != "dumb");
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

    /// Writes words.
    pub(super) fn say(&mut self, words: &str) {
        self.write(words.as_bytes());
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
    pub(super) fn finish(&mut self) -> Result<(), Failure> {
        let trouble = self.trouble.take().or_else(|| self.to.flush().err());
        match trouble {
            Some(e) if e.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure::unwritable("standard output", format!("it could not be written: {}", reason(&e))))
            }
            _ => Ok(()),
        }
    }
}
