//! The ZIP package of a workbook: its parts by name, unpacked one at a time and within the limits.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::{Error, ErrorKind};
use crate::limits::Limits;

/// Deflate makes at most about a thousand bytes of one (RFC 1951 allows 258 bytes for two bits).
const MOST_BYTES_OF_ONE: u64 = 1032;

/// A package whose parts can be unpacked.
pub(crate) struct ZipPackage<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Where each part stands, by its name in lower case.
    places: HashMap<String, usize>,
    /// How many bytes may still be unpacked.
    left: usize,
    unpacked: usize,
}

/// A part as far as it could be unpacked.
pub(crate) struct UnpackedPart {
    pub(crate) bytes: Vec<u8>,
    /// What is wrong with it, if something is.
    pub(crate) damage: Option<Error>,
}

impl<'a> ZipPackage<'a> {
    /// Opens a package; nothing is unpacked yet.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e.to_string()))?;
        let places = (0..archive.len())
            .filter_map(|i| {
                Some((archive.name_for_index(i)?.ok()?.replace('\\', "/").to_ascii_lowercase(), i))
            })
            .collect();
        Ok(Self { archive, places, left: limits.unpacked, unpacked: limits.unpacked })
    }

    /// Whether there is a part of this name, in whatever case.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.places.contains_key(&name.to_ascii_lowercase())
    }

    /// Unpacks a part; none if there is no part of this name.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        match self.part_as_far(name)? {
            Some(UnpackedPart { damage: Some(damage), .. }) => Err(damage),
            part => Ok(part.map(|part| part.bytes)),
        }
    }

    /// Unpacks a part as far as it can be; none if there is no part of this name.
    pub(crate) fn part_as_far(&mut self, name: &str) -> Result<Option<UnpackedPart>, Error> {
        let Some(mut part) = self.unpacking(name)? else { return Ok(None) };
        let mut bytes = Vec::with_capacity(part.likely);
        part.read(usize::MAX, &mut bytes)?;
        Ok(Some(UnpackedPart { bytes, damage: part.damage }))
    }

    /// Begins to unpack a part; none if there is no part of this name.
    pub(super) fn unpacking(&mut self, name: &str) -> Result<Option<PartReader<'_>>, Error> {
        let Some(index) = self.places.get(&name.to_ascii_lowercase()).copied() else {
            return Ok(None);
        };
        let Self { archive, left, unpacked, .. } = self;
        let mut unpacking = PartReader {
            part: Box::new(std::io::empty()),
            likely: 0,
            left,
            most: *unpacked,
            damage: None,
        };
        match archive.by_index(index) {
            Ok(part) => {
                let likely =
                    part.size().min(part.compressed_size().saturating_mul(MOST_BYTES_OF_ONE));
                unpacking.likely =
                    usize::try_from(likely).unwrap_or(usize::MAX).min(*unpacking.left);
                unpacking.part = Box::new(part);
            }
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(super::protected());
            }
            Err(error) => unpacking.damage = Some(damaged(&error.to_string())),
        }
        Ok(Some(unpacking))
    }
}

/// A part while it is unpacked.
pub(super) struct PartReader<'p> {
    part: Box<dyn Read + 'p>,
    /// How many bytes it will likely have: what a package says of the size of its parts is not
    /// believed.
    pub(super) likely: usize,
    /// How many bytes of the package may still be unpacked.
    left: &'p mut usize,
    /// How many could be at first.
    most: usize,
    /// What is wrong with it, as far as it has been unpacked.
    pub(super) damage: Option<Error>,
}

#[cfg(test)]
impl<'p> PartReader<'p> {
    /// A part that is these bytes.
    pub(super) fn of(bytes: &'p [u8], left: &'p mut usize) -> Self {
        Self { part: Box::new(bytes), likely: bytes.len(), most: *left, left, damage: None }
    }
}

impl PartReader<'_> {
    /// Adds so many bytes more, and says how many there were: fewer at the end, or where the part
    /// is damaged.
    pub(super) fn read(&mut self, more: usize, bytes: &mut Vec<u8>) -> Result<usize, Error> {
        let before = bytes.len();
        let most = more.min(self.left.saturating_add(1));
        if let Err(error) =
            self.part.by_ref().take(u64::try_from(most).unwrap_or(u64::MAX)).read_to_end(bytes)
        {
            self.damage = Some(damaged(&error.to_string()));
        }
        let read = bytes.len() - before;
        let Some(left) = self.left.checked_sub(read) else {
            let message =
                format!("the workbook is more than {} MB when it is unpacked", self.most >> 20);
            return Err(Error::new(ErrorKind::TooLarge, message)
                .help("check that it is the right file, or cut it in two"));
        };
        *self.left = left;
        Ok(read)
    }
}

fn damaged(how: &str) -> Error {
    Error::new(ErrorKind::Unreadable, format!("the workbook's file is damaged ({how})"))
        .help("open it in a spreadsheet program, which may repair it, and save it; or ask for the file again")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::workbook::zipped;

    #[test]
    fn parts_are_found_in_whatever_case() {
        let bytes = zipped(&[("xl\\Workbook.xml", b"<a/>")]);
        let mut package = ZipPackage::open(&bytes, &Limits::default()).unwrap();
        assert!(package.has("XL/workbook.xml"));
        assert_eq!(package.part("xl/workbook.xml").unwrap().as_deref(), Some(b"<a/>".as_slice()));
        assert_eq!(package.part("xl/styles.xml").unwrap(), None);
    }

    #[test]
    fn a_damaged_part_is_given_as_far_as_it_goes() {
        let mut bytes = zipped(&[("part", b"some words that are stored")]);
        let at = bytes.windows(5).position(|w| w == b"words").unwrap_or_default();
        if let Some(byte) = bytes.get_mut(at) {
            *byte = b'W';
        }
        let mut package = ZipPackage::open(&bytes, &Limits::default()).unwrap();
        let part = package.part_as_far("part").unwrap().unwrap();
        assert!(part.damage.is_some_and(|d| d.is_unreadable()) && part.bytes.starts_with(b"some"));
        assert!(package.part("part").unwrap_err().is_unreadable());
    }

    #[test]
    fn the_limit_holds_for_all_parts_together() {
        let part = "a".repeat(600);
        let bytes = zipped(&[("one", part.as_bytes()), ("two", part.as_bytes())]);
        let limits = Limits { unpacked: 1000, ..Limits::default() };
        let mut package = ZipPackage::open(&bytes, &limits).unwrap();
        assert!(package.part("one").is_ok());
        assert!(package.part("two").unwrap_err().is_too_large());
    }
}
