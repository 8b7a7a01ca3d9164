//! How elements look, as far as it says something: colours, emphasis, what is hidden, and the lists
//! of Word.

use std::collections::HashMap;

use crate::colour::Colour;
use crate::source::HiddenBy;

use super::tree::{HtmlTree, NodeHandle};

/// What is behind the words of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HtmlBackground {
    Colour(Colour),
    /// What is behind the element around it.
    SeeThrough,
    /// A picture, or a colour that is not known.
    Other,
}

/// The colour of the words of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ElementInk {
    Colour(Colour),
    /// The usual one, or one that is not known.
    Other,
}

impl ElementInk {
    fn read(value: &str) -> Self {
        match fill(value).filter(|_| value != "transparent" && value != "none") {
            Some(colour) => Self::Colour(colour),
            None => Self::Other,
        }
    }
}

/// What an element inherits of how its words look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct InheritedStyle {
    is_removed: bool,
    invisible: bool,
    sizeless: bool,
    /// The colour of words; none if it is the usual one or not known.
    pub(super) ink: Option<Colour>,
    /// The colour behind words; none if it is not known.
    behind: Option<Colour>,
}

impl InheritedStyle {
    /// Words that are shown.
    pub(super) const SHOWN: Self =
        Self { is_removed: false, invisible: false, sizeless: false, ink: None, behind: None };

    /// What an element has that stands in one of these.
    pub(super) fn inside(mut self, declared: StyleDeclaration) -> Self {
        self.is_removed |= declared.is_removed || (declared.is_flat && declared.is_cut);
        self.invisible = declared.invisible.unwrap_or(self.invisible);
        self.sizeless = declared.sizeless.unwrap_or(self.sizeless);
        match declared.ink {
            Some(ElementInk::Colour(colour)) => self.ink = Some(colour),
            Some(ElementInk::Other) => self.ink = None,
            None => {}
        }
        match declared.background {
            Some(HtmlBackground::Colour(colour)) => self.behind = Some(colour),
            Some(HtmlBackground::Other) => self.behind = None,
            Some(HtmlBackground::SeeThrough) | None => {}
        }
        self
    }

    /// The same, but hidden if so.
    pub(super) fn hidden_if(mut self, is_hidden: bool) -> Self {
        self.is_removed |= is_hidden;
        self
    }

    /// Whether words are hidden.
    #[cfg(test)]
    pub(super) fn hides(self) -> bool {
        self.hidden_by().is_some()
    }

    /// Whether rows and columns are hidden: words of no colour do not make one so.
    pub(super) fn hides_boxes(self) -> bool {
        self.is_removed || self.invisible
    }

    /// How words are hidden; none if they are shown.
    pub(super) fn hidden_by(self) -> Option<HiddenBy> {
        if self.is_removed || self.invisible || self.sizeless {
            return Some(HiddenBy::PageStyle);
        }
        (self.ink.is_some() && self.ink == self.behind).then_some(HiddenBy::Colour)
    }
}

/// What a style says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one for each thing that a style can say")]
pub(super) struct StyleDeclaration {
    /// The colour behind the words; white where nothing is.
    pub(super) fill: Option<Colour>,
    /// What is behind the words, as far as it is known.
    background: Option<HtmlBackground>,
    /// The colour of the words.
    ink: Option<ElementInk>,
    /// Whether the element and all in it are taken off the page.
    is_removed: bool,
    /// Whether it says itself that it is on the page.
    is_displayed: bool,
    /// Whether its words are invisible, unless elements in it are visible again.
    invisible: Option<bool>,
    /// Whether its words have a size of zero.
    sizeless: Option<bool>,
    /// Whether it has a width or height of zero, and whether it cuts off what is beyond that.
    is_flat: bool,
    is_cut: bool,
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) struck: Option<bool>,
    /// The level of the list of Word that a paragraph is an item of, from 1.
    pub(super) list_level: Option<u8>,
    /// Whether it is the bullet or number that Word writes before an item.
    pub(super) is_marker: bool,
}

impl StyleDeclaration {
    fn read(declarations: &str) -> Self {
        let mut all = Self::default();
        for declaration in declarations.split(';') {
            if let Some((property, value)) = declaration.split_once(':') {
                all.declare(
                    &property.trim().to_ascii_lowercase(),
                    &value.trim().to_ascii_lowercase(),
                );
            }
        }
        all
    }

