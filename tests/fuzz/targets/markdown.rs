#![no_main]
//! Whatever the bytes are, reading them gives a plan with diagnostics, or an error with a message.

#[allow(dead_code, reason = "formats need different parts of it")]
mod document;
#[allow(dead_code, reason = "targets need different parts of it")]
mod reading;

use libfuzzer_sys::fuzz_target;
use planwright::Format;

fuzz_target!(|bytes: &[u8]| {
    reading::read_and_import(bytes, Format::Markdown);
});
