//! The rules of style sheets, and what they say of each element.

use std::collections::HashMap;

use crate::colour::Colour;
use crate::read::html::tree::{HtmlTree, NodeHandle};

use super::colour::CssColour;
use super::selector::{Selector, SelectorKey, SelectorMatch};
use super::syntax::{self, Variables};
use super::{ElementInk, HtmlBackground, InheritedStyle, RemovedBy, StyleDeclaration};

/// How many rules are kept that are found by the same name: each element is compared with all.
const MOST_ALIKE: usize = 64;

/// How deep blocks of rules may stand in one another.
const MOST_NESTED: usize = 8;

/// The classes of comments, and of what leads to them, in pages that Word saved.
const WORD_COMMENTS: [&str; 5] =
    ["msocomtxt", "msocomanchor", "msocomoff", "MsoCommentText", "MsoCommentReference"];

/// The styles of a page.
#[derive(Debug, Default)]
pub(in crate::read::html) struct StyleSheet {
    rules: Vec<StyleRule>,
    found_by: HashMap<SelectorKey, Vec<usize>>,
    variables: Variables,
    /// Whether there are styles that are not known, and so may colour whatever is behind words.
    is_unsure: bool,
}

#[derive(Debug)]
struct StyleRule {
    selector: Selector,
    usual: StyleDeclaration,
    important: StyleDeclaration,
    /// Whether it is for this page only under some condition.
    is_conditional: bool,
}

impl StyleSheet {
    /// Takes the variables that a style sheet or the style of an element sets, before rules that
    /// use them are taken.
    pub(in crate::read::html) fn learn(&mut self, declarations: &str) {
        if declarations.contains("--") {
            self.variables.learn(declarations);
        }
    }

    /// Takes the rules of a style sheet that are for a screen.
    pub(in crate::read::html) fn take(&mut self, sheet: &str) {
        let mut plain = String::with_capacity(sheet.len());
        let mut rest = sheet;
        while let Some((before, comment)) = rest.split_once("/*") {
            plain.push_str(before);
            plain.push(' ');
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        }
        plain.push_str(rest);
        self.block(&plain.replace("<!--", " ").replace("-->", " "), false, 0);
    }

    fn block(&mut self, sheet: &str, is_conditional: bool, depth: usize) {
        let mut rest = sheet;
        while let Some(end) = rest.find(['{', ';']) {
            let (head, after) =
                (rest[..end].trim_matches(['}', ' ', '\t', '\r', '\n']), &rest[end + 1..]);
            if rest[end..].starts_with(';') {
                self.is_unsure |= head.to_ascii_lowercase().starts_with("@import");
                rest = after;
                continue;
            }
            let behind = after_block(after);
            let body = &after[..after.len() - behind.len()];
            let body = body.strip_suffix('}').unwrap_or(body);
            rest = behind;
            let Some(rule) = head.strip_prefix('@') else {
                self.rule_with_nested(head, body, is_conditional, depth);
                continue;
            };
            let (name, about) = rule.split_once(char::is_whitespace).unwrap_or((rule, ""));
            let about = about.trim().to_ascii_lowercase();
            let is_new = match name.to_ascii_lowercase().as_str() {
                "media" if about.trim() == "print" => continue,
                "media" => !matches!(about.as_str(), "screen" | "all" | "only screen" | ""),
                "layer" => false,
                "supports" | "container" => true,
                _ => continue,
            };
            if depth < MOST_NESTED {
                self.block(body, is_conditional || is_new, depth + 1);
            } else {
                self.is_unsure = true;
            }
        }
    }

