//! What is compressed before it is written: zlib streams (RFC 1950), the same bytes on every
//! machine.

use std::cell::RefCell;

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

thread_local! {
    /// What compresses with each effort, once it was needed; to make one takes as long as to
    /// compress a short page.
    static COMPRESSORS: RefCell<[Option<Compressor>; 3]> = const { RefCell::new([const { None }; 3]) };
    /// Room for what is compressed, which is then copied out: to clear new room for each page would
    /// take longer.
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The most room that is kept.
const MOST_KEPT: usize = 1 << 18;

/// Compresses data as one zlib stream.
pub(crate) fn compress(data: &[u8], effort: CompressionLevel) -> Vec<u8> {
    COMPRESSORS.with_borrow_mut(|compressors| {
        let made =
            || Compressor::new(CompressionLvl::new(LEVELS[effort as usize]).unwrap_or_default());
        let compressor = compressors[effort as usize].get_or_insert_with(made);
        let most = compressor.zlib_compress_bound(data.len());
        let mut into = |room: &mut [u8]| {
            // there is always room: the bound says how much it takes at most
            let written = compressor.zlib_compress(data, room).unwrap_or_default();
            room[..written].to_vec()
        };
        if most > MOST_KEPT {
            return into(&mut vec![0; most]);
        }
        ROOM.with_borrow_mut(|room| {
            room.resize(room.len().max(most), 0);
            into(room)
        })
    })
}
