//! Lists that are kept beside plans: what their headers and sheets are called.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{holds_phrase, load, normalize, singular};

/// A kind of list that is no plan.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Register {
    /// What it is called in messages: "a register of risks".
    pub(crate) label: String,
    #[serde(default)]
    sheets: Vec<String>,
    #[serde(default)]
    words: BTreeMap<String, f32>,
}

static REGISTERS: LazyLock<BTreeMap<String, Register>> = LazyLock::new(|| load(include_str!("../../vocabulary/registers.toml")));

/// The weight from which a table is a register.
const ENOUGH: f32 = 7.0;
/// What the name of a sheet adds.
const SHEET: f32 = 3.0;

/// The register that a table is by its headers and the name of its sheet.
pub(crate) fn register(headers: &[&str], sheet: Option<&str>) -> Option<&'static Register> {
    let headers: Vec<String> = headers.iter().map(|header| words(header)).collect();
    let sheet = sheet.map(normalize);
    REGISTERS
        .values()
        .map(|register| {
            let weight: f32 =
                register.words.iter().filter(|(word, _)| headers.iter().any(|header| holds_phrase(header, word))).map(|(_, w)| w).sum();
            let named = sheet.as_ref().is_some_and(|sheet| register.sheets.contains(sheet));
            (register, weight + if named { SHEET } else { 0.0 })
        })
        .filter(|(_, weight)| *weight >= ENOUGH)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(register, _)| register)
}

/// The register that sheets of this name mostly are.
pub(crate) fn by_sheet(sheet: &str) -> Option<&'static Register> {
    let sheet = normalize(sheet);
    REGISTERS.values().find(|register| register.sheets.contains(&sheet))
}

fn words(header: &str) -> String {
    normalize(header).split(' ').map(singular).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registers_are_known_by_their_headers() {
        let label = |headers: &[&str], sheet| register(headers, sheet).map(|register| register.label.as_str());
        assert_eq!(label(&["Risk", "Likelihood", "Impact", "Owner"], None), Some("a register of risks"));
        assert_eq!(label(&["Issue", "Raised by", "Date raised", "Status"], None), Some("a log of issues"));
        assert_eq!(label(&["Name", "Role", "Email"], Some("Contacts")), Some("a list of contacts"));
        assert_eq!(label(&["Action", "Owner", "Target date", "Status"], Some("Plan")), None);
    }
}
