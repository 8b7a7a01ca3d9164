//! Diagnostics as text for a person: what and where, the line of the source with its mark, and what
//! to do.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::source_lines::{SourceLines, printable};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::place::Place;

/// How diagnostics are shown as text.
#[derive(Debug, Clone, Copy)]
pub struct TextOptions<'a> {
    /// The name of the source, as the user knows it.
    pub file: &'a str,
    /// The source's text, whose lines are shown; none for a workbook.
    pub source: Option<&'a str>,
    /// How many columns a line of the source may take, its number with it, and a line of words that
    /// were left out.
    pub width: usize,
    /// Whether to colour, with the escape sequences of a terminal.
    pub colour: bool,
}

/// Diagnostics of one file, in the order given, with an empty line after each.
///
/// ```
/// use planwright::diagnostic::{render, Code, Diagnostic};
/// use planwright::Place;
/// let told = Diagnostic::new(Code::NoOwner, "the action has no owner").at(&Place::in_text(2, 3, 5)).help("name who does it");
/// let source = "| How? | Who? |\n| Audit | |\n";
/// let options = render::TextOptions { file: "plan.md", source: Some(source), width: 100, colour: false };
/// assert_eq!(render::text(&[told], &options), "\
/// warning[no-owner] plan.md:2:3: the action has no owner
///   2 | | Audit | |
///     |   ^^^^^
/// help: name who does it
///
/// ");
/// ```
pub fn text(diagnostics: &[Diagnostic], options: &TextOptions<'_>) -> String {
    let page = TextRenderer::new(options);
    let mut out = String::new();
    for diagnostic in diagnostics {
        page.head(
            &mut out,
            diagnostic.severity(),
            diagnostic.code.name(),
            diagnostic.place.as_ref(),
            &diagnostic.message,
        );
        page.excerpt(&mut out, diagnostic.place.as_ref());
        if let Some(other) = &diagnostic.other_place {
            page.and_here(&mut out, other);
        }
        if let Some(words) = &diagnostic.left_out {
            page.left_out(&mut out, words);
        }
        if let Some(help) = &diagnostic.help {
            page.labelled(&mut out, "help", help);
        }
        out.push('\n');
    }
    out
}

/// An error in the same form: the same words in the same order, since to a reader it is one more
/// thing that is wrong.
pub fn text_error(error: &Error, options: &TextOptions<'_>) -> String {
    let page = TextRenderer::new(options);
    let mut out = String::new();
    page.head(&mut out, Severity::Error, error.code(), error.place(), &error.to_string());
    page.excerpt(&mut out, error.place());
    if let Some(help) = error.what_to_do() {
        page.labelled(&mut out, "help", help);
    }
    out
}

/// What is the same for every diagnostic of a file.
struct TextRenderer<'a> {
    file: &'a str,
    lines: Option<SourceLines<'a>>,
    width: usize,
    colour: bool,
}

const STRONG: Style = Style::new().bold();
const FAINT: Style = AnsiColor::BrightBlue.on_default();

impl<'a> TextRenderer<'a> {
    fn new(options: &TextOptions<'a>) -> Self {
        Self {
            file: options.file,
            lines: options.source.map(SourceLines::new),
            width: options.width,
            colour: options.colour,
        }
    }

    /// `SEVERITY[code] FILE:PLACE: message`.
    fn head(
        &self,
        out: &mut String,
        severity: Severity,
        code: &str,
        place: Option<&Place>,
        message: &str,
    ) {
        self.styled(out, colour_of(severity), &format!("{severity}[{code}]"));
        out.push(' ');
        let place = place.map(|p| format!("{p}:")).unwrap_or_default();
        self.styled(out, STRONG, &clean(&format!("{}:{place}", self.file)));
        let _ = writeln!(out, " {}", clean(message));
    }

    /// The line of the source with the place marked, where there is one.
    fn excerpt(&self, out: &mut String, place: Option<&Place>) {
        let (Some(lines), Some(Place::Text { line, column, width })) = (&self.lines, place) else {
            return;
        };
        let number = format!("{line:>3}");
        let gutter = number.len() + 3;
        let window = lines.window(*line, *column, *width, self.width.saturating_sub(gutter));
        let Some(window) = window.filter(|w| !w.text.trim().is_empty()) else { return };
        self.styled(out, FAINT, &format!("{number} |"));
        let _ = writeln!(out, " {}", window.text);
        self.styled(out, FAINT, &format!("{:1$} |", "", number.len()));
        let _ = write!(out, " {:1$}", "", window.before);
        self.styled(out, STRONG, &"^".repeat(window.marked));
        out.push('\n');
    }

    /// The second place.
    fn and_here(&self, out: &mut String, place: &Place) {
        self.labelled(out, "and here", &format!("{}:{place}", self.file));
        self.excerpt(out, Some(place));
    }

    /// `label: words`, with each further line of the words below the first.
    fn labelled(&self, out: &mut String, label: &str, words: &str) {
        self.styled(out, STRONG, &format!("{label}:"));
        for (i, line) in words.trim_end().lines().enumerate() {
            let indent = if i == 0 { 1 } else { label.len() + 2 };
            let _ = writeln!(out, "{:indent$}{}", "", clean(line));
        }
    }

