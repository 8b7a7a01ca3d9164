//! How elements look, as far as it says something: colours, emphasis, what is hidden, and the lists
//! of Word.

mod colour;
mod selector;
mod sheet;
mod syntax;

use crate::colour::Colour;
use crate::source::HiddenBy;

pub(super) use colour::WHITE;
use colour::{BLACK, CssColour, fraction, tokens};
pub(super) use sheet::StyleSheet;

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
    /// None at all.
    Transparent,
    /// One that is not known.
    Other,
}

impl ElementInk {
    /// None where it is that of the element around it.
    fn read(value: &str) -> Option<Self> {
        match value {
            "inherit" | "unset" | "currentcolor" | "revert" => return None,
            "initial" => return Some(Self::Colour(BLACK)),
            _ => {}
        }
        Some(match CssColour::find(value) {
            Some(ink) if ink.is_unseen() => Self::Transparent,
            Some(ink) if ink.is_solid() => Self::Colour(ink.colour),
            _ => Self::Other,
        })
    }
}

/// What an element inherits of how its words look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is inherited by itself")]
pub(super) struct InheritedStyle {
    is_removed: bool,
    invisible: bool,
    sizeless: bool,
    is_pushed_out: bool,
    /// Whether styles that depend on something else may hide it.
    is_doubtful: bool,
    /// The colour of words that an element gives them; none if it is the usual one or not known.
    pub(super) ink: Option<Colour>,
    text: ElementInk,
    /// The colour behind words; none if it is not known.
    behind: Option<Colour>,
    /// What may be behind them instead.
    behind_perhaps: Option<HtmlBackground>,
}

impl InheritedStyle {
    /// Words that are shown, in colours that are not known.
    pub(super) const SHOWN: Self = Self {
        is_removed: false,
        invisible: false,
        sizeless: false,
        is_pushed_out: false,
        is_doubtful: false,
        ink: None,
        text: ElementInk::Other,
        behind: None,
        behind_perhaps: None,
    };

    /// Words as browsers show them without a style.
    const BLACK_ON_WHITE: Self =
        Self { text: ElementInk::Colour(BLACK), behind: Some(WHITE), ..Self::SHOWN };

    /// What an element has that stands in one of these.
    pub(super) fn inside(mut self, declared: StyleDeclaration) -> Self {
        self.is_removed |= declared.is_removed();
        self.is_doubtful |= declared.is_doubtful;
        self.invisible = declared.invisible.unwrap_or(self.invisible);
        self.sizeless = declared.sizeless.unwrap_or(self.sizeless);
        self.is_pushed_out = declared.is_pushed_out.unwrap_or(self.is_pushed_out);
        if let Some(ink) = declared.ink {
            self.text = ink;
            self.ink = if let ElementInk::Colour(colour) = ink { Some(colour) } else { None };
        }
        match declared.background {
            Some(HtmlBackground::Colour(colour)) => {
                (self.behind, self.behind_perhaps) = (Some(colour), None);
            }
            Some(HtmlBackground::Other) => (self.behind, self.behind_perhaps) = (None, None),
            Some(HtmlBackground::SeeThrough) | None => {}
        }
        self.behind_perhaps = either(declared.background_perhaps, self.behind_perhaps);
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

    /// Whether words may be hidden, though it is not known.
    pub(super) fn may_hide(self) -> bool {
        let is_lost = matches!((self.text, self.behind), (ElementInk::Colour(ink), Some(behind))
            if ink.is_lost_on(behind));
        (self.is_doubtful || is_lost) && self.hidden_by().is_none()
    }

    /// How words are hidden; none if they are shown.
    pub(super) fn hidden_by(self) -> Option<HiddenBy> {
        if self.is_removed || self.invisible || self.sizeless || self.is_pushed_out {
            return Some(HiddenBy::PageStyle);
        }
        match (self.text, self.behind) {
            (ElementInk::Transparent, _) => Some(HiddenBy::PageStyle),
            (ElementInk::Colour(ink), Some(behind)) => {
                let is_lost = match self.behind_perhaps {
                    None => true,
                    Some(HtmlBackground::Colour(perhaps)) => ink.is_lost_on(perhaps),
                    Some(_) => false,
                };
                (is_lost && ink.is_lost_on(behind)).then_some(HiddenBy::Colour)
            }
            _ => None,
        }
    }
}

/// One of two backgrounds that may be there.
fn either(one: Option<HtmlBackground>, other: Option<HtmlBackground>) -> Option<HtmlBackground> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => Some(HtmlBackground::Other),
        _ => one.or(other),
    }
}

