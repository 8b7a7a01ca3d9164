//! The words of a header, as they are compared.

use crate::vocabulary::{normalize, singular};

/// The words of a header, normalised, in the singular; "#" is short for "no", and "%" for
/// "percent".
pub(in crate::vocabulary) fn words_of(header: &str) -> Vec<String> {
    let spelt;
    let header = if header.contains(['#', '%', '£', '№']) {
        spelt =
            header.replace(['#', '№'], " no ").replace('%', " percent ").replace('£', " pound ");
        &spelt
    } else {
        header
    };
    let apart;
    let header = if header.contains(char::is_whitespace) || !header.contains(char::is_lowercase) {
        header
    } else {
        apart = camel_case_apart(header);
        &apart
    };
    normalize(header)
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| singular(rag_initials(word)))
        .collect()
}

/// "lastUpdated" as "last Updated", as programs name columns.
fn camel_case_apart(header: &str) -> String {
    let mut out = String::with_capacity(header.len() + 4);
    let mut before = ' ';
    for c in header.chars() {
        if before.is_lowercase() && c.is_uppercase() {
            out.push(' ');
        }
        out.push(c);
        before = c;
    }
    out
}

/// The initials of colours, however many a scheme has and in whatever order: "BRAG", "RAGB",
/// "RAYG".
fn rag_initials(word: &str) -> &str {
    let are_initials = matches!(word.len(), 3..=6)
        && word.bytes().all(|b| matches!(b, b'b' | b'r' | b'a' | b'g' | b'y' | b'w' | b'p'));
    let is_scale = word.contains('r') && word.contains('g') && word.contains(['a', 'y']);
    if are_initials && is_scale { "rag" } else { word }
}
