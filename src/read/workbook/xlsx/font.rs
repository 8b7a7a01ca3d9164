//! What fonts say of the words that are set in them (ECMA-376-1, 18.8.22 and 18.4.7).

use crate::read::workbook::xml::{XmlTag, attribute, is_on, is_set};

/// What is asked of a font.
#[expect(clippy::struct_excessive_bools, reason = "each is asked of by itself")]
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct FontAttributes {
    /// In points, where it is said.
    pub(crate) size: Option<f64>,
    pub(crate) italic: bool,
    pub(crate) raised: bool,
    pub(crate) serif: bool,
    pub(crate) coloured: bool,
}

/// Fonts with serifs, for files that do not say it.
const SERIFS: [&str; 12] = [
    "times",
    "cambria",
    "georgia",
    "garamond",
    "palatino",
    "book antiqua",
    "bookman",
    "century",
    "constantia",
    "baskerville",
    "courier",
    "liberation serif",
];

/// What Excel calls a family of fonts with serifs.
const ROMAN: &str = "1";

impl FontAttributes {
    /// Takes in a tag of a font's description.
    pub(crate) fn take(&mut self, tag: &XmlTag<'_>) {
        let value = attribute(tag, "val");
        let value = value.as_deref();
        match tag.name {
            "sz" => self.size = value.and_then(|size| size.parse().ok()),
            "i" => self.italic = is_on(tag),
            "vertAlign" => self.raised = value == Some("superscript"),
            "family" => self.serif |= value == Some(ROMAN),
            "rFont" | "name" => {
                let name = value.unwrap_or_default().to_lowercase();
                self.serif |= SERIFS.iter().any(|serif| name.starts_with(serif))
                    && !name.contains("gothic")
                    && !name.contains("sans");
            }
            // the reader's own colour, whatever it is called
            "color" => {
                self.coloured = !is_set(tag, "auto")
                    && !matches!(attribute(tag, "theme").as_deref(), Some("0" | "1"));
            }
            _ => {}
        }
    }
}