/// By what an element and all in it are taken off the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RemovedBy {
    Display,
    MsoHide,
    Opacity,
    ClipPath,
    Transform,
    Content,
    Margin,
    Comment,
    Spacing,
    Zoom,
}

const REMOVED_BY: usize = 10;

/// What a style says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one for each thing that a style can say")]
pub(super) struct StyleDeclaration {
    /// The colour behind the words; white where nothing is.
    pub(super) fill: Option<Colour>,
    /// What is behind the words, as far as it is known.
    background: Option<HtmlBackground>,
    /// What rules put there that may be for the element.
    background_perhaps: Option<HtmlBackground>,
    /// The colour of the words.
    ink: Option<ElementInk>,
    /// Whether the element and all in it are taken off the page, by each of the ways to do so.
    removed: [Option<bool>; REMOVED_BY],
    /// Whether it is placed where its offsets say, and whether these lie far off the page, or only
    /// nothing of it is shown.
    is_placed: Option<bool>,
    is_far_off: Option<bool>,
    is_clipped: Option<bool>,
    /// Whether its first line begins far off the page.
    is_pushed_out: Option<bool>,
    /// Whether its words are invisible, unless elements in it are visible again.
    invisible: Option<bool>,
    /// Whether its words have a size of next to nothing.
    sizeless: Option<bool>,
    /// Whether it has a width or height of zero, and whether it cuts off what is beyond that.
    is_flat: bool,
    is_cut: bool,
    /// Whether rules that may be for it would hide it.
    is_doubtful: bool,
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) struck: Option<bool>,
    /// The level of the list of Word that a paragraph is an item of, from 1.
    pub(super) list_level: Option<u8>,
    /// Whether it is the bullet or number that Word writes before an item.
    pub(super) is_marker: bool,
}

impl StyleDeclaration {
    #[cfg(test)]
    fn read(declarations: &str) -> Self {
        let (usual, important) = Self::read_parts(declarations);
        important.over(usual)
    }

