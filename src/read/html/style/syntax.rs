//! The syntax of style sheets: escapes, lists, nested rules, and variables.

use std::borrow::Cow;
use std::collections::HashMap;

/// How many selectors one may stand for.
const MOST_ALTERNATIVES: usize = 64;

/// How many values of a variable are looked at.
const MOST_VALUES: usize = 4;

/// How many variables are put into a block of declarations, and how long it may become by them.
const MOST_REPLACED: usize = 64;
const LONGEST: usize = 1 << 14;

/// How long the selectors of a nested rule may be.
const LONGEST_NESTED: usize = 1 << 11;

/// How long the escape behind a backslash is: a character, or its number with a space behind it
/// (CSS Syntax Level 3, 4.3.7).
fn escape(text: &str) -> usize {
    const MOST_DIGITS: usize = 6;
    let digits = text.bytes().take(MOST_DIGITS).take_while(u8::is_ascii_hexdigit).count();
    match text.get(digits..).and_then(|rest| rest.chars().next()) {
        Some(c) if digits > 0 && c.is_ascii_whitespace() => digits + 1,
        Some(c) if digits == 0 => c.len_utf8(),
        _ => digits,
    }
}

/// The name at the start of a text, with its escapes, and what follows it.
pub(super) fn name(text: &str) -> (&str, &str) {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
    let mut end = 0;
    while let Some(c) = text[end..].chars().next() {
        if c == '\\' {
            end += 1 + escape(&text[end + 1..]);
        } else if is_part(c) {
            end += c.len_utf8();
        } else {
            break;
        }
    }
    text.split_at(end)
}

