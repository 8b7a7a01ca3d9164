//! Colours as the plan file and spreadsheets write them, and how well one can be read on another.

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The least contrast between words and what they stand on (WCAG 2.2, 1.4.3).
pub(crate) const LEAST_CONTRAST: f64 = 4.5;

/// A colour, `#rrggbb` in the plan file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

impl Colour {
    /// A colour from its three parts.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// The colour of a number, `0xrrggbb`.
    pub(crate) const fn from_rgb(number: u32) -> Self {
        let [_, red, green, blue] = number.to_be_bytes();
        Self { red, green, blue }
    }

    /// The colour of six hexadecimal digits.
    pub(crate) fn from_hex(digits: &str) -> Option<Self> {
        let is_hex = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| is_hex).map(Self::from_rgb)
    }

    /// Relative luminance, 0 for black to 1 for white (WCAG 2.2, definition of relative luminance).
    pub fn luminance(self) -> f64 {
        let part = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(self.red) + 0.7152 * part(self.green) + 0.0722 * part(self.blue)
    }

    /// Whether words of this colour cannot be told from a background of that colour: no part
    /// differs by more than a tenth. Contrast alone would not do, as yellow on white has next to
    /// none and is seen.
    pub(crate) fn is_lost_on(self, background: Self) -> bool {
        const MAX_DIFFERENCE: u8 = 24;
        let parts = |colour: Self| [colour.red, colour.green, colour.blue];
        parts(self).into_iter().zip(parts(background)).all(|(a, b)| a.abs_diff(b) <= MAX_DIFFERENCE)
    }

    /// Contrast with another colour, 1 to 21 (WCAG 2.2, definition of contrast ratio).
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Colour {
    /// The colour that a text writes as `#rrggbb`, if it does.
    pub(crate) fn from_number(text: &str) -> Option<Self> {
        text.strip_prefix('#').and_then(Self::from_hex)
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        Self::from_number(&text).ok_or_else(|| {
            serde::de::Error::custom(format!("“{text}” is not a colour: write it as #1d70b8"))
        })
    }
}

impl JsonSchema for Colour {
    fn schema_name() -> Cow<'static, str> {
        "Colour".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^#[0-9a-fA-F]{6}$" })
    }
}
