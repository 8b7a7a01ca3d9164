#![no_main]
//! Whatever is typed, a target date keeps it, and is due no earlier than it begins.

use libfuzzer_sys::fuzz_target;
use planwright::Target;

fuzz_target!(|typed: &str| {
    let target = Target::read(typed);
    if let (Some(start), Some(due)) = (target.start, target.due) {
        assert!(start <= due, "{typed:?}: {target:?}");
    }
});
