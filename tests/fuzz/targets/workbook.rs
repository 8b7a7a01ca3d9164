#![no_main]
//! Whatever the bytes are, reading them gives a plan with diagnostics, or an error with a message.

use libfuzzer_sys::fuzz_target;
use planwright::{Format, ImportOptions, Limits, import, read_within};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { unpacked: 8 << 20, cells: 100_000, ..Limits::default() };
    match read_within(bytes, Format::Workbook, &limits) {
        Ok(source) => drop(import(source, &ImportOptions::default())),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
