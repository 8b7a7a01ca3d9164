//! A list that most often has one item.

use std::iter::Chain;
use std::ops::{Deref, DerefMut};

/// A list of few items: where it is only one, as in most texts, that one takes no room of its own
/// in memory.
///
/// ```
/// use planwright::{SmallVec, Span};
/// let mut runs = SmallVec::from(vec![Span::plain("Complete ")]);
/// runs.push(Span::bold("in March"));
/// assert_eq!(runs.iter().map(|run| run.text.as_str()).collect::<String>(), "Complete in March");
/// ```
#[derive(Debug, Clone)]
pub struct SmallVec<T>(SmallVecItems<T>);

#[derive(Debug, Clone)]
enum SmallVecItems<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> SmallVec<T> {
    /// A list without items.
    pub const fn new() -> Self {
        Self(SmallVecItems::Many(Vec::new()))
    }

    /// The items, one after the other.
    pub fn as_slice(&self) -> &[T] {
        match &self.0 {
            SmallVecItems::One(only) => std::slice::from_ref(only),
            SmallVecItems::Many(items) => items,
        }
    }

    /// Adds an item at the end.
    pub fn push(&mut self, item: T) {
        if self.is_empty() {
            self.0 = SmallVecItems::One(item);
        } else {
            self.change(|items| items.push(item));
        }
    }

    /// Puts an item before the one at `index`.
    ///
    /// # Panics
    ///
    /// Where there are fewer items, as [`Vec::insert`].
    pub fn insert(&mut self, index: usize, item: T) {
        self.change(|items| items.insert(index, item));
    }

    /// Takes the item at `index` out, if there is one.
    pub fn take(&mut self, index: usize) -> Option<T> {
        (index < self.len()).then(|| self.change(|items| items.remove(index)))
    }

    /// Takes the last item out.
    pub fn pop(&mut self) -> Option<T> {
        self.change(Vec::pop)
    }

    /// Keeps the items of which `keep` says so.
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.change(|items| items.retain(keep));
    }

    /// Gives back the memory that was set aside for items to come.
    pub(crate) fn shrink_to_fit(&mut self) {
        if let SmallVecItems::Many(items) = &mut self.0 {
            match items.len() {
                1 => *self = std::mem::take(items).into(),
                _ => items.shrink_to_fit(),
            }
        }
    }

    /// Changes the items as a list that can have any number.
    fn change<R>(&mut self, how: impl FnOnce(&mut Vec<T>) -> R) -> R {
        let mut items = match std::mem::take(self).0 {
            SmallVecItems::One(only) => vec![only],
            SmallVecItems::Many(items) => items,
        };
        let result = how(&mut items);
        *self = items.into();
        result
    }
}

impl<T> Default for SmallVec<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Deref for SmallVec<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> DerefMut for SmallVec<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        match &mut self.0 {
            SmallVecItems::One(only) => std::slice::from_mut(only),
            SmallVecItems::Many(items) => items,
        }
    }
}

impl<T: PartialEq> PartialEq for SmallVec<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq> Eq for SmallVec<T> {}

impl<T> From<Vec<T>> for SmallVec<T> {
    fn from(mut items: Vec<T>) -> Self {
        match items.len() {
            1 => items.pop().map_or_else(Self::new, |only| Self(SmallVecItems::One(only))),
            _ => Self(SmallVecItems::Many(items)),
        }
    }
}

impl<T> From<T> for SmallVec<T> {
    fn from(only: T) -> Self {
        Self(SmallVecItems::One(only))
    }
}

impl<T> Extend<T> for SmallVec<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.push(item);
        }
    }
}

impl<T> FromIterator<T> for SmallVec<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut few = Self::new();
        few.extend(items);
        few
    }
}

impl<T> IntoIterator for SmallVec<T> {
    type Item = T;
    type IntoIter = Chain<std::option::IntoIter<T>, std::vec::IntoIter<T>>;

    fn into_iter(self) -> Self::IntoIter {
        let (one, many) = match self.0 {
            SmallVecItems::One(only) => (Some(only), Vec::new()),
            SmallVecItems::Many(items) => (None, items),
        };
        one.into_iter().chain(many)
    }
}

impl<'a, T> IntoIterator for &'a SmallVec<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut SmallVec<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_holds_what_a_list_would(start in prop::collection::vec(0_u8..9, 0..4), changes in prop::collection::vec((0_u8..6, 0_usize..4), 0..12)) {
            let (mut few, mut list) = (SmallVec::from(start.clone()), start);
            for (number, (change, at)) in (10..).zip(changes) {
                match change {
                    0 => (few.push(number), list.push(number)),
                    1 => (few.insert(at.min(list.len()), number), list.insert(at.min(list.len()), number)),
                    2 => (prop_assert_eq!(few.take(at), (at < list.len()).then(|| list.remove(at))), ()),
                    3 => (prop_assert_eq!(few.pop(), list.pop()), ()),
                    4 => (few.retain(|item| item % 2 == 0), list.retain(|item| item % 2 == 0)),
                    _ => (few.iter_mut().for_each(|item| *item += 1), list.iter_mut().for_each(|item| *item += 1)),
                };
                few.shrink_to_fit();
                prop_assert_eq!(&*few, list.as_slice());
            }
            prop_assert_eq!(few.clone().into_iter().collect::<Vec<_>>(), list.clone());
            prop_assert_eq!(list.into_iter().collect::<SmallVec<_>>(), few);
        }
    }
}
