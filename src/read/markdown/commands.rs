//! Commands of page builders in markdown: what Jekyll, kramdown, Hugo and the like replace before
//! they make a page.

use std::borrow::Cow;
use std::ops::Range;

/// A text without the commands of page builders. Each is overwritten, so that all else stays at its
/// byte.
pub(super) struct CommandFreeText<'a> {
    pub(super) text: Cow<'a, str>,
    /// Where the commands stood, in order; with a command in the target of a link, the whole
    /// target.
    pub(super) commands: Vec<Range<usize>>,
}

/// Finds the commands: `{{ ... }}`, `{% ... %}`, and the attribute lists `{: ... }`, and `{#...}`
/// or `{....}` behind a heading.
pub(super) fn clear(text: &str) -> CommandFreeText<'_> {
    let mut commands = Vec::new();
    if ["{{", "{%", "{:", "{#", "{."].iter().any(|begin| text.contains(begin)) {
        let mut scan = CommandScan {
            text,
            in_fence: None,
            ticks: 0,
            in_target: None,
            ends: CommandEnds::default(),
        };
        let mut at = 0;
        while at < text.len() {
            at = scan.step(at, &mut commands);
        }
    }
    if commands.is_empty() {
        return CommandFreeText { text: Cow::Borrowed(text), commands };
    }
    let mut bytes = text.as_bytes().to_vec();
    for command in &commands {
        // a target of a link without white space stays one
        let is_target = command.start > 0 && bytes.get(command.start - 1) == Some(&b'(');
        for byte in bytes
            .get_mut(command.clone())
            .unwrap_or_default()
            .iter_mut()
            .filter(|byte| !matches!(**byte, b'\n' | b'\r'))
        {
            *byte = if is_target { b'x' } else { b' ' };
        }
    }
    CommandFreeText {
        text: String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned),
        commands,
    }
}

struct CommandScan<'a> {
    text: &'a str,
    /// The mark of the fence around a block of code.
    in_fence: Option<u8>,
    /// The number of backticks on the line so far: an odd one stands in code.
    ticks: usize,
    /// Where the target of a link begins that is open.
    in_target: Option<usize>,
    ends: CommandEnds,
}

/// Where the next of each end of a command stands: searched once, so that many beginnings without
/// an end take no more time.
#[derive(Default)]
struct CommandEnds {
    found: [NextCommand; 5],
}

#[derive(Clone, Copy, Default)]
enum NextCommand {
    #[default]
    NotSearched,
    At(usize),
    Nowhere,
}

impl CommandEnds {
    const NEEDLES: [&'static str; 5] = ["}}", "%}", "}", "\n", "endcomment"];

    fn next(&mut self, text: &str, which: usize, from: usize) -> Option<usize> {
        match self.found[which] {
            NextCommand::At(at) if at >= from => Some(at),
            NextCommand::Nowhere => None,
            NextCommand::At(_) | NextCommand::NotSearched => {
                let at = text
                    .get(from..)
                    .and_then(|rest| rest.find(Self::NEEDLES[which]))
                    .map(|at| from + at);
                self.found[which] = at.map_or(NextCommand::Nowhere, NextCommand::At);
                at
            }
        }
    }
}

impl CommandScan<'_> {
    /// Takes a byte, or a command; says where to go on.
    fn step(&mut self, at: usize, commands: &mut Vec<Range<usize>>) -> usize {
        let bytes = self.text.as_bytes();
        if at == 0 || bytes[at - 1] == b'\n' {
            (self.ticks, self.in_target) = (0, None);
            self.fence(at);
        }
        match bytes[at] {
            // CommonMark 2.4: a backslash makes the sign after it a word, but not in code
            b'\\'
                if self.in_fence.is_none()
                    && self.ticks.is_multiple_of(2)
                    && matches!(bytes.get(at + 1), Some(b'\\' | b'{' | b'`')) =>
            {
                return at + 2;
            }
            b'`' => self.ticks += 1,
            b'(' if at > 0 && bytes[at - 1] == b']' => self.in_target = Some(at + 1),
            b')' | b' ' | b'\t' => self.in_target = None,
            b'{' if self.in_fence.is_none() && self.ticks.is_multiple_of(2) => {
                if let Some(end) = self.end(at) {
                    let Some(start) = self.in_target.take() else {
                        commands.push(at..end);
                        return end;
                    };
                    let rest = self.text[end..]
                        .find([')', ' ', '\t', '\n'])
                        .map_or(self.text.len(), |length| end + length);
                    commands.push(start..rest);
                    return rest;
                }
            }
            _ => {}
        }
        at + 1
    }

