//! Words that are shown, with the language of those that are not in the report's own.

use std::fmt;
use std::ops::{Deref, Range};

use crate::language::Language;
use crate::text::{Span, SpanStyle};

/// Words on a line or several. Some may be in another language than the report: the plan's own
/// words stay as they are.
///
/// It can be used as the string of its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Phrase {
    words: String,
    /// Which bytes of it are in another language than the report: in order, none of them empty.
    others: Vec<(Range<usize>, Language)>,
}

impl Phrase {
    /// Words in a language; none for that of the report.
    pub(crate) fn new(words: impl Into<String>, language: Option<Language>) -> Self {
        let words = words.into();
        let others =
            language.filter(|_| !words.is_empty()).map(|language| (0..words.len(), language));
        Self { others: others.into_iter().collect(), words }
    }

    /// These one after the other.
    pub(crate) fn of(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for part in parts {
            all.push(part);
        }
        all
    }

    pub(crate) fn push(&mut self, part: impl Into<Self>) {
        let (part, at) = (part.into(), self.words.len());
        self.words.push_str(&part.words);
        self.others.extend(
            part.others
                .into_iter()
                .map(|(range, language)| (range.start + at..range.end + at, language)),
        );
    }

    /// These with the same words between them.
    pub(crate) fn joined(parts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut all = Self::default();
        for part in parts {
            if !all.is_empty() {
                all.push(between);
            }
            all.push(part);
        }
        all
    }

    /// A text with its marks, such as `{day}`, replaced; each mark stands once at most.
    pub(crate) fn filled(text: &str, marks: &[(&str, Self)]) -> Self {
        let mut all = Self::default();
        let mut rest = text;
        while let Some((before, from)) = rest.split_once('{') {
            let known = from.split_once('}').and_then(|(name, after)| {
                Some((marks.iter().find(|(mark, _)| *mark == name)?, after))
            });
            all.push(before);
            let Some(((_, words), after)) = known else {
                all.push("{");
                rest = from;
                continue;
            };
            all.push(words.clone());
            rest = after;
        }
        all.push(rest);
        all
    }

    /// The same in other words, which are in one language if those before were.
    pub(crate) fn reworded(&self, words: String) -> Self {
        Self::new(words, self.language())
    }

    /// Without white space at both ends.
    pub(crate) fn trimmed(&self) -> Self {
        let trimmed = self.words.trim();
        let from = self.words.len() - self.words.trim_start().len();
        let parts = self.parts().scan(0, |at, (part, language)| {
            let start = *at;
            *at += part.len();
            let within =
                from.clamp(start, *at) - start..(from + trimmed.len()).clamp(start, *at) - start;
            Some(Self::new(&part[within], language))
        });
        Self::of(parts)
    }

    /// Its words.
    pub(crate) fn as_str(&self) -> &str {
        &self.words
    }

    /// The language that all of it is in, where that is not the report's.
    pub(crate) fn language(&self) -> Option<Language> {
        match self.others.as_slice() {
            [(range, language)] if *range == (0..self.words.len()) => Some(*language),
            _ => None,
        }
    }

    /// Its parts in order, each with its language where that is not the report's.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&str, Option<Language>)> {
        let ends = self
            .others
            .iter()
            .flat_map(|(range, language)| [(range.start, None), (range.end, Some(*language))]);
        let parts = ends.chain([(self.words.len(), None)]).scan(0, |from, (to, language)| {
            let part = self.words.get(*from..to).unwrap_or_default();
            *from = to;
            Some((part, language))
        });
        parts.filter(|(part, _)| !part.is_empty())
    }

    /// The words as runs of a text in one style.
    pub(crate) fn spans(&self, style: SpanStyle) -> Vec<Span> {
        self.parts()
            .map(|(part, language)| Span {
                text: part.to_owned(),
                style: SpanStyle { language, ..style },
                link: None,
            })
            .collect()
    }
}

impl Deref for Phrase {
    type Target = str;

    fn deref(&self) -> &str {
        &self.words
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl From<&str> for Phrase {
    fn from(words: &str) -> Self {
        Self::new(words, None)
    }
}

impl From<String> for Phrase {
    fn from(words: String) -> Self {
        Self::new(words, None)
    }
}

impl PartialEq<str> for Phrase {
    fn eq(&self, words: &str) -> bool {
        self.words == words
    }
}

impl PartialEq<&str> for Phrase {
    fn eq(&self, words: &&str) -> bool {
        self.words == *words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(words: &str) -> Phrase {
        Phrase::new(words, Some(Language::English))
    }

    fn parts(phrase: &Phrase) -> Vec<(&str, bool)> {
        phrase.parts().map(|(part, language)| (part, language.is_some())).collect()
    }

    #[test]
    fn parts_keep_their_language() {
        let title = Phrase::of(["Pecyn adolygu: ".into(), english("Care plan")]);
        assert_eq!(parts(&title), [("Pecyn adolygu: ", false), ("Care plan", true)]);
        assert_eq!(
            (title.language(), english("Care plan").language()),
            (None, Some(Language::English))
        );
        let filled = Phrase::filled(
            "roedd {target} wedi {x mynd {target",
            &[("target", english("Oct '11"))],
        );
        assert_eq!(
            parts(&filled),
            [("roedd ", false), ("Oct '11", true), (" wedi {x mynd {target", false)]
        );
        let trimmed = Phrase::of([" ".into(), english(" a b "), "  ".into()]).trimmed();
        assert_eq!(parts(&trimmed), [("a b", true)]);
        assert_eq!(
            parts(&Phrase::joined([english("a"), "b".into()], " · ")),
            [("a", true), (" · b", false)]
        );
        assert_eq!(parts(&Phrase::default()), []);
    }
}
