//! JSON: each string, with the path to it. Nothing is held in memory but the path.

use std::fmt;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::error::{Error, ErrorKind};

use super::field::field;
use super::{OutputSearch, TextRole};

/// How deep the values of JSON may stand inside one another; `serde_json` allows 128.
const MAX_DEPTH: usize = 120;

/// Looks through every string and key.
pub(super) fn search(json: &[u8], place: &str, search: &mut OutputSearch<'_>) -> Result<(), Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let mut path = Vec::new();
    let walk = JsonWalk { path: &mut path, place, search };
    walk.deserialize(&mut deserializer).map_err(|e| {
        Error::new(ErrorKind::Unreadable, format!("it is not JSON that can be searched: {e}"))
            .caused_by(e)
    })?;
    deserializer.end().map_err(|e| {
        Error::new(ErrorKind::Unreadable, format!("it is not JSON that can be searched: {e}"))
            .caused_by(e)
    })
}

struct JsonWalk<'a, 's, 'l> {
    path: &'a mut Vec<String>,
    place: &'a str,
    search: &'s mut OutputSearch<'l>,
}

impl<'l> JsonWalk<'_, '_, 'l> {
    fn inner(&mut self) -> JsonWalk<'_, '_, 'l> {
        JsonWalk { path: self.path, place: self.place, search: self.search }
    }

    fn text(&mut self, words: &str, part: TextRole) {
        let Self { path, place, search } = self;
        let at = || {
            if place.is_empty() { path.join(".") } else { format!("{place}, {}", path.join(".")) }
        };
        field(words, part, &at, search);
    }
}

impl<'de> DeserializeSeed<'de> for JsonWalk<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.path.len() > MAX_DEPTH {
            return Err(serde::de::Error::custom("its values stand too deep inside one another"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for JsonWalk<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(mut self, words: &str) -> Result<(), E> {
        self.text(words, TextRole::Content);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            // the keys of other objects are those of the format
            let part = if self.path.last().is_some_and(|above| above == "extra") {
                TextRole::Content
            } else {
                TextRole::Technical
            };
            self.path.push(key.clone());
            self.text(&key, part);
            map.next_value_seed(self.inner())?;
            self.path.pop();
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        let mut number = 0_usize;
        loop {
            self.path.push(number.to_string());
            let item = items.next_element_seed(self.inner())?;
            self.path.pop();
            if item.is_none() {
                return Ok(());
            }
            number += 1;
        }
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
}

/// Whether bytes are JSON.
pub(super) fn is_json(bytes: &[u8]) -> bool {
    matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['))
        && serde::de::IgnoredAny::deserialize(&mut serde_json::Deserializer::from_slice(bytes))
            .is_ok()
}
