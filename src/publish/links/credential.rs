//! Which parts of an address have the shape of a credential: random letters and digits, too many for
//! anyone to have typed or chosen them.
//!
//! Words, dates, numbers, references and the identifiers of documents (UUIDs, short hexadecimal
//! numbers) are none, however many of them hyphens join.

/// Where a part stands in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// In the path, where documents have long names.
    Path,
    /// The value of a key.
    Value,
}

impl Position {
    /// How many random characters make a credential.
    fn enough(self) -> usize {
        match self {
            Self::Path => 20,
            Self::Value => 16,
        }
    }
}

/// The fewest hexadecimal digits of a credential; a UUID has 32.
const FEWEST_HEX: usize = 40;

/// Whether a part of an address has the shape of a credential.
pub(super) fn is_like_one(part: &str, position: Position) -> bool {
    if part.len() < position.enough() {
        return false;
    }
    let pieces = || part.split(|c: char| !c.is_ascii_alphanumeric()).filter(|p| !p.is_empty());
    // a JSON Web Token begins with `{"` in base64 (RFC 7519)
    if part.starts_with("eyJ") && pieces().next().is_some_and(|first| first.len() >= 12) {
        return true;
    }
    if pieces().any(|piece| piece.len() >= FEWEST_HEX && is_hex(piece)) {
        return true;
    }
    let mut found = Mixture::default();
    pieces().filter(|piece| !is_word(piece) && !is_hex(piece)).for_each(|piece| found.add(piece));
    found.length >= position.enough() && found.is_random()
}

fn is_hex(piece: &str) -> bool {
    piece.bytes().all(|b| b.is_ascii_hexdigit()) && piece.bytes().any(|b| b.is_ascii_digit())
}

/// Whether a piece is a word in one case or with a capital, a number, or one beside the other:
/// "Report", "2026", "v2", "Q3", "20a", "ABC123".
fn is_word(piece: &str) -> bool {
    let is_digit = |b: u8| b.is_ascii_digit();
    let without = piece.trim_start_matches(|c: char| c.is_ascii_digit());
    let letters = without.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits_on_both_sides = without.len() < piece.len() && letters.len() < without.len();
    if letters.bytes().any(is_digit) || digits_on_both_sides && letters.len() > 1 {
        return false;
    }
    let tail = letters.get(1..).unwrap_or_default();
    tail.bytes().all(|b| b.is_ascii_lowercase()) || letters.bytes().all(|b| b.is_ascii_uppercase())
}

/// How letters and digits follow each other.
#[derive(Debug, Default)]
struct Mixture {
    length: usize,
    digits: usize,
    /// A digit beside a letter.
    turns: usize,
    /// A capital behind a small letter, as in names that are written together.
    humps: usize,
    /// A capital behind a capital.
    capitals: usize,
}

impl Mixture {
    fn add(&mut self, piece: &str) {
        self.length += piece.len();
        self.digits += piece.bytes().filter(u8::is_ascii_digit).count();
        for pair in piece.as_bytes().windows(2) {
            let [a, b] = *pair else { continue };
            self.turns += usize::from(a.is_ascii_digit() != b.is_ascii_digit());
            self.humps += usize::from(a.is_ascii_lowercase() && b.is_ascii_uppercase());
            self.capitals += usize::from(a.is_ascii_uppercase() && b.is_ascii_uppercase());
        }
    }

    /// Of random letters and digits, 44 % of neighbours are a turn or a hump; in names of words
    /// that are written together, one in five letters begins a word.
    fn is_random(&self) -> bool {
        if self.digits == 0 {
            return self.humps * 6 >= self.length && self.capitals * 8 >= self.length;
        }
        self.turns * 10 >= self.length && (self.turns + self.humps) * 100 >= self.length * 26
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_letters_and_digits_are_credentials() {
        for part in [
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
            "19:meeting_NTc4ZDdhNzItYzA4Ni00YjE4LTk0ZDItMmY3ZTk2YjU4Y2Rh@thread.v2",
            "EaBx3kPq9LmT2vWz8RyN4cUs",
            "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms",
            "xK9-dQ2w_Rt7LpZ3vB8nM4",
            "k3j9x0q2m8v7w1z5t4r6",
            "nJkHXgLTBzQwRVdAcyKMfsEW",
        ] {
            assert!(is_like_one(part, Position::Path), "{part}");
        }
        assert!(is_like_one("Rk9v3xT1sXbKk2Tz", Position::Value));
        assert!(!is_like_one("Rk9v3xT1sXbKk2Tz", Position::Path));
    }

    #[test]
    fn names_dates_and_identifiers_of_documents_are_none() {
        for part in [
            "working-together-to-safeguard-children-2023-statutory-guidance",
            "2026-03-01T09:30:00",
            "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
            "3f2504e04f8911d39a0c0305e82c3301",
            "5a7b9f3de5274a34770eb9f6",
            "plan-3F2504E0-4F89-11D3-9A0C-0305E82C3301.pdf",
            "a94a8fe",
            "Ofsted-Inspection-Report-Final-v2_ABC123.docx",
            "LCC-CYP-SEND-2019-20-Q3-v1-FINAL",
            "SafeguardingChildrenBoardAnnualReport2019v2.pdf",
            "WhatWeWillDoToKeepKidsSafe",
            "CorporateParentingStrategyAndHealthAndWellbeingBoard",
            "IMG_20190304_123456789.jpeg",
            "s20260301KPIsforQ1",
            "Item 7a - Children's Services Improvement Plan (Appendix 1).pdf",
            "E06000045",
            "012345678901234567890123",
            "gwella-gwasanaethau-plant-2026-27-cynllun-gweithredu",
            "dQw4w9WgXcQ",
        ] {
            assert!(!is_like_one(part, Position::Path), "{part}");
            assert!(!is_like_one(part, Position::Value), "{part}");
        }
    }
}
