#![no_main]
//! Whatever the bytes are, reading the plan that a PDF carries gives a plan that can be written, or
//! an error with a message.

use libfuzzer_sys::fuzz_target;
use planwright::{Limits, PublishOptions, embedded, json, publish};

fuzz_target!(|bytes: &[u8]| {
    // what is unpacked is kept small, so that the fuzzer's own limit shows what goes beyond it
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    match embedded::read_pdf_within(bytes, &limits) {
        Ok(plan) => assert!(json::write(&publish(plan, &PublishOptions::internal())).is_ok()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
