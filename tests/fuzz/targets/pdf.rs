#![no_main]
//! Whatever the bytes are, reading the plan that a PDF carries gives a plan that can be written, or
//! an error with a message.
//!
//! Mostly what is attached is changed, unpacked and put back as it is.

use std::io::Read as _;
use std::ops::Range;

use flate2::read::ZlibDecoder;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use planwright::{Limits, PublishOptions, embedded, json, publish};

fuzz_target!(|bytes: &[u8]| {
    // what is unpacked is kept small, so that the fuzzer's own limit shows what goes beyond it
    let limits = Limits { unpacked: 1 << 20, ..Limits::default() };
    match embedded::read_pdf_within(bytes, &limits) {
        Ok(plan) => assert!(json::write(&publish(plan, &PublishOptions::internal())).is_ok()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let changed =
        (!seed.is_multiple_of(3)).then(|| attachment_changed(&data[..size], max_size)).flatten();
    match changed.filter(|pdf| pdf.len() <= max_size) {
        Some(pdf) => {
            data[..pdf.len()].copy_from_slice(&pdf);
            pdf.len()
        }
        None => fuzzer_mutate(data, size, max_size),
    }
});

/// The PDF with its last attachment changed, and no longer compressed.
fn attachment_changed(pdf: &[u8], most: usize) -> Option<Vec<u8>> {
    let head = last(pdf, b"/EmbeddedFile", 0..pdf.len())?;
    let begin = first(pdf, b"stream", head..pdf.len())? + b"stream\n".len();
    let end = first(pdf, b"endstream", begin..pdf.len())?;
    let mut unpacked = Vec::new();
    let attached = pdf.get(begin..end)?;
    let is_packed = ZlibDecoder::new(attached).take(most as u64).read_to_end(&mut unpacked).is_ok();
    if !is_packed || unpacked.is_empty() {
        unpacked = attached.to_vec();
    }
    let size = unpacked.len();
    unpacked.resize(most.max(size), 0);
    let kept = fuzzer_mutate(&mut unpacked, size, most);
    unpacked.truncate(kept);
    let entries = String::from_utf8_lossy(&pdf[..begin]).into_owned();
    let mut out = entries.replace("/Filter/FlateDecode", "").into_bytes();
    out.extend_from_slice(&unpacked);
    out.extend_from_slice(&pdf[end..]);
    Some(out)
}

fn first(bytes: &[u8], what: &[u8], within: Range<usize>) -> Option<usize> {
    let at = bytes[within.clone()].windows(what.len()).position(|window| window == what)?;
    Some(within.start + at)
}

fn last(bytes: &[u8], what: &[u8], within: Range<usize>) -> Option<usize> {
    bytes[within].windows(what.len()).rposition(|window| window == what)
}
