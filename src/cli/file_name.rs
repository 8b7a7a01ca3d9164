//! File names made of words that people typed, valid on every system that the files may be copied
//! to.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// What a name may take in bytes, so that an extension and a number still fit into the 255 that
/// most file systems allow.
const MAX_BYTES: usize = 200;

/// Names that Windows keeps for devices, whatever extension follows.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// File names without extension, no two of them the same on a system that ignores capitals or
/// writes accents in another way.
#[derive(Debug, Default)]
pub(super) struct FileNames {
    taken: BTreeSet<String>,
}

impl FileNames {
    /// A name made of words; `otherwise` if nothing of them can stand in one.
    pub(super) fn unique(&mut self, words: &str, otherwise: &str) -> String {
        let name = Some(file_name(words))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| file_name(otherwise));
        let mut own = name.clone();
        let mut number = 1;
        while !self.taken.insert(key(&own)) {
            number += 1;
            own = format!("{name} ({number})");
        }
        own
    }
}

/// What is the same for two names that a file system may take for one.
fn key(name: &str) -> String {
    name.nfc().collect::<String>().to_uppercase().to_lowercase().nfc().collect()
}

fn file_name(words: &str) -> String {
    let shown =
        words.nfc().filter(|c| !is_invisible(*c)).map(|c| if is_allowed(c) { c } else { '-' });
    let shown: String = shown.collect();
    let ends = |c: char| c == '.' || c.is_whitespace();
    // a name that begins with - looks like an option, one with ~$ like a file of an office program
    let shown = shown.trim_matches(ends).trim_start_matches(['-', '~']).trim_matches(ends);
    let mut name = String::new();
    for grapheme in shown.graphemes(true) {
        if name.len() + grapheme.len() > MAX_BYTES {
            break;
        }
        name.push_str(grapheme);
    }
    name.truncate(name.trim_end_matches(ends).len());
    if is_device(&name) {
        name.insert(name.find('.').unwrap_or(name.len()), '_');
    }
    name
}

fn is_allowed(c: char) -> bool {
    !(c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || "/\\:*?\"<>|".contains(c))
}

/// Marks of direction, and others without a width, by which two names could look alike.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|n| n.chars().count() == 1 && n.contains(|c| "0123456789¹²³".contains(c)))
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(words: &str) -> String {
        FileNames::default().unique(words, "Without an owner")
    }

    #[test]
    fn names_are_valid_on_windows() {
        for (words, expected) in [
            ("Lin Ferguson", "Lin Ferguson"),
            ("Head of HR/OD: acting?", "Head of HR-OD- acting-"),
            ("CON", "CON_"),
            ("con.plan", "con_.plan"),
            ("Com1", "Com1_"),
            ("LPT³", "LPT³_"),
            ("COM10", "COM10"),
            ("Council", "Council"),
            ("Dr. ", "Dr"),
            ("...", "Without an owner"),
            ("", "Without an owner"),
            ("\u{202e}xslx.niL", "xslx.niL"),
            ("Lin\u{7}\tFerguson", "Lin--Ferguson"),
            ("-rf", "rf"),
            ("~$Lin", "$Lin"),
            ("A\u{2028}B", "A-B"),
        ] {
            assert_eq!(name(words), expected, "{words:?}");
        }
    }

    #[test]
    fn names_are_cut_between_characters_within_255_bytes() {
        for letter in ["a", "ŵ", "漢", "👩‍👩‍👧", "e\u{301}\u{323}"] {
            let name = name(&letter.repeat(300)) + " (4999).xlsx";
            assert!(name.len() <= 255 && name.len() > 180, "{letter}: {}", name.len());
            assert!(!name.contains('\u{fffd}'));
        }
    }

    #[test]
    fn no_two_names_are_one_file() {
        let mut names = FileNames::default();
        let made: Vec<String> = ["Siân", "Sia\u{302}n", "SIÂN", "Siân\u{200f}", "Siân."]
            .iter()
            .map(|words| names.unique(words, ""))
            .collect();
        assert_eq!(made, ["Siân", "Siân (2)", "SIÂN (3)", "Siân (4)", "Siân (5)"]);
        let mut names = FileNames::default();
        assert_eq!(
            [names.unique("Lin (2)", ""), names.unique("Lin", ""), names.unique("lin", "")],
            ["Lin (2)", "Lin", "lin (3)"]
        );
    }
}
