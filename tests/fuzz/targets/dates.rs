#![no_main]
//! Whatever is typed, a target date keeps it, and is due no earlier than it begins.

use libfuzzer_sys::fuzz_target;
use planwright::Target;

fuzz_target!(|typed: &str| {
    let target = Target::read(typed);
    assert_eq!(target.text, typed.trim());
    assert!(target.start.zip(target.due).is_none_or(|(start, due)| start <= due), "{target:?}");
});
