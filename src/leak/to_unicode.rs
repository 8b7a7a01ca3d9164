//! What the codes of a PDF's font stand for (`ToUnicode` maps; ISO 32000-1, 9.10.3, and Adobe
//! Technical Note 5411).

use std::collections::HashMap;

/// How many codes a range may have: a code has two bytes at most here.
const MAX_RANGE: u32 = 0xffff;

/// Codes and their text.
#[derive(Debug, Default)]
pub(super) struct ToUnicode {
    /// By the length of the code in bytes, and the code.
    texts: HashMap<(usize, u32), String>,
    /// How many bytes codes have.
    lengths: Vec<usize>,
}

/// A piece of a map.
enum CMapToken<'a> {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(&'a [u8]),
}

impl ToUnicode {
    /// Reads a map as far as it can be read.
    pub(super) fn parse(cmap: &[u8]) -> Self {
        let mut map = Self::default();
        let mut operands: Vec<CMapOperand> = Vec::new();
        let mut list: Option<Vec<Vec<u8>>> = None;
        let mut rest = cmap;
        while let Some(token) = token(&mut rest) {
            match (token, &mut list) {
                (CMapToken::Hex(bytes), Some(list)) => list.push(bytes),
                (CMapToken::Hex(bytes), None) => operands.push(CMapOperand::Code(bytes)),
                (CMapToken::Open, _) => list = Some(Vec::new()),
                (CMapToken::Close, _) => operands.extend(list.take().map(CMapOperand::List)),
                (CMapToken::Word(b"endcodespacerange"), _) => {
                    map.lengths.extend(operands.drain(..).filter_map(CMapOperand::length));
                }
                (CMapToken::Word(b"endbfchar"), _) => {
                    for pair in operands.chunks(2) {
                        if let [CMapOperand::Code(code), CMapOperand::Code(text)] = pair {
                            map.put(code.len(), number(code), utf16(text));
                        }
                    }
                    operands.clear();
                }
                (CMapToken::Word(b"endbfrange"), _) => {
                    operands.chunks(3).for_each(|range| map.range(range));
                    operands.clear();
                }
                (CMapToken::Word(word), _) if word.starts_with(b"begin") => operands.clear(),
                (CMapToken::Word(_), _) => {}
            }
        }
        map.lengths.sort_unstable();
        map.lengths.dedup();
        map
    }

    fn put(&mut self, length: usize, code: u32, text: String) {
        self.texts.insert((length, code), text);
    }

    fn range(&mut self, range: &[CMapOperand]) {
        let [CMapOperand::Code(first), CMapOperand::Code(last), to] = range else { return };
        let codes = number(first)..=number(last).min(number(first).saturating_add(MAX_RANGE));
        match to {
            CMapOperand::List(texts) => {
                for (code, text) in codes.zip(texts) {
                    self.put(first.len(), code, utf16(text));
                }
            }
            CMapOperand::Code(text) => {
                let mut text = text.clone();
                for code in codes {
                    self.put(first.len(), code, utf16(&text));
                    // the last byte counts up, as readers have it
                    if let Some(last) = text.last_mut() {
                        *last = last.wrapping_add(1);
                        if *last == 0
                            && let Some(before) =
                                text.len().checked_sub(2).and_then(|at| text.get_mut(at))
                        {
                            *before = before.wrapping_add(1);
                        }
                    }
                }
            }
        }
    }

    /// The text of a string of codes; what is not known is left out.
    pub(super) fn translate(&self, mut codes: &[u8]) -> String {
        let mut text = String::new();
        while !codes.is_empty() {
            let known = self.lengths.iter().find_map(|length| {
                let code = codes.get(..*length)?;
                Some((*length, self.texts.get(&(*length, number(code)))?))
            });
            let shortest = self.lengths.first().copied().unwrap_or(1).clamp(1, codes.len());
            let (length, shown) =
                known.map_or((shortest, ""), |(length, shown)| (length, shown.as_str()));
            text.push_str(shown);
            codes = codes.get(length..).unwrap_or_default();
        }
        text
    }
}

enum CMapOperand {
    Code(Vec<u8>),
    List(Vec<Vec<u8>>),
}

impl CMapOperand {
    fn length(self) -> Option<usize> {
        match self {
            Self::Code(bytes) if !bytes.is_empty() => Some(bytes.len()),
            _ => None,
        }
    }
}

fn number(code: &[u8]) -> u32 {
    code.iter().fold(0, |number, byte| number.wrapping_shl(8) | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes
        .chunks(2)
        .map(|pair| pair.iter().fold(0, |unit, byte| unit << 8 | u16::from(*byte)))
        .collect();
    String::from_utf16_lossy(&units)
}

/// Takes the next token.
fn token<'a>(rest: &mut &'a [u8]) -> Option<CMapToken<'a>> {
    let start = rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let text = &rest[start..];
    let (token, length) = match text {
        [b'%', ..] => {
            let end =
                text.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(text.len());
            (CMapToken::Word(&text[..end]), end)
        }
        [b'<', b'<', ..] | [b'>', b'>', ..] => (CMapToken::Word(&text[..2]), 2),
        [b'<', ..] => {
            let end = text.iter().position(|byte| *byte == b'>').unwrap_or(text.len());
            let digits: Vec<u8> = text[1..end]
                .iter()
                .filter_map(|byte| char::from(*byte).to_digit(16)?.try_into().ok())
                .collect();
            let bytes = digits
                .chunks(2)
                .map(|pair| pair.iter().fold(0, |all: u8, digit| all << 4 | digit))
                .collect();
            (CMapToken::Hex(bytes), (end + 1).min(text.len()))
        }
        [b'[', ..] => (CMapToken::Open, 1),
        [b']', ..] => (CMapToken::Close, 1),
        _ => {
            let is_end = |byte: &u8| {
                byte.is_ascii_whitespace() || matches!(byte, b'<' | b'>' | b'[' | b']' | b'%')
            };
            let end = text.iter().skip(1).position(is_end).map_or(text.len(), |at| at + 1);
            (CMapToken::Word(&text[..end]), end)
        }
    };
    *rest = &text[length..];
    Some(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_and_ranges_are_translated() {
        let cmap = b"1 begincodespacerange <00> <ff> endcodespacerange % a comment
            2 beginbfchar <01> <0041> <02><00660069> endbfchar
            2 beginbfrange <10> <12> <0061> <20> <21> [<D83DDE00> <2019>] endbfrange";
        assert_eq!(
            ToUnicode::parse(cmap).translate(&[1, 2, 0x10, 0x11, 0x12, 0x20, 0x21, 0x99]),
            "Afiabc\u{1f600}\u{2019}"
        );
        let wide = b"begincodespacerange<0000><FFFF>endcodespacerange beginbfrange<00fe><0101><00fe>endbfrange";
        assert_eq!(ToUnicode::parse(wide).translate(&[0, 0xff, 1, 0, 1]), "\u{ff}\u{100}");
        assert_eq!(ToUnicode::parse(b"beginbfchar <0").translate(b"ab"), "");
    }
}
