//! The file itself: header, objects, cross-reference stream (ISO 32000-1, 7.5).

use std::borrow::Cow;
use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId};
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use crate::compression::{CompressionLevel, ZlibCompressor, compress};
use crate::error::{Error, ErrorKind};

use super::{digits, number, object, reserve};

/// How many objects stand in one object stream: more compress better, fewer are found faster.
const OBJECTS_A_STREAM: usize = 256;

/// Bytes of a PDF, and where its objects are in them.
pub(crate) struct PdfBytes {
    out: Vec<u8>,
    places: Vec<ObjectPlace>,
}

#[derive(Debug, Clone, Copy)]
enum ObjectPlace {
    Free,
    At(u32),
    In { stream: u32, index: u16 },
}

impl PdfBytes {
    /// An empty one, with room for about so many bytes.
    pub(crate) fn new(room: usize) -> Self {
        let mut out = Vec::with_capacity(room);
        // the second line tells programs that look at the first bytes that the file is not text
        // (ISO 19005-3, 6.1.2)
        out.extend_from_slice(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
        Self { out, places: vec![ObjectPlace::Free] }
    }

    fn put(&mut self, id: u32, place: ObjectPlace) {
        let at = id as usize;
        if self.places.len() <= at {
            self.places.resize(at + 1, ObjectPlace::Free);
        }
        self.places[at] = place;
    }

    fn here(&self) -> Result<ObjectPlace, Error> {
        u32::try_from(self.out.len())
            .map(ObjectPlace::At)
            .map_err(|_| Error::new(ErrorKind::Unwritable, "the PDF would be larger than 4 GB"))
    }

    /// Writes a stream whose data is already as its entries say.
    pub(crate) fn stream(
        &mut self,
        id: u32,
        entries: impl AsRef<[u8]>,
        data: &[u8],
    ) -> Result<(), Error> {
        let place = self.here()?;
        self.put(id, place);
        self.out.extend_from_slice(format!("{id} 0 obj\n<<").as_bytes());
        self.out.extend_from_slice(entries.as_ref());
        self.out.extend_from_slice(format!("/Length {}>>stream\n", data.len()).as_bytes());
        self.out.extend_from_slice(data);
        self.out.extend_from_slice(b"\nendstream\nendobj\n");
        Ok(())
    }

    /// Writes objects that are not streams, many to an object stream.
    pub(crate) fn objects(
        &mut self,
        frame: &mut Document,
        objects: &[(u32, Vec<u8>)],
    ) -> Result<(), Error> {
        let packed: Vec<PackedObjects> = objects
            .par_chunks(OBJECTS_A_STREAM)
            .map_init(|| ZlibCompressor::new(CompressionLevel::Less), PackedObjects::new)
            .collect();
        packed.iter().try_for_each(|packed| self.packed(frame, packed))
    }

    /// Writes one object stream.
    pub(crate) fn packed(
        &mut self,
        frame: &mut Document,
        packed: &PackedObjects,
    ) -> Result<(), Error> {
        let stream = reserve(frame, 1)?;
        for (index, id) in packed.ids.iter().enumerate() {
            self.put(
                *id,
                ObjectPlace::In { stream, index: u16::try_from(index).unwrap_or(u16::MAX) },
            );
        }
        let entries = format!(
            "/Type/ObjStm/N {}/First {}/Filter/FlateDecode",
            packed.ids.len(),
            packed.first
        );
        self.stream(stream, &entries, &packed.compressed)
    }

    /// Writes all objects of a lopdf document.
    pub(crate) fn frame(&mut self, frame: &mut Document) -> Result<(), Error> {
        let mut small = Vec::new();
        let objects = std::mem::take(&mut frame.objects);
        for ((id, _), object) in &objects {
            match object {
                Object::Stream(stream) => {
                    let (dictionary, content) = without_a_return(&stream.dict, &stream.content);
                    let mut dictionary = dictionary.into_owned();
                    dictionary.remove(b"Length");
                    self.stream(*id, object::entries(&dictionary), &content)?;
                }
                small_one => small.push((*id, object::bytes(small_one))),
            }
        }
        self.objects(frame, &small)
    }

    /// Writes the cross-reference stream and ends the file.
    pub(crate) fn finish(
        mut self,
        frame: &mut Document,
        catalog: ObjectId,
        info: ObjectId,
    ) -> Result<Vec<u8>, Error> {
        let id = reserve(frame, 1)?;
        let place = self.here()?;
        self.put(id, place);
        let start = self.out.len();
        let mut data = compress(&table(&self.places), CompressionLevel::Less);
        // a free object more changes the data, which may not end in a carriage return (see
        // `compress_lines`)
        while data.last() == Some(&b'\r') {
            self.places.push(ObjectPlace::Free);
            data = compress(&table(&self.places), CompressionLevel::Less);
        }
        // the document is distinguished from others by what is in it (ISO 32000-1, 14.4), so the
        // same plan has the same mark
        let mark = fingerprint(&self.out);
        let entries = format!(
            "/Type/XRef/Size {}/W[1 4 2]/Root {} 0 R/Info {} 0 R/ID[<{mark}><{mark}>]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 7>>",
            self.places.len(),
            catalog.0,
            info.0
        );
        self.stream(id, &entries, &data)?;
        self.out.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        Ok(self.out)
    }
}

/// The rows of the cross-reference stream.
fn table(places: &[ObjectPlace]) -> Vec<u8> {
    let mut table = Vec::with_capacity(places.len() * 8);
    let mut above = [0; 8];
    for place in places {
        let row = match place {
            ObjectPlace::Free => [0; 8],
            ObjectPlace::At(offset) => row(1, *offset, 0),
            ObjectPlace::In { stream, index } => row(2, *stream, *index),
        };
        // each byte less the one above it: the rows are much alike (predictor 12, ISO 32000-1,
        // 7.4.4.4)
        let mut less: [u8; 8] = std::array::from_fn(|at| row[at].wrapping_sub(above[at]));
        less[0] = 2;
        table.extend_from_slice(&less);
        above = row;
    }
    table
}

/// A row, after the byte of its predictor.
fn row(kind: u8, field: u32, index: u16) -> [u8; 8] {
    (u64::from(kind) << 48 | u64::from(field) << 16 | u64::from(index)).to_be_bytes()
}

/// An object stream, ready to be written (ISO 32000-1, 7.5.7).
pub(crate) struct PackedObjects {
    ids: Vec<u32>,
    first: usize,
    compressed: Vec<u8>,
}

/// An object stream in the making.
#[derive(Default)]
pub(crate) struct ObjectPacker {
    ids: Vec<u32>,
    head: Vec<u8>,
    body: Vec<u8>,
}

impl ObjectPacker {
    /// Begins an object; it is to be written to what is given.
    pub(crate) fn begin(&mut self, id: u32) -> &mut Vec<u8> {
        if !self.ids.is_empty() {
            self.body.push(b'\n');
        }
        self.ids.push(id);
        for part in [id, number(self.body.len())] {
            digits::whole(&mut self.head, part);
            self.head.push(b' ');
        }
        &mut self.body
    }