/// A text without escapes.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\\') {
        out.push_str(before);
        let (escaped, after) = behind.split_at(escape(behind));
        match u32::from_str_radix(escaped.trim_end(), 16) {
            Ok(number) => out.push(char::from_u32(number).unwrap_or('\u{fffd}')),
            Err(_) => out.push_str(escaped),
        }
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The items of a list with commas, of which those in brackets divide nothing.
pub(super) fn items(list: &str) -> Vec<&str> {
    let (mut depth, mut is_escaped) = (0_usize, false);
    let items = list.split(|c: char| {
        let was_escaped = is_escaped;
        is_escaped = c == '\\' && !was_escaped;
        match c {
            _ if was_escaped => return false,
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    });
    items.map(str::trim).collect()
}

/// What stands before the bracket that closes, and behind it.
pub(super) fn inside_brackets(text: &str) -> Option<(&str, &str)> {
    let mut depth = 1_usize;
    let end = text.find(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    Some((&text[..end], &text[end + 1..]))
}

/// The selectors of a list, those with `:is(…)` or `:where(…)` for each that they stand for; what
/// cannot be written without them stays as it is.
pub(super) fn selectors(list: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<String> = items(list).into_iter().map(str::to_owned).collect();
    open.reverse();
    while let Some(selector) = open.pop() {
        let alternatives = alternatives(&selector);
        let count = found.len() + open.len() + alternatives.len();
        if alternatives.is_empty() || count > MOST_ALTERNATIVES {
            found.push(selector);
        } else {
            open.extend(alternatives.into_iter().rev());
        }
    }
    found
}

fn alternatives(selector: &str) -> Vec<String> {
    let first = [":is(", ":where(", ":matches(", ":-webkit-any("]
        .iter()
        .filter_map(|name| Some((selector.find(name)?, name.len())))
        .min();
    let Some((at, length)) = first else { return Vec::new() };
    let before = &selector[..at];
    let Some((inside, behind)) = inside_brackets(&selector[at + length..]) else {
        return Vec::new();
    };
    let is_alone = before.is_empty() || before.ends_with([' ', '>', '+', '~']);
    let written = items(inside).into_iter().map(|one| {
        let begins_with_tag = one.starts_with(|c: char| c.is_alphabetic() || c == '*');
        let is_one = !one.contains(char::is_whitespace) && !one.contains(['>', '+', '~']);
        (is_one && (is_alone || !begins_with_tag)).then(|| format!("{before}{one}{behind}"))
    });
    written.collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// The selectors of a rule that stands in another (CSS Nesting Level 1); none if there are too many.
pub(super) fn nested(around: &str, inside: &str) -> Option<String> {
    let (around, inside) = (items(around), items(inside));
    let count = around.len().saturating_mul(inside.len());
    let longest = around.iter().chain(&inside).map(|one| one.len()).max().unwrap_or_default();
    if count > MOST_ALTERNATIVES || count.saturating_mul(longest) > LONGEST_NESTED {
        return None;
    }
    let mut selectors = Vec::with_capacity(count);
    for one in inside {
        for outer in &around {
            selectors.push(if one.contains('&') {
                one.replacen('&', outer, 4)
            } else {
                format!("{outer} {one}")
            });
        }
    }
    Some(selectors.join(","))
}

/// The values of variables, whatever they are declared for.
#[derive(Debug, Default)]
pub(super) struct Variables {
    values: HashMap<String, Vec<String>>,
}

impl Variables {
    /// Takes the variables that a style sheet or a block of declarations sets.
    pub(super) fn learn(&mut self, declarations: &str) {
        for part in declarations.split(['{', '}', ';']) {
            let Some((name, value)) = part.split_once(':') else { continue };
            let (name, value) = (name.trim(), value.trim());
            if !name.starts_with("--") {
                continue;
            }
            let values = self.values.entry(name.to_owned()).or_default();
            if values.len() < MOST_VALUES && !values.iter().any(|known| known == value) {
                values.push(value.to_owned());
            }
        }
    }

    /// Declarations with the values of the variables that they use: once for each of the values
    /// that these have.
    pub(super) fn readings<'d>(&self, declarations: &'d str) -> Vec<Cow<'d, str>> {
        if !declarations.contains("var(") {
            return vec![Cow::Borrowed(declarations)];
        }
        let mut readings: Vec<Cow<'d, str>> = Vec::new();
        let mut most = 1;
        let mut pick = 0;
        while pick < most {
            let (reading, values) = self.reading(declarations, pick);
            most = most.max(values);
            if !readings.iter().any(|known| *known == reading) {
                readings.push(Cow::Owned(reading));
            }
            pick += 1;
        }
        readings
    }

    /// Declarations with one of the values of each variable, and how many there are at most.
    fn reading(&self, declarations: &str, pick: usize) -> (String, usize) {
        let (mut out, mut most) = (declarations.to_owned(), 1);
        for _ in 0..MOST_REPLACED {
            let Some(at) = out.rfind("var(") else { break };
            let Some((inside, behind)) = inside_brackets(&out[at + 4..]) else { break };
            let (name, fallback) = inside.split_once(',').unwrap_or((inside, ""));
            let value = match self.values.get(name.trim()) {
                Some(values) => {
                    most = most.max(values.len());
                    values.get(pick).or(values.last()).map_or("", String::as_str)
                }
                None => fallback.trim(),
            };
            let next = format!("{}{value}{behind}", &out[..at]);
            if next.len() > LONGEST.max(declarations.len() * 2) {
                break;
            }
            out = next;
        }
        (out, most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read() {
        for (written, read) in [
            ("displ\\61y", "display"),
            ("\\000064 isplay", "display"),
            ("md\\:x", "md:x"),
            ("\\", ""),
        ] {
            assert_eq!(unescaped(written), read);
        }
        assert_eq!(name("a\\.b c"), ("a\\.b", " c"));
        assert_eq!(name("é\\61 b.c"), ("é\\61 b", ".c"));
    }

    #[test]
    fn alternatives_and_nested_rules_are_written_out() {
        assert_eq!(selectors("a, td:is(.x, .y) b"), ["a", "td.x b", "td.y b"]);
        assert_eq!(selectors(":is(b,.q)"), ["b", ".q"]);
        assert_eq!(selectors("td:is(b, .q)"), ["td:is(b, .q)"]);
        let many = ":is(.a, .b, .c, .d)".repeat(40);
        assert!(selectors(&many).len() <= MOST_ALTERNATIVES);
        assert_eq!(nested("td, th", "& .x, .y&").unwrap(), "td .x,th .x,.ytd,.yth");
        assert_eq!(nested("td", ".x").unwrap(), "td .x");
        assert_eq!(nested("a,b,c,d,e,f,g,h,i", &"x,".repeat(9)), None);
    }

    #[test]
    fn variables_have_their_values() {
        let mut variables = Variables::default();
        variables
            .learn(":root{--a: #fff; --b: var(--a)} .x{--a:#000;color:red} --c: var(--c) var(--c)");
        assert_eq!(variables.readings("color: var(--b)"), ["color: #fff", "color: #000"]);
        assert_eq!(variables.readings("color: var(--z, rgb(1,2,3))"), ["color: rgb(1,2,3)"]);
        assert_eq!(variables.readings("color: red"), ["color: red"]);
        assert!(variables.readings("color: var(--c)")[0].len() <= LONGEST);
    }
}
