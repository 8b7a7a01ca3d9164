//! What is compressed before it is written: zlib streams (RFC 1950), the same bytes on every machine.

use std::cell::RefCell;

use libdeflater::{CompressionLvl, Compressor};

thread_local! {
    /// What compresses, well and quickly; to make one takes as long as to compress a short page.
    static COMPRESSORS: RefCell<[Compressor; 2]> =
        RefCell::new([CompressionLvl::default(), CompressionLvl::new(1).unwrap_or_default()].map(Compressor::new));
}

/// Compresses data as one zlib stream.
pub(crate) fn compress(data: &[u8]) -> Vec<u8> {
    COMPRESSORS.with_borrow_mut(|[well, _]| compress_by(well, data))
}

/// Compresses data in which little is said twice, such as the numbers of glyphs: in half of the time of [`compress`], and in a
/// thirtieth more room.
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