    pub(crate) fn pack(mut self, compressor: &mut ZlibCompressor) -> PackedObjects {
        let first = self.head.len();
        self.head.append(&mut self.body);
        PackedObjects { ids: self.ids, first, compressed: compress_lines(self.head, compressor) }
    }
}

impl PackedObjects {
    fn new<B: AsRef<[u8]>>(compressor: &mut ZlibCompressor, objects: &[(u32, B)]) -> Self {
        let mut packing = ObjectPacker::default();
        for (id, bytes) in objects {
            packing.begin(*id).extend_from_slice(bytes.as_ref());
        }
        packing.pack(compressor)
    }
}

/// Compresses words and operators, at whose end a line break more means nothing.
///
/// ISO 32000-1, 7.3.8.1: an end of line follows the data. Some readers take a carriage return at
/// the end of the data for a part of it, so no data ends in one.
pub(crate) fn compress_lines(mut data: Vec<u8>, compressor: &mut ZlibCompressor) -> Vec<u8> {
    loop {
        let compressed = compressor.compress(&data);
        if compressed.last() != Some(&b'\r') {
            return compressed;
        }
        data.push(b'\n');
    }
}

/// A stream whose data may not be added to: where it ends in a carriage return (see
/// [`compress_lines`]) it is compressed once more.
fn without_a_return<'a>(
    dictionary: &'a Dictionary,
    content: &'a [u8],
) -> (Cow<'a, Dictionary>, Cow<'a, [u8]>) {
    let flate = || Object::Name(b"FlateDecode".to_vec());
    let filters = match dictionary.get(b"Filter") {
        Err(_) => vec![flate()],
        Ok(Object::Array(filters)) => {
            std::iter::once(flate()).chain(filters.iter().cloned()).collect()
        }
        Ok(filter) => vec![flate(), filter.clone()],
    };
    // parameters would have to be counted with the filters; no stream of ours that stays as it is
    // has any
    if content.last() != Some(&b'\r') || dictionary.has(b"DecodeParms") {
        return (Cow::Borrowed(dictionary), Cow::Borrowed(content));
    }
    let mut dictionary = dictionary.clone();
    dictionary.set("Filter", Object::Array(filters));
    (Cow::Owned(dictionary), Cow::Owned(compress(content, CompressionLevel::Usual)))
}

/// A mark of 128 bits that differs where the bytes differ.
fn fingerprint(data: &[u8]) -> String {
    Sha256::digest(data)[..16].iter().fold(String::with_capacity(32), |mut mark, byte| {
        let _ = write!(mark, "{byte:02X}"); // a string takes all that is written to it
        mark
    })
}
