//! Strings of workbooks: the shared ones and those that stand in their cells, plain or in runs of
//! different looks.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::colour::Colour;
use crate::error::Error;
use crate::limits::Limits;
use crate::place::Place;
use crate::read::workbook::package::PartReader;
use crate::read::workbook::palette::BLACK;
use crate::read::workbook::parsed_text::ParsedText;
use crate::read::workbook::pieces;
use crate::read::workbook::style::{CellStyle, StyledRun, is_too_small};
use crate::read::workbook::xml::{XmlEvent, XmlReader, XmlTag, attribute, is_on};
use crate::text::{SmallVec, Span, SpanStyle};

use super::theme::ThemeColours;

/// The words of a string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SharedText<'a> {
    Plain(Cow<'a, str>),
    Rich(Vec<RichTextRun<'a>>),
}

/// A run of words in one look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RichTextRun<'a> {
    words: Cow<'a, str>,
    style: SpanStyle,
    /// The look that it has of its own; else it has that of the cell (ECMA-376, 18.4.7).
    own: Option<RunFont>,
}

/// The font of a run, as far as it can hide its words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct RunFont {
    /// None for black.
    ink: Option<Colour>,
    is_too_small: bool,
}

impl SharedText<'_> {
    /// The words as runs; in a struck cell, those without a look of their own are struck.
    pub(super) fn runs(&self, struck: bool) -> SmallVec<Span> {
        match self {
            Self::Plain(words) => Span {
                style: SpanStyle { struck, ..SpanStyle::default() },
                ..Span::plain(&**words)
            }
            .into(),
            Self::Rich(runs) => {
                let look = |run: &RichTextRun<'_>| SpanStyle {
                    struck: run.style.struck || (struck && run.own.is_none()),
                    ..run.style
                };
                runs.iter()
                    .map(|run| Span { style: look(run), ..Span::plain(&*run.words) })
                    .collect::<Vec<_>>()
                    .into()
            }
        }
    }

    /// The words as runs in a cell of this style, with what of them cannot be seen.
    pub(super) fn styled_runs(&self, cell: &CellStyle) -> Vec<StyledRun> {
        let of_cell = cell.colours.with_ink(cell.format.ink_of_words);
        let spans = self.runs(cell.struck);
        let mut fonts = match self {
            Self::Plain(_) => [].iter(),
            Self::Rich(runs) => runs.iter(),
        };
        let mut styled = |span: &Span| match fonts.next().and_then(|run| run.own) {
            None => StyledRun::new(span.clone(), of_cell, cell.is_removed),
            Some(font) => {
                let ink = cell.format.ink_of_words.or(Some(font.ink.unwrap_or(BLACK)));
                StyledRun::new(span.clone(), cell.colours.with_ink(ink), font.is_too_small)
            }
        };
        spans.iter().map(&mut styled).collect()
    }

    fn into_owned(self) -> SharedText<'static> {
        match self {
            Self::Plain(words) => SharedText::Plain(Cow::Owned(words.into_owned())),
            Self::Rich(runs) => {
                let owned = |run: RichTextRun<'_>| RichTextRun {
                    words: Cow::Owned(run.words.into_owned()),
                    style: run.style,
                    own: run.own,
                };
                SharedText::Rich(runs.into_iter().map(owned).collect())
            }
        }
    }
}

/// The shared strings of a workbook, by their numbers.
#[derive(Default)]
pub(super) struct SharedStrings {
    said: Vec<ParsedText>,
    /// The words of those that are read again in some cells.
    words: HashMap<usize, SharedText<'static>>,
}

/// What a cell has of a shared string.
pub(super) enum SharedString<'s> {
    /// What it says in every cell.
    Said(&'s ParsedText),
    /// Its words, which say something else in this cell, or of which there is something to tell.
    Words(&'s SharedText<'static>),
}

impl SharedStrings {
    /// Reads the part that holds them; `can_be_struck` where the workbook has cells whose words are
    /// struck.
    pub(super) fn read(
        part: &mut PartReader<'_>,
        can_be_struck: bool,
        colours: &ThemeColours,
        limits: &Limits,
    ) -> Result<Self, Error> {
        let mut strings = Self::default();
        let most = part.likely / "<si/>".len();
        let read = pieces::read(part, limits, |xml| {
            if let Some(words) = xml.plain("<si><t>", "</t></si>") {
                strings.push(
                    SharedText::Plain(unescaped(trimmed(Cow::Borrowed(words)))),
                    can_be_struck,
                );
                return Ok(true);
            }
            match xml.next()? {
                None => return Ok(false),
                Some(XmlEvent::Start(tag)) if tag.name == "si" => {
                    strings.push(words(xml, Some(colours))?, can_be_struck);
                }
                Some(XmlEvent::Start(tag)) if tag.name == "sst" => {
                    let count = attribute(&tag, "uniqueCount")
                        .and_then(|count| count.parse().ok())
                        .unwrap_or_default();
                    strings.said.reserve_exact(most.min(count));
                }
                Some(XmlEvent::Empty(tag)) if tag.name == "si" => {
                    strings.push(SharedText::Plain(Cow::Borrowed("")), false);
                }
                Some(_) => {}
            }
            Ok(true)
        });
        part.damage.take().map_or(read, Err)?;
        Ok(strings)
    }

