//! Compound files, in which old Office programs keep their documents: named streams in chains of
//! sectors ([MS-CFB]).

use crate::error::{Error, ErrorKind};

use super::binary::{u16_at, u32_at};

/// How a compound file begins.
pub(super) const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

const HEADER: usize = 512;
const SMALL_SECTOR: usize = 64;
/// Streams below this size stand in small sectors.
const SMALL_STREAM: usize = 4096;
/// Numbers from here on are no sectors: the end of a chain, or a free sector.
const NO_SECTOR: u32 = 0xffff_fffa;

/// A compound file whose streams can be read.
pub(super) struct CompoundFile<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// The sector that follows each sector.
    next: Vec<u32>,
    next_small: Vec<u32>,
    /// All small sectors, one after the other.
    small: Vec<u8>,
    streams: Vec<CompoundStream>,
}

struct CompoundStream {
    name: String,
    start: u32,
    size: usize,
}

impl<'a> CompoundFile<'a> {
    /// Opens a compound file; what it says of its own size is not believed.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(damaged()),
        };
        let mut file = Self {
            bytes,
            sector,
            next: Vec::new(),
            next_small: Vec::new(),
            small: Vec::new(),
            streams: Vec::new(),
        };
        file.read_chains();
        file.read_streams();
        let root = file.streams.first().map(|s| (s.start, s.size)).ok_or_else(damaged)?;
        file.small = file.chain(root.0, root.1);
        let table = file.chain(u32_at(bytes, 60).unwrap_or(NO_SECTOR), usize::MAX);
        file.next_small = numbers(&table).collect();
        Ok(file)
    }

    /// Whether there is a stream of this name, in whatever case.
    pub(super) fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|s| s.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream; a damaged one ends where the damage is.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let stream = self.streams.iter().find(|s| s.name.eq_ignore_ascii_case(name))?;
        if stream.size >= SMALL_STREAM {
            return Some(self.chain(stream.start, stream.size));
        }
        let mut bytes = Vec::with_capacity(stream.size);
        for sector in sectors(stream.start, &self.next_small) {
            let start = sector * SMALL_SECTOR;
            let Some(part) = self.small.get(start..self.small.len().min(start + SMALL_SECTOR))
            else {
                break;
            };
            bytes.extend_from_slice(part);
            if bytes.len() >= stream.size {
                break;
            }
        }
        bytes.truncate(stream.size);
        Some(bytes)
    }

    fn sector(&self, number: usize) -> &'a [u8] {
        let start = number.saturating_mul(self.sector).saturating_add(self.sector.max(HEADER));
        self.bytes
            .get(start..self.bytes.len().min(start.saturating_add(self.sector)))
            .unwrap_or_default()
    }

    fn chain(&self, start: u32, size: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        for number in sectors(start, &self.next) {
            let sector = self.sector(number);
            bytes.extend_from_slice(sector);
            if bytes.len() >= size || sector.is_empty() {
                break;
            }
        }
        bytes.truncate(size);
        bytes
    }

    /// Reads which sector follows which. The sectors that say so are listed in the header, and in
    /// sectors of lists.
    fn read_chains(&mut self) {
        let most = self.bytes.len() / self.sector + 1;
        let mut tables: Vec<u32> =
            numbers(self.bytes.get(76..HEADER).unwrap_or_default()).collect();
        let mut list = u32_at(self.bytes, 68).unwrap_or(NO_SECTOR);
        let mut lists = 0;
        while list < NO_SECTOR && lists < most {
            let mut more: Vec<u32> = numbers(self.sector(list as usize)).collect();
            list = more.pop().unwrap_or(NO_SECTOR);
            tables.append(&mut more);
            lists += 1;
        }
        for table in tables.into_iter().filter(|t| *t < NO_SECTOR).take(most) {
            self.next.extend(numbers(self.sector(table as usize)));
        }
    }

    fn read_streams(&mut self) {
        let directory = self.chain(u32_at(self.bytes, 48).unwrap_or(NO_SECTOR), usize::MAX);
        for entry in directory.chunks_exact(128) {
            let length = usize::from(u16_at(entry, 64).unwrap_or_default()).clamp(2, 64) - 2;
            let units: Vec<u16> = entry
                .get(..length)
                .unwrap_or_default()
                .chunks_exact(2)
                .filter_map(|pair| u16_at(pair, 0))
                .collect();
            self.streams.push(CompoundStream {
                name: String::from_utf16_lossy(&units),
                start: u32_at(entry, 116).unwrap_or(NO_SECTOR),
                size: u32_at(entry, 120).map_or(0, |size| size as usize),
            });
        }
    }
}

/// The numbers of the sectors of a chain. One that goes round in a circle ends.
fn sectors(start: u32, next: &[u32]) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(start), |sector| next.get(*sector as usize).copied())
        .take_while(|sector| *sector < NO_SECTOR)
        .take(next.len())
        .map(|sector| sector as usize)
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|number| u32_at(number, 0))
}

fn damaged() -> Error {
    Error::new(ErrorKind::Unreadable, "the workbook's file is damaged")
        .help("open it in a spreadsheet program, which may repair it, and save it as .xlsx; or ask for the file again")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_that_go_round_end() {
        assert_eq!(sectors(0, &[1, 0]).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(sectors(0, &[1, 2, 0xffff_fffe]).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!(sectors(9, &[1]).collect::<Vec<_>>(), [9]);
    }

    #[test]
    fn a_file_that_is_cut_short_is_no_more_than_damaged() {
        let mut bytes = SIGNATURE.to_vec();
        assert!(CompoundFile::open(&bytes).is_err());
        bytes.resize(600, 0xff);
        assert!(CompoundFile::open(&bytes).is_err());
        bytes[30..32].copy_from_slice(&[9, 0]);
        assert!(CompoundFile::open(&bytes).is_err());
    }
}
