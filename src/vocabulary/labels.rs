//! Labels within a cell, and the fields that they name.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Field;

use super::load;

static LABELS: LazyLock<HashMap<String, Field>> = LazyLock::new(|| {
    let fields: HashMap<String, Vec<String>> = load(include_str!("../../vocabulary/labels.toml"));
    let named =
        fields.into_iter().filter_map(|(name, words)| Some((Field::from_name(&name)?, words)));
    named.flat_map(|(field, words)| words.into_iter().map(move |word| (word, field))).collect()
});

/// The field that a label names by its last word, in lower case.
pub(crate) fn field(last_word: &str) -> Option<Field> {
    LABELS.get(last_word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_name_fields() {
        assert_eq!(field("contact"), Some(Field::Owner));
        assert_eq!(field("deadline"), Some(Field::Target));
        assert_eq!(field("department"), None);
    }
}