    fn push(&mut self, words: SharedText<'_>, keep: bool) {
        // what is to be reported is reported of each cell, with its own place
        let said = ParsedText::of(words.runs(false), &Place::in_text(0, 0, 0), &mut Vec::new());
        if keep || said.tells || matches!(words, SharedText::Rich(_)) {
            self.words.insert(self.said.len(), words.into_owned());
        }
        self.said.push(said);
    }

    /// A string in a cell, which may be struck.
    pub(super) fn get(&self, index: usize, struck: bool) -> Option<SharedString<'_>> {
        let said = self.said.get(index)?;
        let again = self
            .words
            .get(&index)
            .filter(|words| struck || said.tells || matches!(words, SharedText::Rich(_)));
        Some(again.map_or(SharedString::Said(said), SharedString::Words))
    }
}

/// The string whose element has just begun; without colours to name, all of it is black.
pub(super) fn words<'a>(
    xml: &mut XmlReader<'a>,
    colours: Option<&ThemeColours>,
) -> Result<SharedText<'a>, Error> {
    let mut plain = Cow::Borrowed("");
    let mut runs: Vec<RichTextRun<'a>> = Vec::new();
    let mut own: Option<RunFont> = None;
    let mut style = SpanStyle::default();
    let mut depth = 0_usize;
    while let Some(event) = xml.next()? {
        match event {
            XmlEvent::Start(tag) => match tag.name {
                "t" => {
                    let text = text(xml, &tag)?;
                    let is_plain = own.unwrap_or_default() == RunFont::default();
                    if style == SpanStyle::default() && is_plain && runs.is_empty() {
                        join(&mut plain, text);
                    } else {
                        if runs.is_empty() && !plain.is_empty() {
                            runs.push(RichTextRun {
                                words: std::mem::take(&mut plain),
                                style: SpanStyle::default(),
                                own: None,
                            });
                        }
                        runs.push(RichTextRun { words: text, style, own });
                    }
                }
                // How words are pronounced: they stand there twice.
                "rPh" => xml.skip()?,
                "r" => {
                    (style, own) = (SpanStyle::default(), None);
                    depth += 1;
                }
                "rPr" => {
                    own = Some(RunFont::default());
                    depth += 1;
                }
                _ => {
                    apply(&mut style, own.as_mut(), &tag, colours);
                    depth += 1;
                }
            },
            XmlEvent::Empty(tag) => apply(&mut style, own.as_mut(), &tag, colours),
            XmlEvent::End(_) if depth == 0 => break,
            XmlEvent::End(tag) => {
                depth -= 1;
                if tag.name == "r" {
                    (style, own) = (SpanStyle::default(), None);
                }
            }
            _ => {}
        }
    }
    if runs.is_empty() {
        return Ok(SharedText::Plain(plain));
    }
    Ok(SharedText::Rich(runs))
}

fn apply(
    style: &mut SpanStyle,
    font: Option<&mut RunFont>,
    tag: &XmlTag<'_>,
    colours: Option<&ThemeColours>,
) {
    match (tag.name, font) {
        ("color", Some(font)) => font.ink = colours.and_then(|colours| colours.of(tag)),
        ("sz", Some(font)) => {
            let size = attribute(tag, "val").and_then(|size| size.parse().ok());
            font.is_too_small = size.is_some_and(is_too_small);
        }
        _ => {}
    }
    match tag.name {
        "b" => style.bold = is_on(tag),
        "i" => style.italic = is_on(tag),
        "strike" | "dstrike" => style.struck = is_on(tag),
        _ => {}
    }
}

/// The words of a `t` element; white space around them counts only where it says so.
fn text<'a>(xml: &mut XmlReader<'a>, tag: &XmlTag<'_>) -> Result<Cow<'a, str>, Error> {
    let words = xml.words()?;
    let words =
        if attribute(tag, "space").as_deref() == Some("preserve") { words } else { trimmed(words) };
    Ok(unescaped(words))
}

fn trimmed(words: Cow<'_, str>) -> Cow<'_, str> {
    if words.as_bytes().first().is_none_or(|first| *first > b' ')
        && words.as_bytes().last().is_none_or(|last| *last > b' ')
    {
        return words;
    }
    let ends = [' ', '\t', '\r', '\n'];
    match words {
        Cow::Borrowed(words) => Cow::Borrowed(words.trim_matches(ends)),
        Cow::Owned(words) => Cow::Owned(words.trim_matches(ends).to_owned()),
    }
}

fn join<'a>(words: &mut Cow<'a, str>, more: Cow<'a, str>) {
    if words.is_empty() {
        *words = more;
    } else {
        words.to_mut().push_str(&more);
    }
}