    /// Enters or leaves a block of code.
    fn fence(&mut self, at: usize) {
        let line = self.text.as_bytes().get(at..).unwrap_or_default();
        let line = line
            .get(line.iter().take(3).take_while(|byte| **byte == b' ').count()..)
            .unwrap_or_default();
        let Some(mark) = line
            .first()
            .copied()
            .filter(|mark| matches!(mark, b'`' | b'~') && line.starts_with(&[*mark; 3]))
        else {
            return;
        };
        self.in_fence = match self.in_fence {
            None => Some(mark),
            Some(open) if open == mark => None,
            open => open,
        };
    }

    /// Where the command ends that begins there, if one does.
    fn end(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        if rest.starts_with("{{") {
            return self.ends.next(self.text, 0, at + 2).map(|end| end + 2);
        }
        if rest.starts_with("{%") {
            let end = self.ends.next(self.text, 1, at + 2)? + 2;
            if self.text[at + 2..end].trim_matches(['-', ' ', '%', '}']) != "comment" {
                return Some(end);
            }
            // what a comment holds is not shown either
            let close = self.ends.next(self.text, 4, end)?;
            return self.ends.next(self.text, 1, close).map(|end| end + 2);
        }
        let end = self.ends.next(self.text, 2, at + 1)?;
        if self.ends.next(self.text, 3, at).is_some_and(|line| line < end) {
            return None;
        }
        let after = rest.as_bytes().get(1..3)?;
        let is_list = match after {
            [b':', next] => {
                next.is_ascii_alphanumeric() || matches!(next, b'.' | b'#' | b':' | b' ' | b'/')
            }
            [b'#' | b'.', next] => {
                next.is_ascii_alphabetic() && self.is_behind_heading(at, end + 1)
            }
            _ => false,
        };
        is_list.then_some(end + 1)
    }

    fn is_behind_heading(&mut self, at: usize, end: usize) -> bool {
        let line_end = self.ends.next(self.text, 3, at).unwrap_or(self.text.len());
        let start = self.text[..at].rfind('\n').map_or(0, |start| start + 1);
        self.text[end..line_end].chars().all(char::is_whitespace)
            && self.text[start..].trim_start_matches(' ').starts_with('#')
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> (String, Vec<&str>) {
        let cleared = clear(text);
        (cleared.text.into_owned(), cleared.commands.into_iter().map(|at| &text[at]).collect())
    }

    #[test]
    fn commands_are_overwritten_and_known() {
        for (text, expected) in [
            ("{:.wide-table}", vec!["{:.wide-table}"]),
            ("# Plan {#plan .lead}\nwords {#not}", vec!["{#plan .lead}"]),
            (
                "a {{ page.title }} b {% include x.html\n y=\"1\" %} c",
                vec!["{{ page.title }}", "{% include x.html\n y=\"1\" %}"],
            ),
            ("{% comment %} draft {% endcomment %}x", vec!["{% comment %} draft {% endcomment %}"]),
            ("[get]({{ site.url }}/a.pdf){: .button}", vec!["{{ site.url }}/a.pdf", "{: .button}"]),
        ] {
            assert_eq!(found(text).1, expected, "{text}");
        }
        assert_eq!(found("a {{ b }} c").0, "a         c");
        assert_eq!(found("[get]({{ b }}/c)").0, "[get](xxxxxxxxx)");
    }

    #[test]
    fn words_in_braces_and_code_are_no_commands() {
        for text in [
            "{name}",
            "{ {",
            "{{ never closed",
            "`{{ x }}`",
            "```\n{{ x }}\n```",
            "{:)}",
            "{:\n}",
            "50% {.}",
            "\\{{ x }}",
            "`\\`\\{% x %}",
        ] {
            assert_eq!(found(text), (text.to_owned(), vec![]), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_byte_moves(text in "([{}%:.#`é\n ()\\]]|[a-z]{1,2}){0,40}") {
            let cleared = clear(&text);
            prop_assert_eq!(cleared.text.len(), text.len());
            let lines = |text: &str| text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at).collect::<Vec<_>>();
            prop_assert_eq!(lines(&cleared.text), lines(&text));
        }
    }
}
