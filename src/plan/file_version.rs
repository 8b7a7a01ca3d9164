//! The version of the plan file.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::FileVersion;

impl FileVersion {
    /// The version that this library reads and writes.
    pub const CURRENT: Self = Self(1);
}

impl Default for FileVersion {
    fn default() -> Self {
        Self::CURRENT
    }
}

impl Serialize for FileVersion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.0)
    }
}

impl<'de> Deserialize<'de> for FileVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            1 => Ok(Self::CURRENT),
            other => Err(serde::de::Error::custom(format!(
                "plan file version {other} is not known here; this program reads version 1"
            ))),
        }
    }
}

impl JsonSchema for FileVersion {
    fn schema_name() -> Cow<'static, str> {
        "FileVersion".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "const": 1, "description": "version of the plan file's form" })
    }
}
