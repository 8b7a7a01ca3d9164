//! Lists as they are typed: lines that begin with a hyphen, a dot or a number.

use crate::text::{Text, TextBlock, TextBlockKind};

use super::lines::{self, TypedLine};

/// How lines are marked as items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ItemMarker {
    Bullet(char),
    Number(u32),
}

impl ItemMarker {
    /// Which marks stand below which, where nothing is indented: Word's own order of dot, circle
    /// and square, and numbers above all.
    fn rank(self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Bullet('▪' | '§' | '\u{f0a7}') => 3,
            Self::Bullet('-' | '–' | '—' | 'o' | '◦' | '○') => 2,
            Self::Bullet(_) => 1,
        }
    }

    fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Number(_), Self::Number(_)) => true,
            _ => self == other,
        }
    }
}

/// Puts lines together: a blank line parts paragraphs, and marked lines are items.
pub(super) fn assembled(lines: Vec<TypedLine>) -> Text {
    let marks = marks(&lines);
    let mut text = Text::default();
    let mut levels: Vec<TypedList> = Vec::new();
    for (line, mark) in lines.into_iter().zip(marks) {
        let kind = mark.map(|(mark, _)| kind(mark, depth(&mut levels, line.indent, mark)));
        match (kind, text.blocks.last_mut()) {
            (Some(kind), _) => {
                let after_mark = mark.map_or(0, |(_, length)| length);
                let words = line.block.slice(after_mark, usize::MAX);
                text.blocks.push(TextBlock { kind, spans: words.spans });
            }
            (None, Some(last)) if goes_on(&line, last, &levels) => resume(last, line.block),
            (None, _) => {
                levels.clear();
                text.blocks.push(line.block);
            }
        }
    }
    text
}

/// A text of a cell that was marked up, with what was typed in it as a list made one.
pub(in crate::read) fn relisted(text: &Text) -> Text {
    assembled(lines::of_text(text))
}

/// The item that a paragraph is if it begins with a dot, which nobody types to begin a sentence.
pub(in crate::read) fn dotted(block: &TextBlock) -> Option<TextBlock> {
    let (bullet, length) = mark_of(block)?;
    let is_dot = !matches!(
        bullet,
        ItemMarker::Number(_) | ItemMarker::Bullet('-' | '–' | '—' | 'o' | '*' | '§')
    );
    is_dot
        .then(|| TextBlock { kind: kind(bullet, 0), spans: block.slice(length, usize::MAX).spans })
}

/// An open list.
struct TypedList {
    indent: usize,
    mark: ItemMarker,
}

/// How deep an item stands: by its indent, or by its mark where the indent is the same. One space
/// more or less is no indent.
fn depth(levels: &mut Vec<TypedList>, indent: usize, mark: ItemMarker) -> u8 {
    while levels.last().is_some_and(|l| l.indent > indent + 1) {
        levels.pop();
    }
    let begun = levels.iter().rposition(|l| l.indent.abs_diff(indent) <= 1 && l.mark.is_like(mark));
    match (begun, levels.last_mut()) {
        (Some(level), _) => levels.truncate(level + 1),
        (None, Some(last)) if indent <= last.indent + 1 && mark.rank() <= last.mark.rank() => {
            last.mark = mark;
        }
        (None, _) => levels.push(TypedList { indent, mark }),
    }
    u8::try_from(levels.len().saturating_sub(1)).unwrap_or(u8::MAX)
}

fn kind(mark: ItemMarker, depth: u8) -> TextBlockKind {
    match mark {
        ItemMarker::Bullet(_) => TextBlockKind::Bullet { depth },
        ItemMarker::Number(number) => TextBlockKind::Numbered { depth, number },
    }
}

/// Whether a line without a mark belongs to the block before it.
fn goes_on(line: &TypedLine, last: &TextBlock, levels: &[TypedList]) -> bool {
    if line.after_gap || line.block.kind != TextBlockKind::Paragraph {
        return false;
    }
    let starts_small =
        || line.block.spans.first().is_some_and(|s| s.text.starts_with(char::is_lowercase));
    last.kind == TextBlockKind::Paragraph
        || levels.last().is_some_and(|l| line.indent >= l.indent + 2 || starts_small())
}

/// Adds a line to the block before it, with a line break between.
fn resume(last: &mut TextBlock, line: TextBlock) {
    let mut spans = line.spans.into_iter();
    if let Some(first) = spans.next() {
        last.next_line(first);
    }
    for span in spans {
        last.push(span);
    }
}

