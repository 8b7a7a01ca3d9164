//! Texts in other forms: as one line of words, as CommonMark in the plan file.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::small_vec::SmallVec;
use super::{Text, TextBlock, commonmark};

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.plain())
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self::from_plain(words)
    }
}

impl From<TextBlock> for Text {
    fn from(only: TextBlock) -> Self {
        Self { blocks: SmallVec::from(only).into() }
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match commonmark::as_it_stands(self) {
            Some(words) => serializer.serialize_str(words),
            None => serializer.serialize_str(&self.to_commonmark()),
        }
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from_commonmark(&Cow::<'de, str>::deserialize(deserializer)?))
    }
}

impl schemars::JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "CommonMark: paragraphs, lists, emphasis and links; no raw HTML"
        })
    }
}
