//! The languages that outputs speak.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A language of the words around a plan, or of some words among others.
///
/// ```
/// use planwright::Language;
/// assert_eq!("cy".parse(), Ok(Language::Welsh));
/// assert!("fr".parse::<Language>().unwrap_err().to_string().ends_with("it is en or cy"));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Language {
    /// English (the default)
    #[default]
    #[cfg_attr(feature = "cli", value(name = "en"))]
    English,
    /// Welsh
    #[cfg_attr(feature = "cli", value(name = "cy"))]
    Welsh,
}

/// A text names no language that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageError {
    text: String,
}

impl fmt::Display for LanguageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<&str> = Language::ALL.iter().map(|language| language.tag()).collect();
        write!(f, "“{}” is no language of outputs; it is {}", self.text, known.join(" or "))
    }
}

impl std::error::Error for LanguageError {}

impl Language {
    /// Every language.
    pub const ALL: &[Self] = &[Self::English, Self::Welsh];

    /// Its tag (BCP 47): `en`, `cy`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Welsh => "cy",
        }
    }

    /// Whether it is what is written where nothing is said.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
    pub(crate) fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

impl FromStr for Language {
    type Err = LanguageError;

    fn from_str(text: &str) -> Result<Self, LanguageError> {
        let known =
            Self::ALL.iter().copied().find(|language| language.tag().eq_ignore_ascii_case(text));
        known.ok_or_else(|| LanguageError { text: text.to_owned() })
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.tag())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
