//! What is compressed before it is written: zlib streams (RFC 1950), the same bytes on every machine.

use std::cell::RefCell;

use libdeflater::{CompressionLvl, Compressor};

/// How much [`compress`] and [`compress_quickly`] take pains. Of 10,000 actions, the objects of a PDF take a fiftieth more room at this
/// level than at 6, and three quarters of the time; its pages, which are the numbers of glyphs and repeat little, a thirtieth more
/// room at the first level, and two thirds of the time.
const LEVELS: [i32; 2] = [5, 1];

thread_local! {
    /// What compresses, well and quickly; to make one takes as long as to compress a short page.
    static COMPRESSORS: RefCell<[Compressor; 2]> =
        RefCell::new(LEVELS.map(|level| Compressor::new(CompressionLvl::new(level).unwrap_or_default())));
}

/// Compresses data as one zlib stream.
pub(crate) fn compress(data: &[u8]) -> Vec<u8> {
    COMPRESSORS.with_borrow_mut(|[well, _]| compress_by(well, data))
}

/// Compresses data in which little is said twice.
pub(crate) fn compress_quickly(data: &[u8]) -> Vec<u8> {
    COMPRESSORS.with_borrow_mut(|[_, quickly]| compress_by(quickly, data))
}

fn compress_by(compressor: &mut Compressor, data: &[u8]) -> Vec<u8> {
    let mut out = vec![0; compressor.zlib_compress_bound(data.len())];
    // there is always room: the bound says how much it takes at most
    let written = compressor.zlib_compress(data, &mut out).unwrap_or_default();
    out.truncate(written);
    out.shrink_to_fit();
    out
}
