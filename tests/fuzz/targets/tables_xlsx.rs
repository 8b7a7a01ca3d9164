#![no_main]
//! A document made of what plans are made of, as a workbook of Excel: no word of it is lost, it is read the same
//! each time, and its public version holds nothing that was removed.

#[allow(dead_code, reason = "formats need different parts of it")]
mod document;
#[allow(dead_code, reason = "each target needs one format")]
mod packages;
#[allow(dead_code, reason = "targets need different parts of it")]
mod reading;

use libfuzzer_sys::fuzz_target;
use planwright::Format;

fuzz_target!(|document: document::Document| {
    let document = document.lay();
    reading::read_document(&packages::xlsx(&document), Format::Workbook, &document);
});
