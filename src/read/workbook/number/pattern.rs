//! The format codes of spreadsheets: what each section of one shows (ECMA-376, 18.8.31).

use std::iter::Peekable;
use std::str::Chars;

use crate::colour::Colour;
use crate::read::workbook::palette::{BLACK, IndexedColours, WHITE};

use super::date::DatePrecision;

/// One section of a format code.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FormatSection {
    /// Which numbers it shows, where it says so itself.
    pub(super) condition: Option<FormatCondition>,
    pub(super) shown: SectionMeaning,
}

/// What a section makes of a number.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SectionMeaning {
    /// The number the plainest way.
    General,
    Number(DigitPattern),
    /// Words, whatever the number.
    Words(String),
    Date(DatePrecision),
    /// Hours and minutes that go beyond a day.
    Elapsed,
}

/// How the digits of a number are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct DigitPattern {
    pub(super) before: String,
    /// How many digits there are before the point at least.
    pub(super) least_digits: usize,
    /// How many decimals there are at least, and at most.
    pub(super) least_decimals: usize,
    pub(super) decimals: usize,
    /// Whether thousands have commas.
    pub(super) grouped: bool,
    /// How often the number is divided by a thousand.
    pub(super) thousandths: usize,
    pub(super) percent: bool,
    pub(super) after: String,
}

/// A comparison such as `[>=100]`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FormatCondition {
    comparison: String,
    with: f64,
}

impl FormatCondition {
    fn parse(words: &str) -> Option<Self> {
        let number = words.trim_start_matches(['<', '>', '=']);
        let comparison = words.strip_suffix(number).filter(|c| !c.is_empty())?;
        Some(Self { comparison: comparison.to_owned(), with: number.trim().parse().ok()? })
    }

    /// Whether a number meets it.
    #[allow(clippy::float_cmp)] // the format compares just so
    pub(super) fn holds(&self, value: f64) -> bool {
        match self.comparison.as_str() {
            "<" => value < self.with,
            "<=" => value <= self.with,
            ">" => value > self.with,
            ">=" => value >= self.with,
            "<>" => value != self.with,
            _ => value == self.with,
        }
    }
}

/// The sections of a format code; a semicolon in quotes parts none.
pub(super) fn sections(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (i, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            ';' if !quoted => {
                found.push(code.get(start..i).unwrap_or_default());
                start = i + 1;
            }
            _ => {}
        }
    }
    found.push(code.get(start..).unwrap_or_default());
    found
}

/// What shows of a section: its code without colours, conditions, quoted blanks and padding.
fn displayed(code: &str) -> String {
    let mut chars = code.chars().peekable();
    let mut shown = String::new();
    while let Some(c) = chars.next() {
        match c {
            '"' => shown.extend(until(&mut chars, '"').chars().map(|_| ' ')),
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inside = until(&mut chars, ']');
                if inside.starts_with('$') || is_elapsed(&inside) {
                    shown.push_str(&inside);
                }
            }
            other => shown.push(other),
        }
    }
    shown
}

/// Whether a section shows words that are typed into the cell.
pub(super) fn has_words(code: &str) -> bool {
    let shown = displayed(code);
    shown.contains('@') || shown.trim().eq_ignore_ascii_case("general")
}

/// Whether a section shows nothing at all, not even words of its own.
pub(super) fn shows_nothing(code: &str) -> bool {
    displayed(code).trim().is_empty()
        && !matches!(FormatSection::parse(code).shown, SectionMeaning::Words(_))
}

