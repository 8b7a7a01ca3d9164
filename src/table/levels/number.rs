//! Numbers of rows: `1`, `1.1`, `2.a`.

/// A number or letter that says where a row stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowNumber {
    /// The kind of its first part.
    pub(super) kind: RowNumberKind,
    /// How many parts it has: 1 for "2", "2.0" and "b)", 2 for "2.1", "2b" and "A1".
    pub(super) parts: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowNumberKind {
    Number,
    Capital,
    Letter,
    Roman,
}

impl RowNumber {
    pub(super) fn of(words: &str) -> Option<Self> {
        const LONGEST: usize = 14;
        let label = words.trim().trim_start_matches('(').trim_end_matches(['.', ')', ':']);
        // a prefix of several letters says nothing of the level: "OB1", "AC1.2"
        let prefix = label.len() - label.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
        let label = if prefix > 1 { &label[prefix..] } else { label };
        if label.is_empty() || label.len() > LONGEST {
            return None;
        }
        let mut kinds = Vec::new();
        for part in label.split('.') {
            let mut rest = part;
            while let Some(first) = rest.chars().next() {
                let (kind, length) = match first {
                    '0'..='9' => {
                        (RowNumberKind::Number, rest.bytes().take_while(u8::is_ascii_digit).count())
                    }
                    'A'..='Z' => (RowNumberKind::Capital, 1),
                    'a'..='z'
                        if rest.len() > 1
                            && rest.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')) =>
                    {
                        (RowNumberKind::Roman, rest.len())
                    }
                    'a'..='z' => (RowNumberKind::Letter, 1),
                    _ => return None,
                };
                // letters one after the other are a word
                if kind == RowNumberKind::Number && length > 4
                    || kind != RowNumberKind::Number
                        && kinds.last().is_some_and(|k| *k != RowNumberKind::Number)
                        && rest.len() == part.len() - 1
                {
                    return None;
                }
                kinds.push(kind);
                rest = &rest[length..];
            }
            if part.is_empty() {
                return None;
            }
        }
        let ends_in_nothing = kinds.len() == 2 && label.ends_with(".0");
        Some(Self { kind: *kinds.first()?, parts: if ends_in_nothing { 1 } else { kinds.len() } })
    }
}
