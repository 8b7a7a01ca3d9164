//! The selectors of style sheets (Selectors Level 3), as far as pages use them.

use crate::read::html::tree::{HtmlTree, NodeHandle};

use super::syntax::{inside_brackets, name, unescaped};

/// How many parts a selector may have, and how many steps it may take to match it.
const MOST_PARTS: usize = 8;
const MOST_STEPS: usize = 4096;

/// Whether a rule is for an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SelectorMatch {
    No,
    Yes,
    /// It depends on something that is not looked at.
    Maybe,
}

/// A selector: its last part is about the element itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selector {
    /// From the last to the first, each with how the next one stands to it.
    parts: Vec<(Compound, Combinator)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Combinator {
    Inside,
    RightInside,
    /// Beside it: not looked at.
    Beside,
}

/// The conditions on one element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Compound {
    tag: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    attributes: Vec<AttributeTest>,
    /// Whether it has conditions that are not looked at.
    has_more: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct AttributeTest {
    name: String,
    /// The sign before `=`, and the value; none where the attribute only has to be there.
    value: Option<(Option<char>, String)>,
}

/// By what rules are found: the most special condition of the last part.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum SelectorKey {
    Id(String),
    Class(String),
    Tag(String),
    Any,
}

impl Selector {
    /// Reads a selector; none of what no element of a page at rest is, as `:hover` and `::before`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut parts: Vec<(Compound, Combinator)> = Vec::new();
        let mut rest = text;
        let mut combinator = Combinator::Inside;
        while !rest.is_empty() {
            let (compound, behind) = Compound::parse(rest)?;
            parts.push((compound, combinator));
            let trimmed = behind.trim_start();
            let (next, behind) = match trimmed.chars().next() {
                Some('>') => (Combinator::RightInside, &trimmed[1..]),
                Some('+' | '~') => (Combinator::Beside, &trimmed[1..]),
                _ => (Combinator::Inside, trimmed),
            };
            if !trimmed.is_empty() && trimmed.len() == rest.len() {
                return None;
            }
            combinator = next;
            rest = behind.trim_start();
        }
        parts.reverse();
        (!parts.is_empty()).then_some(Self { parts })
    }

    /// How special it is: ids, then classes and attributes, then names of elements.
    pub(super) fn specificity(&self) -> (usize, usize, usize) {
        self.parts.iter().fold((0, 0, 0), |(ids, classes, tags), (part, _)| {
            (
                ids + usize::from(part.id.is_some()),
                classes + part.classes.len() + part.attributes.len(),
                tags + usize::from(part.tag.is_some()),
            )
        })
    }

    pub(super) fn key(&self) -> SelectorKey {
        let Some((last, _)) = self.parts.first() else { return SelectorKey::Any };
        match last {
            Compound { id: Some(id), .. } => SelectorKey::Id(id.clone()),
            Compound { classes, .. } if !classes.is_empty() => {
                SelectorKey::Class(classes[0].clone())
            }
            Compound { tag: Some(tag), .. } => SelectorKey::Tag(tag.clone()),
            _ => SelectorKey::Any,
        }
    }

    /// Whether it selects an element.
    pub(super) fn matches(&self, tree: &HtmlTree, id: NodeHandle) -> SelectorMatch {
        if self.parts.len() > MOST_PARTS {
            return SelectorMatch::Maybe;
        }
        self.matches_from(0, tree, id, &mut MOST_STEPS.clone())
    }

    fn matches_from(
        &self,
        at: usize,
        tree: &HtmlTree,
        id: NodeHandle,
        steps: &mut usize,
    ) -> SelectorMatch {
        let Some((part, combinator)) = self.parts.get(at) else { return SelectorMatch::Yes };
        let Some(left) = steps.checked_sub(1) else { return SelectorMatch::Maybe };
        *steps = left;
        let own = part.matches(tree, id);
        if own == SelectorMatch::No || at + 1 == self.parts.len() {
            return own;
        }
        let parent = |id: NodeHandle| tree.parent(id);
        let above = match combinator {
            Combinator::Beside => SelectorMatch::Maybe,
            Combinator::RightInside => parent(id)
                .map_or(SelectorMatch::No, |id| self.matches_from(at + 1, tree, id, steps)),
            Combinator::Inside => {
                let mut best = SelectorMatch::No;
                for id in std::iter::successors(parent(id), |id| parent(*id)) {
                    match self.matches_from(at + 1, tree, id, steps) {
                        SelectorMatch::No => {}
                        found => best = found,
                    }
                    if best == SelectorMatch::Yes || *steps == 0 {
                        break;
                    }
                }
                if *steps == 0 && best == SelectorMatch::No { SelectorMatch::Maybe } else { best }
            }
        };
        if above == SelectorMatch::Yes { own } else { above }
    }
}

