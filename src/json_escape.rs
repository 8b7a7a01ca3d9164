//! Characters that move a terminal's cursor, or hide or turn round text, are written in JSON by
//! their numbers.

use std::fmt::Write as _;

/// JSON with such characters by their numbers; they stand in strings only, where a number may.
pub(crate) fn escaped(json: String) -> String {
    if json.bytes().all(|byte| byte < 0x7f) || !json.contains(is_escaped) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if is_escaped(c) {
            let _ = write!(out, "\\u{:04x}", u32::from(c)); // a string takes all that is written to it
        } else {
            out.push(c);
        }
    }
    out
}

/// C1 controls and DEL, marks of direction, and separators of lines and paragraphs. JSON itself
/// escapes C0 controls.
fn is_escaped(c: char) -> bool {
    matches!(c,
        '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_direction_marks_are_numbers_and_read_back() {
        let value = vec!["a\u{85}\u{9b}31m\u{202e}b\u{2066}é\u{7f}", "plain", "Siân ’11"];
        let json = escaped(serde_json::to_string(&value).unwrap_or_default());
        assert_eq!(json, r#"["a\u0085\u009b31m\u202eb\u2066é\u007f","plain","Siân ’11"]"#);
        assert_eq!(
            serde_json::from_str::<Vec<String>>(&json).ok(),
            Some(value.into_iter().map(str::to_owned).collect())
        );
    }
}
