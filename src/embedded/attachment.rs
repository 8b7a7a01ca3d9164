//! The files attached to a PDF, found without reading the rest of it.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Object, ObjectStream, Stream, dictionary};

/// What every attached file says that it is.
const MARK: &[u8] = b"/EmbeddedFile";

/// How many places that look like the beginning of an attached file are tried.
const MOST: usize = 64;

/// How far from the mark the beginning of the object and that of its data may be.
const NEAR: usize = 4096;

/// How many brackets the entries of an attached file may open, each of which takes lopdf a call
/// deeper: ours open four, and strings that other programs add may hold some more.
const BRACKETS: usize = 40;

/// A file attached to a PDF.
pub(super) struct EmbeddedFile<'a> {
    /// Its data; where the data says itself where it ends, with all that follows.
    data: &'a [u8],
    /// How often it was compressed; none if that was done in another way than ours.
    compressed: Option<usize>,
}

/// Why an attached file cannot be unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnpackError {
    /// It would be larger than the limit.
    TooLarge,
    /// Its data is not what its entries say.
    Damaged,
}

/// The attached files, that which was saved last first.
pub(super) fn last_first(pdf: &[u8]) -> impl Iterator<Item = EmbeddedFile<'_>> {
    places(pdf, MARK).take(MOST).filter_map(|mark| EmbeddedFile::at(pdf, mark))
}

/// Whether a PDF says that it is encrypted.
pub(super) fn is_encrypted(pdf: &[u8]) -> bool {
    places(pdf, b"/Encrypt").next().is_some()
}

/// Where a name stands in a PDF, from its end.
fn places<'a>(pdf: &'a [u8], name: &'static [u8]) -> impl Iterator<Item = usize> + 'a {
    let mut end = pdf.len();
    let before = move || {
        end = pdf[..end].windows(name.len()).rposition(|w| w == name)?;
        Some(end)
    };
    // a name goes on as long as letters and digits do: /EmbeddedFiles is another
    std::iter::from_fn(before)
        .filter(move |at| !pdf.get(at + name.len()).is_some_and(u8::is_ascii_alphanumeric))
}

impl<'a> EmbeddedFile<'a> {
    /// The attached file whose entries have the mark at this place.
    fn at(pdf: &'a [u8], mark: usize) -> Option<Self> {
        let before = &pdf[mark.saturating_sub(NEAR)..mark];
        let begin = mark - before.len() + position_last(before, b"obj")? + 3;
        let data = |at: usize| {
            ["stream\r\n", "stream\n"]
                .iter()
                .find_map(|word| pdf.get(at..)?.strip_prefix(word.as_bytes()))
        };
        let (end, data) = (mark..mark.saturating_add(NEAR)).find_map(|at| Some((at, data(at)?)))?;
        let entries = entries(&pdf[begin..end])?;
        if !entries.has_type(&MARK[1..]) {
            return None;
        }
        let compressed = times_compressed(&entries);
        Some(Self {
            data: if compressed == Some(0) { cut(data, &entries) } else { data },
            compressed,
        })
    }

    /// The file itself, if it is no larger than this.
    pub(super) fn unpacked(&self, most: usize) -> Result<Vec<u8>, UnpackError> {
        match self.compressed {
            Some(0) if self.data.len() <= most => Ok(self.data.to_vec()),
            Some(0) => Err(UnpackError::TooLarge),
            Some(1) => inflated(self.data, most),
            Some(2) => inflated(&inflated(self.data, most)?, most),
            _ => Err(UnpackError::Damaged),
        }
    }
}

/// Where a word begins first.
pub(super) fn position(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|w| w == word)
}

fn position_last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|w| w == word)
}

/// The entries of a stream. lopdf reads them, as the only object of an object stream.
fn entries(bytes: &[u8]) -> Option<Dictionary> {
    if bytes.iter().filter(|b| matches!(b, b'<' | b'[' | b'(')).count() > BRACKETS {
        return None;
    }
    let content = [b"1 0 ", bytes].concat();
    let most = content.len();
    let mut alone =
        Stream::new(dictionary! { "Type" => "ObjStm", "N" => 1, "First" => 4 }, content);
    let mut read = ObjectStream::new_with_limit(&mut alone, Some(most)).ok()?;
    match read.objects.remove(&(1, 0))? {
        Object::Dictionary(entries) => Some(entries),
        _ => None,
    }
}

/// How often the data was compressed: not at all, once, or twice, as ours is where once would not
/// do.
fn times_compressed(entries: &Dictionary) -> Option<usize> {
    let is_flate = |filter: &Object| filter.as_name().is_ok_and(|name| name == b"FlateDecode");
    match entries.get(b"Filter") {
        _ if entries.has(b"DecodeParms") => None,
        Err(_) => Some(0),
        Ok(Object::Array(filters)) => filters.iter().all(is_flate).then_some(filters.len()),
        Ok(filter) => is_flate(filter).then_some(1),
    }
}

/// Data that does not say itself where it ends: as long as the entries say, if the word that
/// follows it does follow there.
fn cut<'a>(data: &'a [u8], entries: &Dictionary) -> &'a [u8] {
    const NEXT: &[u8] = b"endstream";
    let length = entries
        .get(b"Length")
        .and_then(Object::as_i64)
        .ok()
        .and_then(|length| usize::try_from(length).ok());
    let fits = |length: &usize| {
        data.get(*length..).is_some_and(|rest| rest.trim_ascii_start().starts_with(NEXT))
    };
    &data[..length.filter(fits).or_else(|| position(data, NEXT)).unwrap_or(data.len())]
}

fn inflated(data: &[u8], most: usize) -> Result<Vec<u8>, UnpackError> {
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut out = Vec::new();
    ZlibDecoder::new(data).take(limit).read_to_end(&mut out).map_err(|_| UnpackError::Damaged)?;
    if out.len() > most { Err(UnpackError::TooLarge) } else { Ok(out) }
}