    /// Takes a rule and those that stand in it.
    fn rule_with_nested(&mut self, head: &str, body: &str, is_conditional: bool, depth: usize) {
        if !body.contains('{') {
            return self.rule(head, body, is_conditional);
        }
        let mut own = String::new();
        let mut rest = body;
        while let Some(end) = rest.find(['{', ';']) {
            let (part, after) = (&rest[..end], &rest[end + 1..]);
            if rest[end..].starts_with(';') {
                own.push_str(part);
                own.push(';');
                rest = after;
                continue;
            }
            let behind = after_block(after);
            let inside = &after[..after.len() - behind.len()];
            let inside = inside.strip_suffix('}').unwrap_or(inside);
            rest = behind;
            let part = part.trim();
            let is_at_rule = part.starts_with('@');
            let selectors =
                if is_at_rule { Some(head.to_owned()) } else { syntax::nested(head, part) };
            match selectors.filter(|_| depth < MOST_NESTED) {
                Some(selectors) => {
                    let is_conditional = is_conditional || is_at_rule;
                    self.rule_with_nested(&selectors, inside, is_conditional, depth + 1);
                }
                // whatever they are for
                None => self.rule("*", &inside.replace(['{', '}'], ";"), true),
            }
        }
        own.push_str(rest);
        self.rule(head, &own, is_conditional);
    }

    fn rule(&mut self, selectors: &str, declarations: &str, is_conditional: bool) {
        let readings: Vec<_> = self
            .variables
            .readings(declarations)
            .iter()
            .map(|reading| StyleDeclaration::read_parts(reading))
            .collect();
        // which value a variable has here is not known
        let is_conditional = is_conditional || readings.len() > 1;
        for reading in readings {
            self.rule_of(selectors, reading, is_conditional);
        }
    }

    fn rule_of(
        &mut self,
        selectors: &str,
        (usual, important): (StyleDeclaration, StyleDeclaration),
        is_conditional: bool,
    ) {
        let nothing = StyleDeclaration::default();
        if usual == nothing && important == nothing {
            return;
        }
        for selector in syntax::selectors(selectors) {
            let Some(selector) = Selector::parse(&selector) else { continue };
            let alike = self.found_by.entry(selector.key()).or_default();
            if alike.len() >= MOST_ALIKE {
                let same = |at: &&usize| {
                    self.rules.get(**at).is_some_and(|rule| {
                        rule.selector == selector && rule.is_conditional == is_conditional
                    })
                };
                match alike.iter().find(same).and_then(|at| self.rules.get_mut(*at)) {
                    Some(rule) => {
                        rule.usual = usual.over(rule.usual);
                        rule.important = important.over(rule.important);
                    }
                    None => self.is_unsure = true,
                }
                continue;
            }
            alike.push(self.rules.len());
            self.rules.push(StyleRule { selector, usual, important, is_conditional });
        }
    }

    /// Takes note of a style sheet that is not in the page.
    pub(in crate::read::html) fn miss(&mut self) {
        self.is_unsure = true;
    }

    /// How words of the page are, where no element says so.
    pub(in crate::read::html) fn of_page(&self) -> InheritedStyle {
        if self.is_unsure { InheritedStyle::SHOWN } else { InheritedStyle::BLACK_ON_WHITE }
    }

    /// What is said of an element: by its attributes, by rules, and by its own style.
    pub(in crate::read::html) fn of(&self, tree: &HtmlTree, id: NodeHandle) -> StyleDeclaration {
        let mut declared = of_attributes(tree, id);
        let own = tree.attribute(id, "style").map(|style| {
            let readings = self.variables.readings(style);
            let is_sure = readings.len() == 1;
            let parts = readings.iter().map(|reading| StyleDeclaration::read_parts(reading));
            let nothing = (StyleDeclaration::default(), StyleDeclaration::default());
            parts.fold(nothing, |(usual, important), (more, more_important)| {
                if is_sure {
                    (more, more_important)
                } else {
                    (more.doubtful().over(usual), more_important.doubtful().over(important))
                }
            })
        });
        let mut found = self.rules_of(tree, id);
        found.sort_by_key(|(at, _)| {
            (self.rules.get(*at).map(|rule| rule.selector.specificity()), *at)
        });
        let rules =
            || found.iter().filter_map(|(at, is_sure)| Some((self.rules.get(*at)?, *is_sure)));
        for (rule, is_sure) in rules() {
            declared = if is_sure { rule.usual } else { rule.usual.doubtful() }.over(declared);
        }
        if let Some((usual, _)) = own {
            declared = usual.over(declared);
        }
        for (rule, is_sure) in rules() {
            let important = rule.important;
            declared = if is_sure { important } else { important.doubtful() }.over(declared);
        }
        if let Some((_, important)) = own {
            declared = important.over(declared);
        }
        // links have a colour of their own
        if tree.name(id) == "a" && tree.attribute(id, "href").is_some() && declared.ink.is_none() {
            declared.ink = Some(ElementInk::Other);
        }
        declared
    }