/// The mark of each line that is an item, and how many bytes it takes. A bullet alone is words,
/// unless a line that ends in a colon announces it; numbers are marks where they count up from 1.
fn marks(lines: &[TypedLine]) -> Vec<Option<(ItemMarker, usize)>> {
    let found: Vec<_> = lines.iter().map(|line| mark_of(&line.block)).collect();
    let bullets =
        found.iter().flatten().filter(|(mark, _)| matches!(mark, ItemMarker::Bullet(_))).count();
    let mut counts = NumberedLines::default();
    let counted: Vec<_> =
        lines.iter().zip(&found).map(|(line, mark)| counts.take(line.indent, *mark)).collect();
    let mut announced = false;
    lines
        .iter()
        .zip(found)
        .zip(counted)
        .map(|((line, mark), count)| {
            let was_announced = std::mem::replace(
                &mut announced,
                line.block.spans.last().is_some_and(|s| s.text.ends_with(':')),
            );
            mark.filter(|(mark, _)| match mark {
                ItemMarker::Bullet(_) => bullets > 1 || was_announced,
                ItemMarker::Number(_) => count.is_some_and(|count| counts.goes_up(count)),
            })
        })
        .collect()
}

/// Numbered lines, divided into those that count up from 1 and others.
#[derive(Default)]
struct NumberedLines {
    /// The indent of each count and its last number.
    counts: Vec<(usize, u32)>,
    /// Those that can go on, innermost last.
    open: Vec<usize>,
}

impl NumberedLines {
    /// The count that a line belongs to, if its number begins one or goes on with one.
    fn take(&mut self, indent: usize, mark: Option<(ItemMarker, usize)>) -> Option<usize> {
        let Some((ItemMarker::Number(number), _)) = mark else { return None };
        while let Some((count, (at, last))) =
            self.open.last().and_then(|count| Some((*count, self.counts.get_mut(*count)?)))
        {
            if at.abs_diff(indent) <= 1 && number == last.saturating_add(1) {
                *last = number;
                return Some(count);
            }
            if *at + 1 < indent {
                break;
            }
            self.open.pop();
        }
        (number == 1).then(|| {
            self.open.push(self.counts.len());
            self.counts.push((indent, number));
            self.counts.len() - 1
        })
    }

    fn goes_up(&self, count: usize) -> bool {
        self.counts.get(count).is_some_and(|(_, last)| *last > 1)
    }
}

fn mark_of(block: &TextBlock) -> Option<(ItemMarker, usize)> {
    if block.kind == TextBlockKind::Paragraph { mark(&block.plain()) } else { None }
}

/// Whether a line begins with what could mark it as an item.
pub(super) fn is_marked(line: &str) -> bool {
    mark(line).is_some()
}

/// What marks the words as an item, if something does, and how many bytes it takes.
fn mark(words: &str) -> Option<(ItemMarker, usize)> {
    let first = words.chars().next()?;
    let after = &words[first.len_utf8()..];
    let next = after.chars().next()?;
    let is_bullet = match first {
        // the last five are the bullets of the fonts Symbol and Wingdings, as Word pastes them
        '•' | '·' | '▪' | '◦' | '●' | '○' | '■' | '‣' | '⁃' | '∙' | '➢' | '►' | '\u{f0b7}'
        | '\u{f0a7}' | '\u{f0d8}' | '\u{f0fc}' | '\u{f076}' => !next.is_numeric(),
        '-' | '–' | '—' => next == ' ' || next.is_alphabetic(),
        'o' | '*' => next == ' ',
        // "§ 47" is a section of an Act
        '§' => next == ' ' && !after.trim_start().starts_with(|c: char| c.is_numeric()),
        _ => return number(words),
    };
    is_bullet.then_some((ItemMarker::Bullet(first), first.len_utf8()))
}

/// A number of up to three digits with a full stop or bracket: "1. One", "2) Two", but not "1.1
/// One" or "2011. Then".
fn number(words: &str) -> Option<(ItemMarker, usize)> {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let (number, after) = words.split_at_checked(digits).filter(|_| digits <= 3)?;
    let next = after.strip_prefix(['.', ')'])?.chars().next()?;
    (next == ' ' || next.is_alphabetic())
        .then_some((ItemMarker::Number(number.parse().ok()?), digits + 1))
}
