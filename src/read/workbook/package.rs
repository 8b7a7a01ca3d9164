//! The ZIP package of a workbook: its parts by name, unpacked one at a time and within the limits.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::{Error, Kind};
use crate::read::Limits;

/// Deflate makes at most about a thousand bytes of one (RFC 1951 allows 258 bytes for two bits).
const MOST_BYTES_OF_ONE: u64 = 1032;

/// A package whose parts can be unpacked.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Where each part stands, by its name in lower case.
    places: HashMap<String, usize>,
    /// How many bytes may still be unpacked.
    left: usize,
    unpacked: usize,
}

/// A part as far as it could be unpacked.
pub(crate) struct Unpacked {
    pub(crate) bytes: Vec<u8>,
    /// What is wrong with it, if something is.
    pub(crate) damage: Option<Error>,
}

impl<'a> Package<'a> {
    /// Opens a package; nothing is unpacked yet.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e.to_string()))?;
        let places = (0..archive.len())
            .filter_map(|i| Some((archive.name_for_index(i)?.ok()?.replace('\\', "/").to_ascii_lowercase(), i)))
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
            Some(Unpacked { damage: Some(damage), .. }) => Err(damage),
            part => Ok(part.map(|part| part.bytes)),
        }
    }

    /// Unpacks a part as far as it can be; none if there is no part of this name.
    ///
    /// What a package says of the size of its parts is not believed.
    pub(crate) fn part_as_far(&mut self, name: &str) -> Result<Option<Unpacked>, Error> {
        let Some(index) = self.places.get(&name.to_ascii_lowercase()).copied() else { return Ok(None) };
        let part = match self.archive.by_index(index) {
            Ok(part) => part,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(super::protected()),
            Err(error) => return Ok(Some(Unpacked { bytes: Vec::new(), damage: Some(damaged(&error.to_string())) })),
        };
        let likely = part.size().min(part.compressed_size().saturating_mul(MOST_BYTES_OF_ONE));
        let most = u64::try_from(self.left).unwrap_or(u64::MAX);
        let mut bytes = Vec::with_capacity(usize::try_from(likely.min(most)).unwrap_or_default());
        let read = part.take(most.saturating_add(1)).read_to_end(&mut bytes);
        if bytes.len() > self.left {
            let message = format!("the workbook is more than {} MB when it is unpacked", self.unpacked >> 20);
            return Err(Error::new(Kind::TooLarge, message).help("look whether it is the right file, or cut it in two"));
        }
        self.left -= bytes.len();
        Ok(Some(Unpacked { bytes, damage: read.err().map(|error| damaged(&error.to_string())) }))
    }
}

fn damaged(how: &str) -> Error {
    Error::new(Kind::Unreadable, format!("the workbook's file is damaged ({how})"))
        .help("open it in a spreadsheet program, which may repair it, and save it; or ask for the file again")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::workbook::zipped;

    #[test]
    fn parts_are_found_in_whatever_case() {
        let bytes = zipped(&[("xl\\Workbook.xml", b"<a/>")]);
        let mut package = Package::open(&bytes, &Limits::default()).unwrap();
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
        let mut package = Package::open(&bytes, &Limits::default()).unwrap();
        let part = package.part_as_far("part").unwrap().unwrap();
        assert!(part.damage.is_some_and(|d| d.is_unreadable()) && part.bytes.starts_with(b"some"));
        assert!(package.part("part").unwrap_err().is_unreadable());
    }

    #[test]
    fn the_limit_holds_for_all_parts_together() {
        let part = "a".repeat(600);
        let bytes = zipped(&[("one", part.as_bytes()), ("two", part.as_bytes())]);
        let limits = Limits { unpacked: 1000, ..Limits::default() };
        let mut package = Package::open(&bytes, &limits).unwrap();
        assert!(package.part("one").is_ok());
        assert!(package.part("two").unwrap_err().is_too_large());
    }
}
