//! Which encoding of one byte a character a text has, judged by the text that each would give.
//!
//! The same byte is a closing quote in one encoding and a capital letter in another; only one of
//! the two fits between its neighbours.

use super::encoding::Encoding;

/// The most characters beyond ASCII that are judged.
const MAX_JUDGED: usize = 10_000;

/// The encoding whose text is the most plausible; none if no text is.
pub(super) fn most_plausible(bytes: &[u8]) -> Option<Encoding> {
    // Lines have not ended in a carriage return alone since the Macs of the 1990s, except in what
    // Excel calls "CSV (Macintosh)".
    let is_of_mac = bytes.contains(&b'\r') && !bytes.contains(&b'\n');
    let judged: Vec<[u8; 3]> = (0..bytes.len())
        .filter(|at| !bytes[*at].is_ascii())
        .take(MAX_JUDGED)
        .map(|at| {
            let neighbour =
                |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().unwrap_or(b'\n');
            [neighbour(at.checked_sub(1)), bytes[at], neighbour(at.checked_add(1))]
        })
        .collect();
    let mut best: Option<(i64, Encoding)> = None;
    for encoding in Encoding::WESTERN {
        let table = encoding.characters();
        let points = judged.iter().map(|bytes| {
            let [before, character, after] = bytes.map(|byte| table[usize::from(byte)]);
            i64::from(plausibility(before, character, after))
                + i64::from(is_of_mac && encoding == Encoding::MAC_ROMAN)
        });
        let points = points.sum();
        if best.is_none_or(|(most, _)| points > most) {
            best = Some((points, encoding));
        }
    }
    best.filter(|(points, _)| *points >= 0).map(|(_, encoding)| encoding)
}

/// How well a character beyond ASCII fits between its neighbours in an English or Welsh text.
fn plausibility(before: char, c: char, after: char) -> i32 {
    let (letter_before, letter_after) = (before.is_alphanumeric(), after.is_alphanumeric());
    match c {
        '’' => match (letter_before, after.is_alphabetic()) {
            (true, true) => 6,
            (true, false) => 4,
            (false, true) => 2,
            (false, false) => -2,
        },
        '‘' | '“' if !letter_before && !after.is_whitespace() => 5,
        '”' if !before.is_whitespace() && !letter_after => 5,
        '–' | '—' if before.is_whitespace() && after.is_whitespace() => 4,
        '–' | '—' if letter_before && letter_after => 3,
        '…' => 1 + 2 * i32::from(letter_before),
        '£' | '€' if after.is_ascii_digit() => 6,
        '£' | '€' if before.is_alphabetic() => -4,
        '£' | '€' if after.is_alphabetic() && !matches!(after, 'k' | 'K' | 'm' | 'M' | 'b') => {
            -2
        }
        '•' | '·' | '▪' if !letter_before => 4,
        '½' | '¼' | '¾' if before.is_ascii_digit() || before.is_whitespace() => 3,
        '°' if before.is_ascii_digit() => 3,
        '²' | '³' if before.is_ascii_alphabetic() => 2,
        '×' | '±' if !before.is_alphabetic() || !after.is_alphabetic() => 2,
        '–' | '—' | '£' | '€' | '\u{a0}' | '§' | '®' | '©' | '™' | '¶' | '†' => 1,
        '\u{aa}' | '\u{ba}' | 'ƒ' => -3,
        _ if c.is_alphabetic() => letter(before, c, after),
        char::REPLACEMENT_CHARACTER => -12,
        _ if c.is_control() => -12,
        _ if before.is_alphabetic() && after.is_alphabetic() => -6,
        _ => -3,
    }
}

fn letter(before: char, c: char, after: char) -> i32 {
    let usual = match c.to_lowercase().next().unwrap_or(c) {
        'é' | 'è' | 'ê' | 'ë' | 'á' | 'à' | 'â' | 'ä' | 'í' | 'î' | 'ï' | 'ó' | 'ô' | 'ö' | 'ú'
        | 'û' | 'ü' | 'ŵ' | 'ŷ' | 'ç' | 'ñ' => 4,
        'ì' | 'ò' | 'ù' | 'å' | 'ø' | 'ã' | 'ý' | 'œ' | 'æ' | 'ÿ' | 'ẁ' | 'ẃ' | 'ẅ' | 'ỳ' => {
            2
        }
        '\u{c0}'..='\u{17f}' => 1,
        _ => return -2,
    };
    if before.is_numeric() || after.is_numeric() {
        return -4;
    }
    let (letter_before, letter_after) = (before.is_ascii_alphabetic(), after.is_ascii_alphabetic());
    if !letter_before && !letter_after && (before.is_alphabetic() || after.is_alphabetic()) {
        return -3;
    }
    if c.is_uppercase() {
        return match (
            before.is_lowercase(),
            before.is_uppercase() || after.is_uppercase(),
            after.is_lowercase(),
        ) {
            (true, ..) => -5,
            (_, true, _) => usual - 1,
            (_, _, true) => usual - 2,
            _ => -3,
        };
    }
    match (before.is_alphabetic(), after.is_alphabetic()) {
        (true, true) if !before.is_ascii() || !after.is_ascii() => usual - 3,
        (true, true) if before.is_lowercase() && after.is_uppercase() => -2,
        (true, true) => usual,
        (true, false)
            if matches!(
                c,
                'é' | 'è'
                    | 'ê'
                    | 'ë'
                    | 'á'
                    | 'à'
                    | 'â'
                    | 'í'
                    | 'ï'
                    | 'ó'
                    | 'ô'
                    | 'ú'
                    | 'ü'
                    | 'ŵ'
            ) =>
        {
            usual - 1
        }
        (true, false) => usual - 3,
        (false, true)
            if after.is_lowercase()
                && matches!(c, 'é' | 'è' | 'ê' | 'à' | 'â' | 'ô' | 'ŵ' | 'ö' | 'ü') =>
        {
            usual - 2
        }
        (false, false) if c == 'à' => 1,
        (false, true) => -2,
        (false, false) => -3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of a text in an encoding.
    fn bytes(words: &str, encoding: Encoding) -> Option<Vec<u8>> {
        let table = encoding.characters();
        words
            .chars()
            .map(|c| {
                table.iter().position(|known| *known == c).and_then(|at| u8::try_from(at).ok())
            })
            .collect()
    }

    #[test]
    fn a_text_is_given_back_from_each_encoding_that_can_hold_it() {
        let texts = [
            "Publish the report on citizens’ savings of £5m, “beta” site – open, café",
            "Don’t spend £5",
            "the trust’s plan",
            "Siân Huws, Prifysgol y Dŵr, tŷ",
            "Chloé Brontë: naïve façade",
            "costs €20 in Zürich",
            "• one\n• two …",
            "raise £1,200",
            "Łukasz Woźniak, Małgorzata Wiśniewska",
            "CAFÉ, Éamonn and Orlaith Ní Bhriain",
            "½ day at 20°",
        ];
        for words in texts {
            for encoding in Encoding::WESTERN {
                let Some(bytes) = bytes(words, encoding) else { continue };
                let found = most_plausible(&bytes).map(|found| found.decode(&bytes).0.into_owned());
                assert_eq!(found.as_deref(), Some(words), "{}", encoding.title());
            }
        }
    }

    #[test]
    fn other_alphabets_are_left_to_a_detector() {
        let cyrillic: Vec<u8> = (0xe0..=0xff).chain([b' ']).chain(0xe0..=0xef).collect();
        assert_eq!(most_plausible(&cyrillic), None);
    }
}