    /// The rules for an element, and whether they are for it in any case.
    fn rules_of(&self, tree: &HtmlTree, id: NodeHandle) -> Vec<(usize, bool)> {
        if self.rules.is_empty() {
            return Vec::new();
        }
        let classes = tree.attribute(id, "class").unwrap_or_default().split_ascii_whitespace();
        let keys = classes
            .map(|class| SelectorKey::Class(class.to_owned()))
            .chain(tree.attribute(id, "id").map(|id| SelectorKey::Id(id.to_owned())))
            .chain([SelectorKey::Tag(tree.name(id).to_owned()), SelectorKey::Any]);
        let rules = keys.filter_map(|key| self.found_by.get(&key)).flatten();
        rules
            .filter_map(|at| {
                let rule = self.rules.get(*at)?;
                match rule.selector.matches(tree, id) {
                    SelectorMatch::No => None,
                    found => Some((*at, found == SelectorMatch::Yes && !rule.is_conditional)),
                }
            })
            .collect()
    }
}

/// What the attributes of an element say, and what browsers do with it by themselves.
fn of_attributes(tree: &HtmlTree, id: NodeHandle) -> StyleDeclaration {
    let mut declared = StyleDeclaration::default();
    let colour = |name: &str| {
        let value = tree.attribute(id, name)?.trim().to_ascii_lowercase();
        Some(match value.len() {
            // older pages leave out the sign
            6 if value.bytes().all(|b| b.is_ascii_hexdigit()) => format!("#{value}"),
            _ => value,
        })
    };
    if let Some(fill) = colour("bgcolor").and_then(|value| CssColour::find(&value)) {
        declared.fill = Some(fill.colour);
        declared.background = Some(HtmlBackground::Colour(fill.colour));
    } else if tree.attribute(id, "background").is_some() {
        declared.background = Some(HtmlBackground::Other);
    }
    match tree.name(id) {
        "font" => declared.ink = colour("color").and_then(|ink| ElementInk::read(&ink)),
        "body" => declared.ink = colour("text").and_then(|ink| ElementInk::read(&ink)),
        "mark" => {
            declared.background = Some(HtmlBackground::Colour(Colour::new(255, 255, 0)));
            declared.ink = Some(ElementInk::Colour(Colour::new(0, 0, 0)));
        }
        _ => {}
    }
    let classes = tree.attribute(id, "class").unwrap_or_default();
    if classes
        .split_ascii_whitespace()
        .any(|class| WORD_COMMENTS.iter().any(|of_comment| class.eq_ignore_ascii_case(of_comment)))
    {
        declared.remove(RemovedBy::Comment, true);
    }
    let is_closed = tree.name(id) == "dialog" && tree.attribute(id, "open").is_none();
    if is_closed || ["hidden", "popover"].iter().any(|name| tree.attribute(id, name).is_some()) {
        declared.remove(RemovedBy::Display, true);
    }
    declared
}

/// What stands after the end of the block that is open.
fn after_block(sheet: &str) -> &str {
    let mut depth = 1_usize;
    for (at, byte) in sheet.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return &sheet[at + 1..],
            b'}' => depth -= 1,
            _ => {}
        }
    }
    ""
}