    fn declare(&mut self, property: &str, value: &str) {
        match property {
            "background" | "background-color" => {
                self.fill = fill(value).or(self.fill);
                self.background = Some(background(value));
            }
            "background-image" if !value.starts_with("none") => {
                self.background = Some(HtmlBackground::Other);
            }
            "color" => self.ink = Some(ElementInk::read(value)),
            "display" => {
                (self.is_removed, self.is_displayed) =
                    (value.starts_with("none"), !value.starts_with("none"));
            }
            "mso-hide" => self.is_removed = value.starts_with("all"),
            "visibility" if value.starts_with("hidden") || value.starts_with("collapse") => {
                self.invisible = Some(true);
            }
            "visibility" if value.starts_with("visible") => self.invisible = Some(false),
            "opacity" if is_zero(value) => self.is_removed = true,
            "font-size" if is_zero(value) => self.sizeless = Some(true),
            // a part of nothing is nothing
            "font-size" if !value.contains(['%', 'e']) || value.contains("rem") => {
                self.sizeless = Some(false);
            }
            "width" | "height" | "max-width" | "max-height" => self.is_flat |= is_zero(value),
            "overflow" => self.is_cut = value.starts_with("hidden") || value.starts_with("clip"),
            "font-weight" => {
                self.bold =
                    Some(matches!(value, "bold" | "bolder" | "600" | "700" | "800" | "900"));
            }
            "font-style" => self.italic = Some(matches!(value, "italic" | "oblique")),
            "text-decoration" | "text-decoration-line" => {
                self.struck = Some(value.contains("line-through"));
            }
            "mso-list" if value == "ignore" => self.is_marker = true,
            "mso-list" => {
                let level =
                    value.split_ascii_whitespace().find_map(|word| word.strip_prefix("level"));
                self.list_level =
                    level.and_then(|level| level.parse().ok()).filter(|level| *level > 0);
            }
            _ => {}
        }
    }

    /// What is said here, and where nothing is, what was said before.
    fn over(self, before: Self) -> Self {
        Self {
            fill: self.fill.or(before.fill),
            background: self.background.or(before.background),
            ink: self.ink.or(before.ink),
            is_removed: self.is_removed || (before.is_removed && !self.is_displayed),
            is_displayed: self.is_displayed || before.is_displayed,
            invisible: self.invisible.or(before.invisible),
            sizeless: self.sizeless.or(before.sizeless),
            is_flat: self.is_flat || before.is_flat,
            is_cut: self.is_cut || before.is_cut,
            bold: self.bold.or(before.bold),
            italic: self.italic.or(before.italic),
            struck: self.struck.or(before.struck),
            list_level: self.list_level.or(before.list_level),
            is_marker: self.is_marker || before.is_marker,
        }
    }
}

/// The styles of a page that have a name, as Excel writes one for each kind of cell.
#[derive(Debug, Default)]
pub(super) struct StyleSheet {
    classes: HashMap<String, StyleDeclaration>,
    /// Whether there are styles that are not understood, and so may colour whatever is behind
    /// words.
    is_unsure: bool,
}

impl StyleSheet {
    /// Takes the rules of a style sheet that are about a class and nothing else, on a screen.
    pub(super) fn take(&mut self, sheet: &str) {
        let mut rest = sheet;
        while let Some(open) = rest.find('{') {
            let (selectors, after) = (&rest[..open], &rest[open + 1..]);
            let selectors = selectors.rsplit(['}', ';']).next().unwrap_or_default();
            let selectors = selectors.rsplit("*/").next().unwrap_or_default();
            if selectors.trim_start_matches("<!--").trim_start().starts_with('@') {
                self.is_unsure = true;
                rest = after_block(after);
                continue;
            }
            let end = after.find('}').unwrap_or(after.len());
            self.rule(selectors, &after[..end]);
            rest = after.get(end + 1..).unwrap_or_default();
        }
    }

    fn rule(&mut self, selectors: &str, declarations: &str) {
        let declared = StyleDeclaration::read(declarations);
        if declared == StyleDeclaration::default() {
            return;
        }
        for selector in selectors.split(',') {
            let Some(class) = class(selector) else {
                self.is_unsure |= !matches!(
                    declared.background,
                    None | Some(HtmlBackground::SeeThrough | HtmlBackground::Colour(WHITE))
                );
                continue;
            };
            let before = self.classes.get(class).copied().unwrap_or_default();
            self.classes.insert(class.to_owned(), declared.over(before));
        }
    }