/// Words with `_x000D_` and the like read as the characters that they stand for (ECMA-376,
/// 22.9.2.19).
pub(crate) fn unescaped(words: Cow<'_, str>) -> Cow<'_, str> {
    if !words.contains("_x") {
        return words;
    }
    let mut out = String::with_capacity(words.len());
    let mut rest: &str = &words;
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let (character, length) = escaped(escape).unwrap_or(('_', 1));
        out.push(character);
        rest = escape.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character that an escape at the start stands for, and how long the escape is.
fn escaped(text: &str) -> Option<(char, usize)> {
    const LENGTH: usize = "_x000D_".len();
    let unit = |from: usize| {
        let digits = text.get(from..from + LENGTH)?.strip_prefix("_x")?.strip_suffix('_')?;
        digits
            .bytes()
            .all(|b| b.is_ascii_hexdigit())
            .then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let first = unit(0)?;
    match char::from_u32(u32::from(first)) {
        Some(character) => Some((character, LENGTH)),
        None => char::decode_utf16([first, unit(LENGTH)?]).next()?.ok().map(|c| (c, 2 * LENGTH)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(si: &str) -> Vec<Span> {
        let mut xml = XmlReader::new(si, &Limits::default());
        xml.next().unwrap();
        words(&mut xml, None).unwrap().runs(false).to_vec()
    }

    #[test]
    fn a_string_is_read_again_where_it_is_struck_or_has_something_to_tell() {
        let part = "<sst><si><t>kept</t></si><si/><si><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></si><si><t>_x001F_</t></si></sst>";
        let read = |can_be_struck| {
            SharedStrings::read(
                &mut PartReader::of(part.as_bytes(), &mut part.len()),
                can_be_struck,
                &ThemeColours::read(None, &Limits::default()),
                &Limits::default(),
            )
            .unwrap()
        };
        let text =
            |strings: &SharedStrings, index, struck| match strings.get(index, struck).unwrap() {
                SharedString::Said(said) => said.text.to_commonmark(),
                SharedString::Words(words) => {
                    format!("again: {:?}", words.runs(struck)[0].style.struck)
                }
            };
        let strings = read(true);
        let shown: Vec<_> =
            (0..4).flat_map(|i| [text(&strings, i, false), text(&strings, i, true)]).collect();
        assert_eq!(
            shown,
            [
                "kept",
                "again: true",
                "",
                "",
                "again: false",
                "again: true",
                "again: false",
                "again: true"
            ]
        );
        assert!(strings.get(4, false).is_none());
        assert_eq!(read(false).words.len(), 2);
    }

    #[test]
    fn plain_strings_are_their_words() {
        assert_eq!(of("<si><t> trimmed </t></si>"), [Span::plain("trimmed")]);
        assert_eq!(
            of("<x:si><x:t xml:space=\"preserve\"> kept </x:t></x:si>"),
            [Span::plain(" kept ")]
        );
        assert_eq!(
            of("<si><t>漢字</t><rPh sb=\"0\" eb=\"2\"><t>かんじ</t></rPh></si>"),
            [Span::plain("漢字")]
        );
    }

    #[test]
    fn runs_have_their_looks() {
        let struck = Span {
            text: "May".to_owned(),
            style: SpanStyle { struck: true, ..SpanStyle::default() },
            link: None,
        };
        assert_eq!(
            of(
                "<si><r><rPr><strike/><sz val=\"11\"/></rPr><t>May</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> June</t></r></si>"
            ),
            [struck, Span::bold(" June")]
        );
        assert_eq!(
            of("<si><r><t>No </t></r><r><rPr><b val=\"0\"/></rPr><t>looks</t></r></si>"),
            [Span::plain("Nolooks")]
        );
        assert_eq!(
            of(
                "<si><r><t xml:space=\"preserve\">First </t></r><r><rPr><b/></rPr><t>then</t></r></si>"
            ),
            [Span::plain("First "), Span::bold("then")]
        );
    }

    #[test]
    fn escapes_stand_for_their_characters() {
        let read = |words| unescaped(Cow::Borrowed(words)).into_owned();
        assert_eq!(read("one_x000D_\ntwo"), "one\r\ntwo");
        assert_eq!(read("_x005F_x000D_"), "_x000D_");
        assert_eq!(read("_xD83D__xDE00_"), "😀");
        assert_eq!(read("_xD83D_ and _xyz_ and _x00"), "_xD83D_ and _xyz_ and _x00");
    }
}
