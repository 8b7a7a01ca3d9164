//! Fields: texts that stand by themselves, and what is in them in base64.

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{MAX_DEPTH, MIN_ANYWHERE, NestedData, OutputSearch, TextRole};

/// The fewest letters that are taken for base64: shorter ones hold no text of any length.
const MIN_BASE64: usize = 40;

/// The fewest letters without a space that no one has typed.
const MIN_PACKED: usize = 400;

/// Looks through a field, and what is in it in base64.
pub(super) fn field(
    words: &str,
    part: TextRole,
    place: &dyn Fn() -> String,
    search: &mut OutputSearch<'_>,
) {
    if part == TextRole::Technical && words.len() < MIN_ANYWHERE {
        return;
    }
    // letters of packed data make short words by chance
    if part == TextRole::Content && encoded(words).any(|run| run.len() >= MIN_PACKED) {
        let runs = words.split_inclusive(|c: char| !is_base64(c));
        let typed: String =
            runs.map(|run| if run.len() < MIN_PACKED { run } else { " " }).collect();
        search.text(&typed, part, place);
        search.text(words, TextRole::Technical, place);
    } else {
        search.text(words, part, place);
    }
    if words.len() < MIN_BASE64 {
        return;
    }
    for encoded in encoded(words) {
        if let Some(decoded) = decode(encoded) {
            packed(decoded, place, search);
        }
    }
}

/// Has data looked through that was in base64. What cannot be taken apart was none.
pub(super) fn packed(bytes: Vec<u8>, place: &dyn Fn() -> String, search: &mut OutputSearch<'_>) {
    let place = format!("{} > embedded data", place());
    if place.matches(" > ").count() <= MAX_DEPTH {
        search.nested.push_back(NestedData { bytes, place, is_certain: false });
    }
}

/// The stretches of a text that may be base64.
pub(super) fn encoded(words: &str) -> impl Iterator<Item = &str> {
    words.split(|c: char| !is_base64(c)).filter(|run| run.len() >= MIN_BASE64)
}

fn is_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '=')
}

/// What is written in base64, in either alphabet, with or without padding.
pub(super) fn decode(letters: &str) -> Option<Vec<u8>> {
    let alphabet = if letters.contains(['-', '_']) { &URL_SAFE } else { &STANDARD };
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(alphabet, config).decode(letters).ok()
}

/// The place of a line.
pub(super) fn line(place: &str, number: usize) -> String {
    if place.is_empty() { format!("line {number}") } else { format!("{place}, line {number}") }
}

/// Plain text: a field for all of it, so that sentences are found over line ends, and one for each
/// line.
pub(super) fn text(words: &str, place: &str, search: &mut OutputSearch<'_>) {
    let mut lines = 0;
    for (at, words) in words.lines().enumerate() {
        field(words, TextRole::Content, &|| line(place, at + 1), search);
        lines = at + 1;
    }
    if lines > 1 && !search.is_found_in(place) {
        search.text(words, TextRole::Content, &|| line(place, 1));
    }
}
