//! How a run of words looks in a cell.

use crate::text::Span;

/// How a run of words looks: any of the marks together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct RunAttributes(u8);

impl RunAttributes {
    /// Without emphasis.
    pub(super) const PLAIN: Self = Self(0);
    /// Strong emphasis.
    pub(super) const BOLD: Self = Self(1);
    /// Emphasis.
    pub(super) const ITALIC: Self = Self(2);
    /// Struck through.
    pub(super) const STRUCK: Self = Self(4);
    /// A link's words.
    pub(super) const LINK: Self = Self(8);
    /// Words around the plan's own.
    pub(super) const QUIET: Self = Self(16);
    /// How many looks there are.
    pub(super) const COUNT: u8 = 32;

    /// Every look, in the order of [`RunAttributes::index`].
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..Self::COUNT).map(Self)
    }

    /// Its number.
    pub(super) fn index(self) -> usize {
        self.0.into()
    }

    /// Whether it has all marks of another.
    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn of(span: &Span) -> Self {
        let marks = [
            (span.style.bold, Self::BOLD),
            (span.style.italic, Self::ITALIC),
            (span.style.struck, Self::STRUCK),
        ];
        let link = [(span.link.is_some(), Self::LINK)];
        marks
            .into_iter()
            .chain(link)
            .filter(|(on, _)| *on)
            .fold(Self::PLAIN, |look, (_, mark)| look.and(mark))
    }
}