impl Compound {
    /// The conditions at the start of a text, and what follows them.
    fn parse(text: &str) -> Option<(Self, &str)> {
        let mut found = Self::default();
        let mut rest = text;
        if let Some(behind) = rest.strip_prefix('*') {
            rest = behind;
        } else {
            let (name, behind) = name(rest);
            if !name.is_empty() {
                found.tag = Some(unescaped(name).to_ascii_lowercase());
            }
            rest = behind;
        }
        while let Some(first) = rest.chars().next() {
            match first {
                '.' | '#' => {
                    let (name, behind) = name(&rest[1..]);
                    if name.is_empty() {
                        return None;
                    }
                    if first == '.' {
                        found.classes.push(unescaped(name).into_owned());
                    } else {
                        found.id = Some(unescaped(name).into_owned());
                    }
                    rest = behind;
                }
                '[' => {
                    let (inside, behind) = rest[1..].split_once(']')?;
                    found.attributes.push(AttributeTest::parse(inside));
                    rest = behind;
                }
                ':' => rest = found.pseudo(&rest[1..])?,
                _ => break,
            }
        }
        (rest.len() < text.len()).then_some((found, rest))
    }

    /// Takes in a pseudo-class, after its colon; none if no element has it.
    fn pseudo<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let (name, rest) = name(text);
        match name {
            "root" => self.tag = Some("html".to_owned()),
            "link" | "any-link" => {
                self.attributes.push(AttributeTest { name: "href".to_owned(), value: None });
            }
            // two colons begin what is a part of an element
            "" | "hover" | "focus" | "focus-visible" | "focus-within" | "active" | "visited"
            | "target" | "before" | "after" => return None,
            _ => self.has_more = true,
        }
        match rest.strip_prefix('(') {
            None => Some(rest),
            Some(inside) => {
                let (_, behind) = inside_brackets(inside)?;
                self.has_more = true;
                Some(behind)
            }
        }
    }

    fn matches(&self, tree: &HtmlTree, id: NodeHandle) -> SelectorMatch {
        let has_class = |class: &String| {
            let classes = tree.attribute(id, "class").unwrap_or_default();
            classes.split_ascii_whitespace().any(|own| own == class)
        };
        let holds = !tree.name(id).is_empty()
            && self.tag.as_ref().is_none_or(|tag| tree.name(id) == tag)
            && self.id.as_ref().is_none_or(|own| tree.attribute(id, "id") == Some(own))
            && self.classes.iter().all(has_class)
            && self.attributes.iter().all(|test| test.holds(tree.attribute(id, &test.name)));
        match holds {
            false => SelectorMatch::No,
            true if self.has_more => SelectorMatch::Maybe,
            true => SelectorMatch::Yes,
        }
    }
}

impl AttributeTest {
    fn parse(inside: &str) -> Self {
        let (name, value) = match inside.split_once('=') {
            None => (inside, None),
            Some((name, value)) => {
                let sign = name.trim_end().chars().next_back().filter(|c| "~^$*|".contains(*c));
                let value = value.trim().trim_matches(['"', '\'']).to_owned();
                (name.trim_end().trim_end_matches(['~', '^', '$', '*', '|']), Some((sign, value)))
            }
        };
        Self { name: name.trim().to_ascii_lowercase(), value }
    }

    fn holds(&self, own: Option<&str>) -> bool {
        let Some(own) = own else { return false };
        let Some((sign, value)) = &self.value else { return true };
        match sign {
            None => own == value,
            Some('~') => own.split_ascii_whitespace().any(|word| word == value),
            Some('^') => !value.is_empty() && own.starts_with(value),
            Some('$') => !value.is_empty() && own.ends_with(value),
            Some('|') => {
                own == value || own.strip_prefix(value.as_str()).is_some_and(|r| r.starts_with('-'))
            }
            Some(_) => !value.is_empty() && own.contains(value),
        }
    }
}
