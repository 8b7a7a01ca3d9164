//! From bytes to text, in whatever encoding they come.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::diagnostic::Fix;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::{Error, ErrorKind};
use crate::place::Place;

use super::encoding::Encoding;
use super::plausible::most_plausible;

/// A text, and what is to be reported of how its encoding was found.
pub(super) struct DecodedText<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) diagnostics: Option<Diagnostic>,
}

/// How much of a text its encoding is distinguished from, beginning at the first line that is not
/// plain ASCII.
const SAMPLE: usize = 1 << 20;

/// What is known of the encoding of a text before its bytes are looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct EncodingHint {
    /// The encoding that the caller names.
    pub(super) chosen: Option<Encoding>,
    /// The encoding that the text itself declares.
    pub(super) declared: Option<Encoding>,
}

/// The text that the bytes hold: in the encoding of their byte order mark, in the chosen one, in
/// UTF-8, in the declared one, or in the most plausible.
pub(super) fn decode(bytes: &[u8], known: EncodingHint) -> Result<DecodedText<'_>, Error> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling(&bytes[mark..]).0;
        return Ok(DecodedText { text, diagnostics: None });
    }
    if let Some(encoding) = known.chosen {
        return in_chosen(bytes, encoding);
    }
    if let Some(encoding) = two_bytes_each(bytes) {
        return Ok(guessed(encoding.decode_without_bom_handling(bytes).0, encoding.into()));
    }
    refuse_binary(bytes)?;
    if let Ok(text) = std::str::from_utf8(bytes) {
        let other_declared =
            known.declared.is_some_and(|encoding| !encoding.is_utf8()) && !text.is_ascii();
        let text = Cow::Borrowed(text);
        return Ok(if other_declared {
            guessed(text, UTF_8.into())
        } else {
            DecodedText { text, diagnostics: None }
        });
    }
    if let Some((text, false)) = known.declared.map(|encoding| encoding.decode(bytes)) {
        return Ok(DecodedText { text, diagnostics: None });
    }
    Ok(mended(bytes).unwrap_or_else(|| {
        let encoding = likeliest(bytes);
        guessed(encoding.decode(bytes).0, encoding)
    }))
}

/// The text in the encoding that the caller names.
///
/// # Errors
///
/// If some of the bytes are no character in it: the words there would be lost.
pub(super) fn in_chosen(bytes: &[u8], encoding: Encoding) -> Result<DecodedText<'_>, Error> {
    let (text, is_faulty) = encoding.decode(bytes);
    if !is_faulty {
        return Ok(DecodedText { text, diagnostics: None });
    }
    let first = text.find(char::REPLACEMENT_CHARACTER).unwrap_or_default();
    let message =
        format!("the text is not {}: some of its bytes are no character in it", encoding.title());
    Err(Error::new(ErrorKind::Unreadable, message)
        .at(place_at(&text, first))
        .help("name another encoding, or none")
        .fix(Fix::Encoding))
}

/// UTF-16 that does not say so: every second byte of English is zero in it.
fn two_bytes_each(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (first, second, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    match () {
        () if pairs > 0 && second * 2 > pairs && first * 10 < pairs => Some(UTF_16LE),
        () if pairs > 0 && first * 2 > pairs && second * 10 < pairs => Some(UTF_16BE),
        () => None,
    }
}

/// A text has hardly any control characters; a picture or a program has many.
fn refuse_binary(bytes: &[u8]) -> Result<(), Error> {
    let controls = bytes
        .iter()
        .filter(|b| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | 0xb | 0xc | b'\r' | 0x1f))
        .count();
    if controls <= bytes.len() / 32 {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Unreadable,
        "the source is not a text: many of its bytes stand for no character",
    )
    .help("check that it is the right file; if it is a workbook, give it its own extension"))
}

/// UTF-8 into which some words in Windows-1252 were pasted: only those are read as that.
fn mended(bytes: &[u8]) -> Option<DecodedText<'_>> {
    let broken: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    let sound: usize = bytes
        .utf8_chunks()
        .map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count())
        .sum();
    if sound < broken.saturating_mul(4) {
        return None;
    }
    let mut text = String::with_capacity(bytes.len() + broken);
    let mut diagnostics = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let pasted = WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0;
        if diagnostics.is_none() && !pasted.is_empty() {
            let message = format!(
                "the text is UTF-8, but some of it is not; that was read as {}: here “{pasted}”",
                Encoding::from(WINDOWS_1252).title()
            );
            diagnostics = Some(guess(message, &place_at(&text, text.len())));
        }
        text.push_str(&pasted);
    }
    Some(DecodedText { text: Cow::Owned(text), diagnostics })
}

/// The likeliest encoding of a text that is not UTF-8, for a reader in the United Kingdom.
fn likeliest(bytes: &[u8]) -> Encoding {
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or_default();
    let start = bytes[..first].iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
    let sample = &bytes[start..bytes.len().min(start.saturating_add(SAMPLE).max(first + 1))];
    most_plausible(sample).unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(sample, start + sample.len() == bytes.len());
        detector.guess(Some(b"uk"), Utf8Detection::Deny).into()
    })
}