    /// Takes note of a style sheet that is not in the page.
    pub(super) fn miss(&mut self) {
        self.is_unsure = true;
    }

    /// How words of the page are, where no element says so.
    pub(super) fn of_page(&self) -> InheritedStyle {
        InheritedStyle { behind: (!self.is_unsure).then_some(WHITE), ..InheritedStyle::SHOWN }
    }

    /// What is said of an element, by its class and by its own style.
    pub(super) fn of(&self, tree: &HtmlTree, id: NodeHandle) -> StyleDeclaration {
        let mut declared = StyleDeclaration::default();
        if !self.classes.is_empty() {
            for class in tree.attribute(id, "class").unwrap_or_default().split_ascii_whitespace() {
                declared = self.classes.get(class).map_or(declared, |class| class.over(declared));
            }
        }
        if let Some(fill) =
            tree.attribute(id, "bgcolor").and_then(|value| fill(&value.to_ascii_lowercase()))
        {
            declared.fill = Some(fill);
            declared.background = Some(HtmlBackground::Colour(fill));
        }
        if tree.attribute(id, "hidden").is_some() {
            declared.is_removed = true;
        }
        if let Some(ink) = tree.attribute(id, "color").filter(|_| tree.name(id) == "font") {
            declared.ink = Some(ElementInk::read(&ink.trim().to_ascii_lowercase()));
        }
        // links have a colour of their own
        if tree.name(id) == "a" && tree.attribute(id, "href").is_some() && declared.ink.is_none() {
            declared.ink = Some(ElementInk::Other);
        }
        match tree.attribute(id, "style") {
            Some(style) => StyleDeclaration::read(style).over(declared),
            None => declared,
        }
    }
}

/// The class of a selector such as `.xl65` or `td.xl65`.
fn class(selector: &str) -> Option<&str> {
    let (element, class) = selector.trim().split_once('.')?;
    let is_name =
        |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    (is_name(element) && is_name(class) && !class.is_empty()).then_some(class)
}

/// What is behind words on a page without colours.
pub(super) const WHITE: Colour = Colour::new(255, 255, 255);

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

/// Whether a length such as `0pt` is nothing.
fn is_zero(value: &str) -> bool {
    let number = value
        .split_ascii_whitespace()
        .next()
        .unwrap_or_default()
        .trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.parse::<f64>().is_ok_and(|number| number <= 0.0)
}

fn background(value: &str) -> HtmlBackground {
    if matches!(
        value.split_ascii_whitespace().next(),
        Some("transparent" | "none" | "inherit" | "initial" | "unset")
    ) {
        return HtmlBackground::SeeThrough;
    }
    match fill(value) {
        Some(colour) if !value.contains("url(") => HtmlBackground::Colour(colour),
        _ => HtmlBackground::Other,
    }
}

/// The colour that a background has, if it names one.
fn fill(value: &str) -> Option<Colour> {
    value
        .split_ascii_whitespace()
        .find_map(|word| named(word).or_else(|| hexadecimal(word)))
        .or_else(|| by_parts(value))
}

fn hexadecimal(word: &str) -> Option<Colour> {
    let digits = word.strip_prefix('#')?;
    if digits.chars().count() == 3 {
        // each digit stands for two: #f90 is #ff9900
        return Colour::from_hex(&digits.chars().flat_map(|digit| [digit; 2]).collect::<String>());
    }
    Colour::from_hex(digits)
}

