//! A role that stands beside the name whose place it takes.

use std::ops::Range;

/// A name with its role, where the role stands beside it: "Jo Lee, Head of HR", "Head of HR (Jo
/// Lee)".
pub(super) fn with_role_beside(text: &str, name: Range<usize>, role: &str) -> Range<usize> {
    const BETWEEN: &[char] = &[' ', ',', '-', '–', '—', ':', '\u{a0}'];
    let (before, after) = (&text[..name.start], &text[name.end..]);
    let next = after.trim_start_matches(BETWEEN);
    let (next, close) = next.strip_prefix('(').map_or((next, ""), |next| (next, ")"));
    if let Some(rest) = strip_prefix_in_any_case(next, role)
        && let Some(rest) = rest.strip_prefix(close)
        && !rest.starts_with(char::is_alphanumeric)
    {
        return name.start..text.len() - rest.len();
    }
    let is_open = before.ends_with('(');
    let last = before.strip_suffix('(').unwrap_or(before).trim_end_matches(BETWEEN);
    let (Some(rest), true) = (strip_suffix_in_any_case(last, role), last.len() < before.len())
    else {
        return name;
    };
    match after.strip_prefix(')') {
        Some(behind) if is_open => rest.len()..text.len() - behind.len(),
        _ if !is_open && !rest.ends_with(char::is_alphanumeric) => rest.len()..name.end,
        _ => name,
    }
}

fn strip_prefix_in_any_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let start = text.get(..prefix.len())?;
    (start.to_lowercase() == prefix.to_lowercase()).then(|| &text[prefix.len()..])
}

fn strip_suffix_in_any_case<'t>(text: &'t str, suffix: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(suffix.len())?;
    (text.get(at..)?.to_lowercase() == suffix.to_lowercase()).then(|| &text[..at])
}
