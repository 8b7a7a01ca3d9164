//! What is compressed before it is written: zlib streams (RFC 1950), the same bytes on every machine.

use std::cell::RefCell;

use libdeflater::{CompressionLvl, Compressor};

thread_local! {
    /// What compresses; to make one takes as long as to compress a short page.
    static COMPRESSOR: RefCell<Compressor> = RefCell::new(Compressor::new(CompressionLvl::default()));
}

/// Compresses data as one zlib stream.
pub(crate) fn compress(data: &[u8]) -> Vec<u8> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        let mut out = vec![0; compressor.zlib_compress_bound(data.len())];
        // there is always room: the bound says how much it takes at most
        let written = compressor.zlib_compress(data, &mut out).unwrap_or_default();
        out.truncate(written);
        out.shrink_to_fit();
        out
    })
}
