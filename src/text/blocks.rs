//! The blocks of a text, shared by its copies.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::{SmallVec, TextBlock};

/// The blocks of a text, in reading order: a list that its copies share until one of them is
/// changed.
///
/// ```
/// use planwright::{Span, Text, TextBlock};
/// let said = Text::from_plain("Complete");
/// let mut more = said.clone();
/// more.blocks.push(TextBlock::paragraph(vec![Span::plain("Signed off")]));
/// assert_eq!((said.blocks.len(), more.blocks.len()), (1, 2));
/// ```
#[derive(Debug, Clone, Default)]
pub struct TextBlocks(Option<Arc<SmallVec<TextBlock>>>);

impl Deref for TextBlocks {
    type Target = SmallVec<TextBlock>;

    fn deref(&self) -> &SmallVec<TextBlock> {
        static NONE: SmallVec<TextBlock> = SmallVec::new();
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for TextBlocks {
    fn deref_mut(&mut self) -> &mut SmallVec<TextBlock> {
        Arc::make_mut(self.0.get_or_insert_default())
    }
}

impl PartialEq for TextBlocks {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for TextBlocks {}

impl From<SmallVec<TextBlock>> for TextBlocks {
    fn from(blocks: SmallVec<TextBlock>) -> Self {
        Self((!blocks.is_empty()).then(|| Arc::new(blocks)))
    }
}

impl From<Vec<TextBlock>> for TextBlocks {
    fn from(blocks: Vec<TextBlock>) -> Self {
        SmallVec::from(blocks).into()
    }
}

impl FromIterator<TextBlock> for TextBlocks {
    fn from_iter<I: IntoIterator<Item = TextBlock>>(blocks: I) -> Self {
        blocks.into_iter().collect::<SmallVec<_>>().into()
    }
}

impl IntoIterator for TextBlocks {
    type Item = TextBlock;
    type IntoIter = <SmallVec<TextBlock> as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.0.map(Arc::unwrap_or_clone).unwrap_or_default().into_iter()
    }
}

impl<'a> IntoIterator for &'a TextBlocks {
    type Item = &'a TextBlock;
    type IntoIter = std::slice::Iter<'a, TextBlock>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a> IntoIterator for &'a mut TextBlocks {
    type Item = &'a mut TextBlock;
    type IntoIter = std::slice::IterMut<'a, TextBlock>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}
