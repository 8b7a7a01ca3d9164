#![no_main]
//! Whatever a plan file holds, reading it gives a plan that every writer of text takes and that is
//! the same once written and read again, or an error with a message; the public version holds
//! nothing that was removed.
//!
//! Mostly a value of the file is changed, so that it stays JSON.

#[allow(dead_code, reason = "targets need different parts of it")]
mod document;
#[allow(dead_code, reason = "targets need different parts of it")]
mod reading;

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use planwright::{PublishOptions, ReportOptions, json, publish, report, review, write};
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let plan = match json::read(bytes) {
        Ok(plan) => plan,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let published = publish(plan.clone(), &PublishOptions::internal());
    let file = json::write(&published).expect("a plan file");
    let again = json::read(file.as_bytes()).expect("what was written can be read");
    let again = publish(again, &PublishOptions::internal());
    assert_eq!(file, json::write(&again).expect("a plan file"));
    write::csv(&published).expect("values");
    write::markdown(&published);
    let review = review(&published, "2012-01-31".parse().ok());
    write::calendar(&report::calendar(&published, &review, &ReportOptions::default()));
    report(&published, &review, &ReportOptions::default());
    reading::scan_public_version(plan);
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let changed =
        (!seed.is_multiple_of(4)).then(|| value_changed(&data[..size], seed / 4)).flatten();
    match changed.filter(|file| file.len() <= max_size) {
        Some(file) => {
            data[..file.len()].copy_from_slice(&file);
            file.len()
        }
        None => fuzzer_mutate(data, size, max_size),
    }
});

/// The file with one of its values changed, removed, repeated or taken from elsewhere in it.
fn value_changed(file: &[u8], seed: u32) -> Option<Vec<u8>> {
    let mut file: Value = serde_json::from_slice(file).ok()?;
    let count = count(&file);
    let (at, how) = (seed as usize % count, seed as usize / count);
    let other = nth(&mut file, &mut (how % count)).cloned()?;
    let value = nth(&mut file, &mut { at })?;
    match (how % 8, &mut *value) {
        (0..=2, Value::String(text)) => *text = text_changed(text),
        (3, Value::Array(items)) if !items.is_empty() => {
            let copy = items[how % items.len()].clone();
            items.push(copy);
        }
        (4, Value::Array(items)) if !items.is_empty() => drop(items.remove(how % items.len())),
        (4, Value::Object(entries)) if !entries.is_empty() => {
            let key = entries.keys().nth(how % entries.len())?.clone();
            entries.remove(&key);
        }
        (5, Value::Object(entries)) => drop(entries.insert(KEYS[how % KEYS.len()].into(), other)),
        (6, _) => *value = SMALL[how % SMALL.len()].into(),
        _ => *value = other,
    }
    serde_json::to_vec(&file).ok()
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(entries) => entries.values().map(count).sum(),
        _ => 0,
    }
}

/// The value of a number, in the order of the file.
fn nth<'a>(value: &'a mut Value, number: &mut usize) -> Option<&'a mut Value> {
    if *number == 0 {
        return Some(value);
    }
    *number -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth(item, number)),
        Value::Object(entries) => entries.values_mut().find_map(|item| nth(item, number)),
        _ => None,
    }
}

fn text_changed(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let size = bytes.len();
    bytes.resize(size + 64, 0);
    let kept = fuzzer_mutate(&mut bytes, size, size + 64);
    String::from_utf8_lossy(&bytes[..kept]).into_owned()
}

const SMALL: [i64; 6] = [0, 1, -1, 4, i64::MAX, i64::MIN];

const KEYS: &[&str] = &[
    "title",
    "organisation",
    "period",
    "cycle",
    "introduction",
    "recommendations",
    "scheme",
    "columns",
    "themes",
    "objectives",
    "actions",
    "notes",
    "reference",
    "text",
    "action",
    "owners",
    "owner_text",
    "success_measures",
    "target",
    "earlier_targets",
    "updates",
    "status",
    "review",
    "evidence",
    "extra",
    "origin",
    "recommendation",
    "due",
    "start",
    "kind",
    "by",
    "label",
];