/// How an error suggests an encoding: by the text that the most plausible one gives.
pub(super) fn suggestion(bytes: &[u8]) -> Option<&'static str> {
    refuse_binary(bytes).ok()?;
    most_plausible(&bytes[..bytes.len().min(SAMPLE)]).map(Encoding::title)
}

fn guessed(text: Cow<'_, str>, encoding: Encoding) -> DecodedText<'_> {
    let first = text.char_indices().find(|(_, c)| !c.is_ascii());
    let message = match first {
        Some((_, c)) => format!(
            "the file does not say its encoding; it was read as {}, which gives “{c}” here",
            encoding.title()
        ),
        None => format!("the file does not say its encoding; it was read as {}", encoding.title()),
    };
    let diagnostics = Some(guess(message, &place_at(&text, first.map_or(0, |(at, _)| at))));
    DecodedText { text, diagnostics }
}

fn guess(message: String, place: &Place) -> Diagnostic {
    let help =
        "check the letters there; if they are wrong, save the file as UTF-8 or name its encoding";
    Diagnostic::new(Code::EncodingGuessed, message).at(place).help(help).fix(Fix::Encoding)
}

/// The place of the character at a byte of the text.
fn place_at(text: &str, at: usize) -> Place {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Place::in_text(number(line), number(column), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Option<String>) {
        let decoded = decode(bytes, EncodingHint::default()).unwrap();
        (
            decoded.text.into_owned(),
            decoded.diagnostics.and_then(|d| d.place).map(|p| p.to_string()),
        )
    }

    fn two_bytes(words: &str, mark: bool, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.then_some(0xfeff).into_iter().chain(words.encode_utf16()).flat_map(order).collect()
    }

    #[test]
    fn an_encoding_that_is_named_or_plain_is_no_guess() {
        let words = "Action,Owner\nDon’t,Siân\n";
        for bytes in [
            words.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", words.as_bytes()].concat(),
            two_bytes(words, true, u16::to_le_bytes),
            two_bytes(words, true, u16::to_be_bytes),
        ] {
            assert_eq!(text(&bytes), (words.to_owned(), None));
        }
    }

    #[test]
    fn a_guess_is_told_with_the_first_place_that_it_mattered() {
        let at = |place: &str| Some(place.to_owned());
        assert_eq!(
            text(b"Action\nDon\x92t spend \xa35"),
            ("Action\nDon’t spend £5".to_owned(), at("2:4"))
        );
        assert_eq!(
            text(b"Action\rDon\xd5t spend \xa35\r"),
            ("Action\rDon’t spend £5\r".to_owned(), at("1:11"))
        );
        assert_eq!(
            text(&two_bytes("Action\nDon’t", false, u16::to_le_bytes)),
            ("Action\nDon’t".to_owned(), at("2:4"))
        );
        assert_eq!(
            text(&two_bytes("Action\nDont", false, u16::to_be_bytes)),
            ("Action\nDont".to_owned(), at("1:1"))
        );
        assert_eq!(
            text(b"\xe2\x80\x99\xe2\x80\x99\xe2\x80\x99\xe2\x80\x99 \x92"),
            ("’’’’ ’".to_owned(), at("1:6"))
        );
    }

    #[test]
    fn what_is_declared_is_believed_unless_the_bytes_say_otherwise() {
        let declared =
            EncodingHint { declared: Some(WINDOWS_1252.into()), ..EncodingHint::default() };
        assert_eq!(decode(b"\xa35", declared).unwrap().diagnostics, None);
        let mistaken = decode("£5".as_bytes(), declared).unwrap();
        assert_eq!((mistaken.text.as_ref(), mistaken.diagnostics.is_some()), ("£5", true));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(
            decode(&[0x89, 0, 1, 2, 0, 0, 0, 3, 250], EncodingHint::default())
                .is_err_and(|e| e.is_unreadable())
        );
        assert!(decode(b"", EncodingHint::default()).is_ok());
    }

    #[test]
    fn the_encoding_that_is_chosen_holds_unless_words_would_be_lost() {
        let chosen = |name: &str| EncodingHint {
            chosen: Encoding::from_name(name),
            declared: Some(UTF_8.into()),
        };
        assert_eq!(decode(b"Don\xd5t", chosen("mac roman")).unwrap().text, "Don’t");
        assert_eq!(decode("£5".as_bytes(), chosen("windows-1252")).unwrap().text, "Â£5");
        assert_eq!(decode(b"\xef\xbb\xbf\xc2\xa35", chosen("windows-1252")).unwrap().text, "£5");
        let error = decode(b"a\nDon\x92t", chosen("utf-8")).err().unwrap();
        assert!(
            error.is_unreadable() && error.to_string().starts_with("the text is not UTF-8"),
            "{error}"
        );
    }
}