/// `rgb(255, 0, 0)`.
fn by_parts(value: &str) -> Option<Colour> {
    let (_, parts) = value.split_once("rgb(")?;
    let mut parts = parts
        .split(')')
        .next()?
        .split([',', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok());
    let colour = Colour::new(parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(colour)
}

/// The colours that HTML has had names for from the start, and those that people use for states.
fn named(word: &str) -> Option<Colour> {
    let (red, green, blue) = match word {
        "white" | "transparent" | "none" => return Some(WHITE),
        "black" => (0, 0, 0),
        "silver" => (0xc0, 0xc0, 0xc0),
        "gray" | "grey" => (0x80, 0x80, 0x80),
        "maroon" => (0x80, 0, 0),
        "red" => (0xff, 0, 0),
        "purple" => (0x80, 0, 0x80),
        "fuchsia" | "magenta" => (0xff, 0, 0xff),
        "green" => (0, 0x80, 0),
        "lime" => (0, 0xff, 0),
        "olive" => (0x80, 0x80, 0),
        "yellow" => (0xff, 0xff, 0),
        "navy" => (0, 0, 0x80),
        "blue" => (0, 0, 0xff),
        "teal" => (0, 0x80, 0x80),
        "aqua" | "cyan" => (0, 0xff, 0xff),
        "orange" => (0xff, 0xa5, 0),
        "gold" => (0xff, 0xd7, 0),
        "lightgreen" => (0x90, 0xee, 0x90),
        "lightblue" => (0xad, 0xd8, 0xe6),
        "lightgrey" | "lightgray" => (0xd3, 0xd3, 0xd3),
        "pink" => (0xff, 0xc0, 0xcb),
        _ => return None,
    };
    Some(Colour::new(red, green, blue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backgrounds_are_read_as_programs_write_them() {
        let orange = Some(Colour::new(255, 153, 0));
        for (value, expected) in [
            ("#ff9900", orange),
            ("#f90", orange),
            ("rgb(255, 153, 0)", orange),
            ("url(x.png) #ff9900 no-repeat", orange),
            ("red", Some(Colour::new(255, 0, 0))),
            ("white", Some(WHITE)),
            ("#ffffff", Some(WHITE)),
            ("transparent", Some(WHITE)),
            ("url(x.png)", None),
            ("#12é", None),
            ("rgb(1,2)", None),
        ] {
            assert_eq!(fill(value), expected, "{value}");
        }
    }

    #[test]
    fn styles_by_name_are_those_of_a_class_alone() {
        let mut styles = StyleSheet::default();
        styles.take("<!-- /* a */ td, .xl65\n{mso-style-parent:style0;\n background:#00B050; mso-pattern:black none;}\n.font5 {text-decoration:line-through;} p.a b {display:none}");
        assert_eq!(styles.classes.len(), 2);
        assert_eq!(styles.classes["xl65"].fill, Some(Colour::new(0, 0xb0, 0x50)));
        assert_eq!(styles.classes["font5"].struck, Some(true));
    }

    #[test]
    fn words_that_cannot_be_seen_are_known() {
        let by = |style: &str| {
            StyleSheet::default().of_page().inside(StyleDeclaration::read(style)).hidden_by()
        };
        for style in [
            "display:none",
            "visibility: hidden",
            "visibility:collapse",
            "font-size:0pt",
            "height:0;overflow:hidden",
            "opacity:0",
        ] {
            assert_eq!(by(style), Some(HiddenBy::PageStyle), "{style}");
        }
        for style in [
            "color:#fff",
            "color: white; background: transparent",
            "background:navy;color:#000080",
            "COLOR: rgb(255,255,255)",
        ] {
            assert_eq!(by(style), Some(HiddenBy::Colour), "{style}");
        }
        for style in [
            "color:white;background:navy",
            "color:white;background:url(x.png)",
            "font-size:0.8em",
            "height:0",
            "color:var(--x)",
        ] {
            assert_eq!(by(style), None, "{style}");
        }
        let again = |outer: &str, inner: &str| {
            StyleSheet::default()
                .of_page()
                .inside(StyleDeclaration::read(outer))
                .inside(StyleDeclaration::read(inner))
                .hides()
        };
        assert!(again("display:none", "display:block"));
        assert!(!again("visibility:hidden", "visibility:visible"));
        assert!(!again("font-size:0", "font-size:12px"));
        assert!(again("font-size:0", "font-size:2em"));
    }

    #[test]
    fn white_words_are_kept_where_something_may_be_behind_them() {
        for sheet in ["th {background: navy}", "@media screen {td {background: navy}}"] {
            let mut styles = StyleSheet::default();
            styles.take(sheet);
            assert!(
                !styles.of_page().inside(StyleDeclaration::read("color:white")).hides(),
                "{sheet}"
            );
        }
    }

    #[test]
    fn rules_for_paper_hide_nothing_on_a_screen() {
        let mut styles = StyleSheet::default();
        styles.take("@media print { .a {color:red} .b {display:none} } .c {display:none}");
        assert_eq!(styles.classes.keys().collect::<Vec<_>>(), ["c"]);
    }

    #[test]
    fn items_of_word_are_known_by_their_level() {
        assert_eq!(
            StyleDeclaration::read("text-indent:-18pt;mso-list:l0 level2 lfo1").list_level,
            Some(2)
        );
        assert!(StyleDeclaration::read("mso-list:Ignore").is_marker);
        assert!(StyleDeclaration::read("DISPLAY: None !important").is_removed);
    }
}