    /// What declarations say, and what those say that are marked as important.
    fn read_parts(declarations: &str) -> (Self, Self) {
        let (mut usual, mut important) = (Self::default(), Self::default());
        for declaration in declarations.split(';') {
            let Some((property, value)) = declaration.split_once(':') else { continue };
            let property = syntax::unescaped(property.trim()).to_ascii_lowercase();
            let value = syntax::unescaped(value.trim()).to_ascii_lowercase();
            match value.rsplit_once('!') {
                Some((value, mark)) if mark.trim() == "important" => {
                    important.declare(&property, value.trim());
                }
                _ => usual.declare(&property, &value),
            }
        }
        (usual, important)
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
            "color" | "-webkit-text-fill-color" => self.ink = ElementInk::read(value).or(self.ink),
            "display" => self.remove(RemovedBy::Display, value.starts_with("none")),
            "mso-hide" => self.remove(RemovedBy::MsoHide, value.starts_with("all")),
            "content-visibility" => self.remove(RemovedBy::Content, value == "hidden"),
            "visibility" if value.starts_with("hidden") || value.starts_with("collapse") => {
                self.invisible = Some(true);
            }
            "visibility" if value.starts_with("visible") => self.invisible = Some(false),
            "opacity" => self.remove(RemovedBy::Opacity, is_unseen(value)),
            "filter" => {
                let opacity =
                    value.split_once("opacity(").and_then(|(_, rest)| rest.split_once(')'));
                self.remove(RemovedBy::Opacity, opacity.is_some_and(|(part, _)| is_unseen(part)));
            }
            "clip-path" => {
                let is_nothing = ["inset(50%", "inset(100%", "circle(0"];
                self.remove(RemovedBy::ClipPath, is_nothing.iter().any(|v| value.starts_with(v)));
            }
            "clip" => self.is_clipped = Some(clips_all(value)),
            "transform" => {
                let is_away = value.contains("translate") && is_far_off(value);
                let is_nothing = value.split("scale").skip(1).any(|part| {
                    part.split_once('(').is_some_and(|(_, inside)| {
                        inside.split([')', ',']).next().is_some_and(is_zero)
                    })
                });
                self.remove(RemovedBy::Transform, is_away || is_nothing);
            }
            "position" => {
                self.is_placed =
                    Some(matches!(value, "absolute" | "fixed" | "relative" | "sticky"));
            }
            "left" | "top" | "right" | "bottom" | "inset" => {
                self.is_far_off = Some(is_far_off(value) || self.is_far_off == Some(true));
            }
            "margin" | "margin-left" | "margin-top" => {
                self.remove(RemovedBy::Margin, is_far_off(value));
            }
            "letter-spacing" => {
                self.remove(RemovedBy::Spacing, is_overlaid(value));
            }
            "zoom" => self.remove(RemovedBy::Zoom, is_zero(value)),
            "text-indent" => self.is_pushed_out = Some(is_far_off(value)),
            "font-size" => self.sizeless = sizeless(value).or(self.sizeless),
            "font" => {
                let mut sizes = tokens(value)
                    .filter(|token| token.starts_with(|c: char| c.is_ascii_digit() || c == '.'));
                let size = sizes.find(|token| !is_weight(token));
                let size = size.and_then(|size| size.split('/').next());
                self.sizeless = size.and_then(sizeless).or(self.sizeless);
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
            // the comments of a page that Word saved
            "mso-element" => self.remove(RemovedBy::Comment, value.starts_with("comment")),
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

    fn remove(&mut self, by: RemovedBy, is_removed: bool) {
        if let Some(removed) = self.removed.get_mut(by as usize) {
            *removed = Some(is_removed);
        }
    }

    /// Whether the element is taken off the page with all in it.
    fn is_removed(self) -> bool {
        let is_elsewhere = [self.is_far_off, self.is_clipped].contains(&Some(true));
        self.removed.contains(&Some(true))
            || (self.is_flat && self.is_cut)
            || (self.is_placed == Some(true) && is_elsewhere)
    }

    /// The same of an element that it may not be for: what it would hide is not hidden, and its
    /// colours are not known.
    fn doubtful(self) -> Self {
        let hides = self.is_removed()
            || [self.invisible, self.sizeless, self.is_pushed_out].contains(&Some(true))
            || self.ink == Some(ElementInk::Transparent)
            || matches!((self.ink, self.background), (Some(ElementInk::Colour(ink)), None)
                if ink.is_lost_on(WHITE));
        let is_coloured = |background: &HtmlBackground| *background != HtmlBackground::SeeThrough;
        Self {
            background_perhaps: self.background.filter(is_coloured),
            ink: self.ink.map(|_| ElementInk::Other),
            is_doubtful: hides,
            ..Self::default()
        }
    }

    /// What is said here, and where nothing is, what was said before.
    fn over(self, before: Self) -> Self {
        let mut removed = self.removed;
        for (here, before) in removed.iter_mut().zip(before.removed) {
            *here = here.or(before);
        }
        Self {
            fill: self.fill.or(before.fill),
            background: self.background.or(before.background),
            background_perhaps: either(self.background_perhaps, before.background_perhaps),
            ink: self.ink.or(before.ink),
            removed,
            is_placed: self.is_placed.or(before.is_placed),
            is_far_off: self.is_far_off.or(before.is_far_off),
            is_clipped: self.is_clipped.or(before.is_clipped),
            is_pushed_out: self.is_pushed_out.or(before.is_pushed_out),
            invisible: self.invisible.or(before.invisible),
            sizeless: self.sizeless.or(before.sizeless),
            is_flat: self.is_flat || before.is_flat,
            is_cut: self.is_cut || before.is_cut,
            is_doubtful: self.is_doubtful || before.is_doubtful,
            bold: self.bold.or(before.bold),
            italic: self.italic.or(before.italic),
            struck: self.struck.or(before.struck),
            list_level: self.list_level.or(before.list_level),
            is_marker: self.is_marker || before.is_marker,
        }
    }
}

/// Whether a length such as `0pt` is nothing.
fn is_zero(value: &str) -> bool {
    number_and_unit(value).is_some_and(|(number, _)| number <= 0.0)
}

/// The number and the unit of the first length in a value.
fn number_and_unit(value: &str) -> Option<(f64, &str)> {
    let word = value.split_ascii_whitespace().next().unwrap_or_default();
    let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    Some((number.parse().ok()?, &word[number.len()..]))
}

/// How many pixels a unit has.
fn pixels_of(unit: &str) -> f64 {
    match unit {
        "pt" => 4.0 / 3.0,
        "em" | "rem" | "ex" | "ch" | "pc" | "lh" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 9.6 / 2.54,
        // of a page of the usual size
        "%" | "vw" | "vh" => 10.0,
        _ => 1.0,
    }
}

/// Whether letters this far from each other lie on top of each other.
fn is_overlaid(value: &str) -> bool {
    const OVERLAID: f64 = -8.0;
    number_and_unit(value).is_some_and(|(number, unit)| number * pixels_of(unit) <= OVERLAID)
}

/// Whether one of the lengths in a value leads far to the left of the page or above it.
fn is_far_off(value: &str) -> bool {
    const FAR: f64 = -500.0;
    value
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ','))
        .filter_map(number_and_unit)
        .any(|(number, unit)| number * pixels_of(unit) <= FAR)
}

