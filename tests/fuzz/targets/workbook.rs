#![no_main]
//! Whatever the bytes are, reading them gives a plan with diagnostics, or an error with a message;
//! so do the checklist for publishing and what was filled into a workbook of ours.
//!
//! Most changes to the bytes of a package are found out by its checksums, so mostly a part of it is
//! changed, and packed again.

#[allow(dead_code, reason = "targets need different parts of it")]
mod document;
#[allow(dead_code, reason = "targets need different parts of it")]
mod reading;

use std::io::{Cursor, Read, Write};

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use planwright::checklist::check_workbook;
use planwright::embedded::read_workbook;
use planwright::{Format, read_within};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

fuzz_target!(|bytes: &[u8]| {
    reading::read_and_import(bytes, Format::Workbook);
    if let Err(error) = check_workbook(bytes, &reading::limits()) {
        assert!(!error.to_string().is_empty());
    }
    if let Ok(mut source) = read_within(bytes, Format::Workbook, &reading::limits()) {
        match read_workbook(&mut source, &reading::limits()) {
            Ok(Some(filled)) => drop(filled.into_plan()),
            Ok(None) => {}
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let below = if seed.is_multiple_of(8) {
        None
    } else {
        part_changed(&data[..size], max_size, seed as usize / 8)
    };
    match below.filter(|package| package.len() <= max_size) {
        Some(package) => {
            data[..package.len()].copy_from_slice(&package);
            package.len()
        }
        None => fuzzer_mutate(data, size, max_size),
    }
});

/// The package with one of its parts changed; none for bytes that are no package.
fn part_changed(package: &[u8], most: usize, chosen: usize) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(package)).ok()?;
    let chosen = chosen.checked_rem(archive.len())?;
    let mut changed = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let part = archive.by_index(i).ok()?;
        changed
            .start_file(
                part.name().ok()?,
                SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
            )
            .ok()?;
        let mut bytes = Vec::new();
        part.take(most as u64).read_to_end(&mut bytes).ok()?;
        if i == chosen {
            let size = bytes.len();
            bytes.resize(most.max(size), 0);
            let kept = fuzzer_mutate(&mut bytes, size, most);
            bytes.truncate(kept);
        }
        changed.write_all(&bytes).ok()?;
    }
    Some(changed.finish().ok()?.into_inner())
}