    /// The words that were left out, as far as a person reads on.
    fn left_out(&self, out: &mut String, words: &str) {
        const MOST_LINES: usize = 12;
        const LABEL: &str = "left out";
        let room = self.width.saturating_sub(LABEL.len() + 2).max(12);
        let lines = repeated_lines(words.trim_end());
        let mut shown: Vec<String> = lines
            .iter()
            .take(MOST_LINES)
            .map(|(line, times)| counted(line, *times, room))
            .collect();
        match lines.len().saturating_sub(MOST_LINES) {
            0 => {}
            1 => shown.push("... and 1 more line; --diagnostics json shows all".to_owned()),
            more => shown.push(format!("... and {more} more lines; --diagnostics json shows all")),
        }
        self.labelled(out, LABEL, &shown.join("\n"));
    }

    fn styled(&self, out: &mut String, style: Style, words: &str) {
        if self.colour {
            let _ = write!(out, "{style}{words}{style:#}");
        } else {
            out.push_str(words);
        }
    }
}

/// As much of a line as there is room for, with an ellipsis where it was cut.
fn cut(line: &str, room: usize) -> String {
    match line.char_indices().nth(room) {
        Some(_) => line.chars().take(room - 1).chain(['…']).collect(),
        None => line.to_owned(),
    }
}

/// Words fit for one line of a terminal.
fn clean(words: &str) -> String {
    words.trim_end().chars().map(|c| if c == '\n' { ' ' } else { printable(c) }).collect()
}

fn colour_of(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Note => AnsiColor::Cyan.on_default().bold(),
    }
}

/// The lines of words that were left out, each that stands several times running with how often.
fn repeated_lines(words: &str) -> Vec<(&str, usize)> {
    let mut out: Vec<(&str, usize)> = Vec::new();
    for line in words.lines() {
        match out.last_mut() {
            Some((last, times)) if *last == line => *times += 1,
            _ => out.push((line, 1)),
        }
    }
    out
}

fn counted(line: &str, times: usize, room: usize) -> String {
    if times == 1 {
        return cut(line, room);
    }
    let often = format!(" ({times} times)");
    cut(line, room.saturating_sub(often.len()).max(2)) + &often
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    const SOURCE: &str = "| What? | Who? |\n|---|---|\n| Review the workloads of | Dave Watson |\n\n| officers. | |\n";

    fn joined() -> Diagnostic {
        Diagnostic::new(Code::CellJoined, "“Review the workloads of” goes on in “officers.”")
            .at(&Place::in_text(3, 3, 23))
            .and_at(&Place::in_text(5, 3, 9))
    }

    #[test]
    fn both_places_are_shown() {
        let shown = text(
            &[joined()],
            &TextOptions { file: "plan.md", source: Some(SOURCE), width: 100, colour: false },
        );
        let expected = "\
note[cell-joined] plan.md:3:3: “Review the workloads of” goes on in “officers.”
  3 | | Review the workloads of | Dave Watson |
    |   ^^^^^^^^^^^^^^^^^^^^^^^
and here: plan.md:5:3
  5 | | officers. | |
    |   ^^^^^^^^^

";
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_place_in_a_workbook_has_no_line_to_show() {
        let diagnostics = Diagnostic::new(Code::NoOwner, "the action has no owner")
            .at(&Place::in_sheet("Plan", 6, 1));
        let shown = text(
            &[diagnostics],
            &TextOptions { file: "plan.xlsx", source: None, width: 100, colour: false },
        );
        assert_eq!(shown, "warning[no-owner] plan.xlsx:Plan!B7: the action has no owner\n\n");
    }

    #[test]
    fn colour_only_adds_escapes() {
        let options =
            TextOptions { file: "plan.md", source: Some(SOURCE), width: 40, colour: true };
        let coloured = text(&[joined()], &options);
        let plain = text(&[joined()], &TextOptions { colour: false, ..options });
        assert!(coloured.contains("\u{1b}[1m\u{1b}[36mnote[cell-joined]\u{1b}[0m"), "{coloured:?}");
        let mut stripped = String::new();
        for (i, part) in coloured.split("\u{1b}[").enumerate() {
            stripped.push_str(if i == 0 { part } else { part.split_once('m').unwrap().1 });
        }
        assert_eq!(stripped, plain);
    }

    #[test]
    fn many_words_left_out_are_cut() {
        let lines: Vec<String> = (1..=20)
            .map(|n| format!("{n} of twenty lines that are far longer than there is room for"))
            .collect();
        let diagnostics = Diagnostic::new(Code::TableLeftOut, "the table is not part of the plan")
            .left_out(lines.join("\n"));
        let shown = text(
            &[diagnostics],
            &TextOptions { file: "plan.xlsx", source: None, width: 40, colour: false },
        );
        assert!(
            shown.contains("left out: 1 of twenty lines that are fa…\n          2 of"),
            "{shown}"
        );
        assert!(
            shown.contains("12 of twenty lines that are f…\n          ... and 8 more lines; --diagnostics json shows all\n\n"),
            "{shown}"
        );
        assert!(shown.lines().skip(1).take(12).all(|line| line.chars().count() == 40), "{shown}");
    }

    #[test]
    fn few_words_left_out_are_quoted_whole() {
        let diagnostics = Diagnostic::new(Code::TableLeftOut, "the table is not part of the plan")
            .left_out("Key\nGreen");
        let shown = text(
            &[diagnostics],
            &TextOptions { file: "plan.md", source: None, width: 20, colour: false },
        );
        assert!(shown.contains("left out: Key\n          Green\n"), "{shown}");
    }
}
