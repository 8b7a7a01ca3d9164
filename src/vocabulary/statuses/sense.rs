//! One thing that a status can say.

use crate::vocabulary::Category;

/// One thing that a status can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatusSense {
    /// The state that it is.
    pub(crate) id: String,
    /// The kind of status, as the plan file writes it; empty where the words do not say.
    pub(crate) category: String,
    /// Whether it is no state of the default scheme.
    pub(crate) own: bool,
    /// Whether all its words are one status of a plan.
    pub(crate) together: bool,
}

impl StatusSense {
    /// What a caller's word for a status says: the state of its category, or a status under the
    /// word itself where the category stands for several.
    pub(in crate::vocabulary) fn of_category(category: Category, words: &str) -> Self {
        let own = matches!(category, Category::UnderWay | Category::OnHold | Category::Stopped);
        let name = category.name();
        let id = if own { words.replace(' ', "-") } else { name.to_owned() };
        Self { id, category: name.to_owned(), own, together: false }
    }
}
