//! What is compressed before it is written: zlib streams (RFC 1950), the same bytes on every
//! machine.

use libdeflater::{CompressionLvl, Compressor};

/// How much time is taken to save room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CompressionLevel {
    /// For what a PDF has most of. The numbers of glyphs take two thirds of the usual time and a
    /// thirtieth more room, structure elements a third of it and a quarter more.
    Little,
    /// For the other objects of a PDF, and the plan that it carries: three quarters of the usual
    /// time, a fiftieth to a twelfth more room.
    Less,
    /// For all else.
    Usual,
}

/// The level of each effort.
const LEVELS: [i32; 3] = [1, 5, 6];

/// Compresses one thing after another: to make a compressor takes as long as to compress a short
/// page.
pub(crate) struct ZlibCompressor {
    compressor: Compressor,
    /// Room for what is compressed, until it is known how much it takes.
    room: Vec<u8>,
}

impl ZlibCompressor {
    pub(crate) fn new(effort: CompressionLevel) -> Self {
        let level = CompressionLvl::new(LEVELS[effort as usize]).unwrap_or_default();
        Self { compressor: Compressor::new(level), room: Vec::new() }
    }

    /// Compresses data as one zlib stream.
    pub(crate) fn compress(&mut self, data: &[u8]) -> Vec<u8> {
        let most = self.compressor.zlib_compress_bound(data.len());
        self.room.resize(self.room.len().max(most), 0);
        // there is always room: the bound says how much it takes at most
        let written = self.compressor.zlib_compress(data, &mut self.room).unwrap_or_default();
        self.room[..written].to_vec()
    }
}

/// Compresses data as one zlib stream.
pub(crate) fn compress(data: &[u8], effort: CompressionLevel) -> Vec<u8> {
    ZlibCompressor::new(effort).compress(data)
}