/// The colour that a section gives to what it shows (ECMA-376, 18.8.31).
pub(super) fn ink(code: &str) -> Option<Colour> {
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => drop(until(&mut chars, '"')),
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inside = until(&mut chars, ']').to_ascii_lowercase();
                let number = inside.strip_prefix("color").map(str::trim);
                let colour = match (inside.trim(), number) {
                    ("black", _) => Some(BLACK),
                    ("white", _) => Some(WHITE),
                    ("red", _) => Some(Colour::new(255, 0, 0)),
                    ("green", _) => Some(Colour::new(0, 255, 0)),
                    ("blue", _) => Some(Colour::new(0, 0, 255)),
                    ("yellow", _) => Some(Colour::new(255, 255, 0)),
                    ("magenta", _) => Some(Colour::new(255, 0, 255)),
                    ("cyan", _) => Some(Colour::new(0, 255, 255)),
                    (_, Some(number)) => number
                        .parse::<usize>()
                        .ok()
                        .filter(|number| (1..=56).contains(number))
                        .and_then(|number| IndexedColours::default().colour(number + 7)),
                    _ => None,
                };
                if colour.is_some() {
                    return colour;
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether what stands in square brackets counts hours, minutes or seconds.
fn is_elapsed(inside: &str) -> bool {
    !inside.is_empty()
        && inside.to_ascii_lowercase().bytes().all(|b| matches!(b, b'h' | b'm' | b's'))
}

/// A piece of a section.
#[derive(Debug, PartialEq)]
enum FormatPiece {
    /// Characters that are shown as they are.
    Words(String),
    /// A place for a digit: `0`, `#` or `?`.
    Digit {
        always: bool,
    },
    Point,
    Comma,
    Percent,
    /// A letter of a date or time in lower case, and how often it stands there.
    Letter(char, usize),
    /// `[h]` and the like.
    Elapsed,
    General,
    /// Anything that is not written out here: exponents, fractions, calendars of other countries.
    Other,
}

impl FormatSection {
    /// Reads one section.
    pub(super) fn parse(code: &str) -> Self {
        let mut condition = None;
        let pieces = pieces(code, &mut condition);
        Self { condition, shown: shown(&pieces) }
    }
}

fn pieces(code: &str, condition: &mut Option<FormatCondition>) -> Vec<FormatPiece> {
    let mut pieces = Vec::new();
    let mut chars = code.chars().peekable();
    if code.trim().eq_ignore_ascii_case("general") {
        return vec![FormatPiece::General];
    }
    while let Some(c) = chars.next() {
        match c {
            '"' => words(&mut pieces, &until(&mut chars, '"')),
            '\\' => words(&mut pieces, &chars.next().map(String::from).unwrap_or_default()),
            '_' => {
                chars.next();
                words(&mut pieces, " ");
            }
            '*' => {
                chars.next();
            }
            '[' => {
                let inside = until(&mut chars, ']');
                if let Some(currency) = inside.strip_prefix('$') {
                    words(&mut pieces, currency.split('-').next().unwrap_or_default());
                } else if let Some(found) = FormatCondition::parse(&inside) {
                    *condition = Some(found);
                } else if is_elapsed(&inside) {
                    pieces.push(FormatPiece::Elapsed);
                }
            }
            '0' => pieces.push(FormatPiece::Digit { always: true }),
            '#' | '?' => pieces.push(FormatPiece::Digit { always: false }),
            '.' => pieces.push(FormatPiece::Point),
            ',' => pieces.push(FormatPiece::Comma),
            '%' => pieces.push(FormatPiece::Percent),
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                let letter = c.to_ascii_lowercase();
                let mut count = 1;
                while chars.next_if(|next| next.eq_ignore_ascii_case(&letter)).is_some() {
                    count += 1;
                }
                pieces.push(FormatPiece::Letter(letter, count));
            }
            'A' | 'a' if chars.peek().is_some_and(|n| matches!(n, 'M' | 'm' | '/')) => {
                while chars
                    .next_if(|n| matches!(n, 'A' | 'a' | 'M' | 'm' | '/' | 'P' | 'p'))
                    .is_some()
                {}
            }
            'G' | 'g'
                if chars.clone().take(6).collect::<String>().eq_ignore_ascii_case("eneral") =>
            {
                chars.nth(5);
                pieces.push(FormatPiece::General);
            }
            'E' | 'e' | '@' | 'B' | 'b' => pieces.push(FormatPiece::Other),
            '/' if pieces.iter().any(|p| matches!(p, FormatPiece::Digit { .. })) => {
                pieces.push(FormatPiece::Other);
            }
            other => words(&mut pieces, other.encode_utf8(&mut [0; 4])),
        }
    }
    pieces
}

fn words(pieces: &mut Vec<FormatPiece>, more: &str) {
    match pieces.last_mut() {
        Some(FormatPiece::Words(words)) => words.push_str(more),
        _ => pieces.push(FormatPiece::Words(more.to_owned())),
    }
}

fn until(chars: &mut Peekable<Chars<'_>>, end: char) -> String {
    chars.by_ref().take_while(|c| *c != end).collect()
}

fn shown(pieces: &[FormatPiece]) -> SectionMeaning {
    if pieces.contains(&FormatPiece::Elapsed) {
        return SectionMeaning::Elapsed;
    }
    if pieces.iter().any(|p| matches!(p, FormatPiece::Letter(..))) {
        return SectionMeaning::Date(precision(pieces));
    }
    if pieces.contains(&FormatPiece::Other) {
        return SectionMeaning::General;
    }
    let only_words = pieces.iter().all(|p| matches!(p, FormatPiece::Words(_)));
    if only_words {
        let all: String = pieces
            .iter()
            .filter_map(|p| if let FormatPiece::Words(w) = p { Some(w.as_str()) } else { None })
            .collect();
        return if all.trim().is_empty() {
            SectionMeaning::General
        } else {
            SectionMeaning::Words(all.trim().to_owned())
        };
    }
    pattern(pieces).map_or(SectionMeaning::General, SectionMeaning::Number)
}

/// How much of a date is shown. An `m` is a minute beside hours or seconds, else a month.
fn precision(pieces: &[FormatPiece]) -> DatePrecision {
    let letters: Vec<(char, usize)> = pieces
        .iter()
        .filter_map(|p| {
            if let FormatPiece::Letter(letter, count) = p { Some((*letter, *count)) } else { None }
        })
        .collect();
    let is_minute = |i: usize| {
        let before = i.checked_sub(1).and_then(|i| letters.get(i));
        before.is_some_and(|(l, _)| *l == 'h') || letters.get(i + 1).is_some_and(|(l, _)| *l == 's')
    };
    let month = letters
        .iter()
        .enumerate()
        .find(|(i, (letter, _))| *letter == 'm' && !is_minute(*i))
        .map(|(_, (_, count))| *count);
    let has = |wanted: char| letters.iter().any(|(letter, _)| *letter == wanted);
    if has('h') || has('s') {
        return DatePrecision::DayAndTime;
    }
    match month {
        _ if has('d') => DatePrecision::Day,
        Some(count) => DatePrecision::Month { in_full: count == 4 },
        None => DatePrecision::Year,
    }
}

/// The pattern of a number; none where words stand between its digits, or it has two points.
fn pattern(pieces: &[FormatPiece]) -> Option<DigitPattern> {
    let mut pattern = DigitPattern::default();
    let (mut begun, mut ended, mut point) = (false, false, false);
    let mut commas = 0;
    for piece in pieces {
        match piece {
            FormatPiece::Words(words) if begun => {
                ended = true;
                pattern.after.push_str(words);
            }
            FormatPiece::Words(words) => pattern.before.push_str(words),
            FormatPiece::Percent => {
                pattern.percent = true;
                ended = begun;
                if begun { pattern.after.push('%') } else { pattern.before.push('%') }
            }
            FormatPiece::Comma => commas += 1,
            FormatPiece::Point if point || ended => return None,
            FormatPiece::Point => (point, begun) = (true, true),
            FormatPiece::Digit { .. } if ended => return None,
            FormatPiece::Digit { always } => {
                if commas > 0 && begun && !point {
                    pattern.grouped = true;
                    commas = 0;
                }
                begun = true;
                if point {
                    pattern.decimals += 1;
                    if *always {
                        pattern.least_decimals = pattern.decimals;
                    }
                } else if *always || pattern.least_digits > 0 {
                    pattern.least_digits += 1;
                }
            }
            FormatPiece::General
            | FormatPiece::Letter(..)
            | FormatPiece::Elapsed
            | FormatPiece::Other => return None,
        }
    }
    pattern.thousandths = commas;
    pattern.least_digits = pattern.least_digits.min(32);
    pattern.decimals = pattern.decimals.min(32);
    pattern.least_decimals = pattern.least_decimals.min(32);
    (begun).then_some(pattern)
}
