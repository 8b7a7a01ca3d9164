//! A part that is read piece by piece while it is unpacked, so that it never stands in memory as a
//! whole.

use std::borrow::Cow;

use crate::error::Error;
use crate::limits::Limits;

use super::package::PartReader;
use super::xml::{XmlReader, decoded, says_encoding};

/// How many bytes are unpacked at a time: few enough to stay in the processor's own memory.
const PIECE: usize = 1 << 15;

/// Reads a part in steps, up to the end or to where it is damaged.
///
/// A step takes the next tag or words, with all that stands in the element if it wants it, and says
/// whether there was one. Where a piece ends in the middle of a step, the step is taken again with
/// more of the part: so it may change nothing before it has all that it reads.
pub(super) fn read(
    part: &mut PartReader<'_>,
    limits: &Limits,
    step: impl FnMut(&mut XmlReader<'_>) -> Result<bool, Error>,
) -> Result<(), Error> {
    in_pieces_of(PIECE, part, limits, step)
}

fn in_pieces_of(
    size: usize,
    part: &mut PartReader<'_>,
    limits: &Limits,
    mut step: impl FnMut(&mut XmlReader<'_>) -> Result<bool, Error>,
) -> Result<(), Error> {
    let mut piece = Vec::with_capacity(2 * size);
    let mut depth = None;
    loop {
        // a step that is longer than a piece is given twice as much each time
        let more = size.max(piece.len());
        let mut is_last = part.read(more, &mut piece)? < more;
        let text = match whole_characters(&piece) {
            Some(text) if !is_last && (depth.is_some() || says_encoding(&piece).is_none()) => {
                Cow::Borrowed(text)
            }
            _ => {
                if !is_last {
                    part.read(usize::MAX, &mut piece)?;
                    is_last = true;
                }
                decoded(&piece)
            }
        };
        let mut xml = XmlReader::piece(&text, depth.unwrap_or_default(), is_last, limits);
        let mut taken = 0;
        let end = loop {
            match step(&mut xml) {
                Ok(true) => (taken, depth) = (xml.position(&text), Some(xml.depth())),
                Ok(false) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        if is_last || end.as_ref().is_err_and(|error| !error.is_unreadable()) {
            return end;
        }
        piece.drain(..taken);
    }
}

/// The text that the bytes begin with, if they are UTF-8 up to a character that may go on behind
/// them.
fn whole_characters(bytes: &[u8]) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()
        }
        Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::read::workbook::xml::XmlEvent;

    use super::*;

    /// The words of each `s`, and how the part ends.
    fn words(size: usize, part: &[u8]) -> (Vec<String>, Result<(), String>) {
        let mut left = part.len();
        let mut found = Vec::new();
        let end =
            in_pieces_of(size, &mut PartReader::of(part, &mut left), &Limits::default(), |xml| {
                let Some(event) = xml.next()? else { return Ok(false) };
                if matches!(&event, XmlEvent::Start(tag) if tag.name == "s") {
                    found.push(xml.words()?.into_owned());
                }
                Ok(true)
            });
        (found, end.map_err(|error| error.to_string()))
    }

    proptest! {
        #[test]
        fn pieces_of_any_size_give_what_the_whole_gives(
            parts in prop::collection::vec(prop::sample::select(vec![
                "<s>", "</s>", "<x:s a='>'>", "</x:s>", "<s/>", "<t>", "</t>", "é£", "日本", "a ", "&amp;", "&", "<!-- <s> -->", "<![CDATA[<s>]]>", "<", "\u{feff}",
            ]), 0..12),
            size in 1_usize..40,
        ) {
            let part = parts.concat();
            prop_assert_eq!(words(size, part.as_bytes()), words(1000, part.as_bytes()));
        }
    }

    #[test]
    fn other_encodings_are_read_as_in_one_piece() {
        let polish = b"<?xml version='1.0' encoding='iso-8859-2'?><s>a</s><s>\xa1</s>";
        let wide: Vec<u8> =
            "\u{feff}<s>a</s><s>£</s>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for part in [&polish[..], &wide, b"<s>a</s><s>caf\xe9</s>", b"\xef\xbb\xbf<s>a</s><s>b</s>"]
        {
            for size in [5, 50] {
                assert_eq!(words(size, part), words(1000, part));
            }
        }
    }

    #[test]
    fn more_than_the_limit_is_refused() {
        let part = "<s>a</s>".repeat(100);
        let mut left = 99;
        let end = in_pieces_of(
            50,
            &mut PartReader::of(part.as_bytes(), &mut left),
            &Limits::default(),
            |xml| Ok(xml.next()?.is_some()),
        );
        assert!(end.unwrap_err().is_too_large());
    }
}
