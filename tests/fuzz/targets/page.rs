#![no_main]
//! Whatever the bytes are, reading them gives a plan with diagnostics, or an error with a message;
//! so does reading what was filled in on a page of ours.

#[allow(dead_code, reason = "formats need different parts of it")]
mod document;
#[allow(dead_code, reason = "targets need different parts of it")]
mod reading;

use libfuzzer_sys::fuzz_target;
use planwright::{Format, embedded};

fuzz_target!(|bytes: &[u8]| {
    reading::read_and_import(bytes, Format::Html);
    match embedded::read_page(bytes, &reading::limits()) {
        Ok(Some(filled)) => drop(filled.into_plan()),
        Ok(None) => {}
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