/// Whether a part of 1, or a percentage, is next to nothing.
fn is_unseen(value: &str) -> bool {
    const MAX_UNSEEN: f64 = 0.05;
    fraction(value).is_some_and(|part| part <= MAX_UNSEEN)
}

/// Whether `rect(0, 0, 0, 0)` and the like show nothing.
fn clips_all(value: &str) -> bool {
    let Some(inside) = value.strip_prefix("rect(").and_then(|v| v.strip_suffix(')')) else {
        return false;
    };
    let edges: Vec<f64> = inside
        .split([',', ' '])
        .filter(|edge| !edge.is_empty())
        .filter_map(|edge| Some(number_and_unit(edge)?.0))
        .collect();
    matches!(edges.as_slice(), [top, right, bottom, left]
        if bottom - top <= 1.0 || right - left <= 1.0)
}

/// Whether words of this size cannot be seen; none where it depends on what is around them.
fn sizeless(value: &str) -> Option<bool> {
    const LEAST_PIXELS: f64 = 2.5;
    const LEAST_PART: f64 = 0.15;
    let Some((number, unit)) = number_and_unit(value) else { return Some(false) };
    match unit {
        _ if number <= 0.0 => Some(true),
        "em" | "%" | "ex" => {
            let part = if unit == "%" { number / 100.0 } else { number };
            // a part of nothing is nothing
            (part < LEAST_PART).then_some(true)
        }
        _ => Some(number * pixels_of(unit) < LEAST_PIXELS),
    }
}

/// Whether a number in a font is how bold it is.
fn is_weight(token: &str) -> bool {
    token.len() == 3 && token.ends_with("00")
}

fn background(value: &str) -> HtmlBackground {
    if matches!(
        value.split_ascii_whitespace().next(),
        Some("transparent" | "none" | "inherit" | "initial" | "unset")
    ) {
        return HtmlBackground::SeeThrough;
    }
    match CssColour::find(value) {
        Some(_) if value.contains("url(") || value.contains("gradient(") => HtmlBackground::Other,
        Some(found) if found.is_unseen() => HtmlBackground::SeeThrough,
        Some(found) if found.is_solid() => HtmlBackground::Colour(found.colour),
        _ => HtmlBackground::Other,
    }
}

/// The colour that a background has, if it names one; white for none.
fn fill(value: &str) -> Option<Colour> {
    let colour = CssColour::find(value).map(|found| found.colour);
    colour.or_else(|| (value.split_ascii_whitespace().any(|word| word == "none")).then_some(WHITE))
}

#[cfg(test)]
mod tests;
