//! How elements look, as far as it says something: colours, emphasis, what is hidden, and the lists of Word.

use std::collections::HashMap;

use crate::colour::Colour;

use super::tree::{Id, Tree};

/// What a style says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Declared {
    /// The colour behind the words; white where nothing is.
    pub(super) fill: Option<Colour>,
    pub(super) hidden: Option<bool>,
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) struck: Option<bool>,
    /// The level of the list of Word that a paragraph is an item of, from 1.
    pub(super) list_level: Option<u8>,
    /// Whether it is the bullet or number that Word writes before an item.
    pub(super) is_marker: bool,
}

impl Declared {
    fn read(declarations: &str) -> Self {
        let mut all = Self::default();
        for declaration in declarations.split(';') {
            if let Some((property, value)) = declaration.split_once(':') {
                all.declare(&property.trim().to_ascii_lowercase(), &value.trim().to_ascii_lowercase());
            }
        }
        all
    }

    fn declare(&mut self, property: &str, value: &str) {
        match property {
            "background" | "background-color" => self.fill = fill(value).or(self.fill),
            "display" => self.hidden = Some(value.starts_with("none")),
            "mso-hide" => self.hidden = Some(value == "all"),
            "font-weight" => self.bold = Some(matches!(value, "bold" | "bolder" | "600" | "700" | "800" | "900")),
            "font-style" => self.italic = Some(matches!(value, "italic" | "oblique")),
            "text-decoration" | "text-decoration-line" => self.struck = Some(value.contains("line-through")),
            "mso-list" if value == "ignore" => self.is_marker = true,
            "mso-list" => {
                let level = value.split_ascii_whitespace().find_map(|word| word.strip_prefix("level"));
                self.list_level = level.and_then(|level| level.parse().ok()).filter(|level| *level > 0);
            }
            _ => {}
        }
    }

    /// What is said here, and where nothing is, what was said before.
    fn over(self, before: Self) -> Self {
        Self {
            fill: self.fill.or(before.fill),
            hidden: self.hidden.or(before.hidden),
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
pub(super) struct Styles {
    classes: HashMap<String, Declared>,
}

impl Styles {
    /// Takes the rules of a style sheet that are about a class and nothing else.
    pub(super) fn take(&mut self, sheet: &str) {
        for rule in sheet.split('}') {
            let Some((selectors, declarations)) = rule.rsplit_once('{') else { continue };
            let selectors = selectors.rsplit("*/").next().unwrap_or_default();
            let declared = Declared::read(declarations);
            if declared == Declared::default() {
                continue;
            }
            for class in selectors.split(',').filter_map(class) {
                let before = self.classes.get(class).copied().unwrap_or_default();
                self.classes.insert(class.to_owned(), declared.over(before));
            }
        }
    }

    /// What is said of an element, by its class and by its own style.
    pub(super) fn of(&self, tree: &Tree, id: Id) -> Declared {
        let mut declared = Declared::default();
        if !self.classes.is_empty() {
            for class in tree.attribute(id, "class").unwrap_or_default().split_ascii_whitespace() {
                declared = self.classes.get(class).map_or(declared, |class| class.over(declared));
            }
        }
        if let Some(fill) = tree.attribute(id, "bgcolor").and_then(|value| fill(&value.to_ascii_lowercase())) {
            declared.fill = Some(fill);
        }
        if tree.attribute(id, "hidden").is_some() {
            declared.hidden = Some(true);
        }
        match tree.attribute(id, "style") {
            Some(style) => Declared::read(style).over(declared),
            None => declared,
        }
    }
}

/// The class of a selector such as `.xl65` or `td.xl65`.
fn class(selector: &str) -> Option<&str> {
    let (element, class) = selector.trim().split_once('.')?;
    let is_name = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    (is_name(element) && is_name(class) && !class.is_empty()).then_some(class)
}

/// What is behind words on a page without colours.
pub(super) const WHITE: Colour = Colour::new(255, 255, 255);

/// The colour that a background has, if it names one.
fn fill(value: &str) -> Option<Colour> {
    value.split_ascii_whitespace().find_map(|word| named(word).or_else(|| hexadecimal(word))).or_else(|| by_parts(value))
}

fn hexadecimal(word: &str) -> Option<Colour> {
    let digits = word.strip_prefix('#')?;
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let [_, red, green, blue] = number.to_be_bytes();
    match digits.len() {
        6 => Some(Colour::new(red, green, blue)),
        // each digit stands for two: #f90 is #ff9900
        3 => Some(Colour::new((green & 0xf) * 17, (blue >> 4) * 17, (blue & 0xf) * 17)),
        _ => None,
    }
}

/// `rgb(255, 0, 0)`.
fn by_parts(value: &str) -> Option<Colour> {
    let (_, parts) = value.split_once("rgb(")?;
    let mut parts = parts.split(')').next()?.split([',', ' ']).filter(|part| !part.is_empty()).map(|part| part.parse().ok());
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
        let mut styles = Styles::default();
        styles.take("<!-- /* a */ td, .xl65\n{mso-style-parent:style0;\n background:#00B050; mso-pattern:black none;}\n.font5 {text-decoration:line-through;} p.a b {display:none}");
        assert_eq!(styles.classes.len(), 2);
        assert_eq!(styles.classes["xl65"].fill, Some(Colour::new(0, 0xb0, 0x50)));
        assert_eq!(styles.classes["font5"].struck, Some(true));
    }

    #[test]
    fn items_of_word_are_known_by_their_level() {
        assert_eq!(Declared::read("text-indent:-18pt;mso-list:l0 level2 lfo1").list_level, Some(2));
        assert!(Declared::read("mso-list:Ignore").is_marker);
        assert_eq!(Declared::read("DISPLAY: None !important").hidden, Some(true));
    }
}
