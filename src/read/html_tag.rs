//! The HTML tags that converters leave in texts, and what they mean there.

use crate::text::TextBuilder;

/// What a tag does to the words around it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// A paragraph begins or ends.
    Paragraph,
    /// The line ends.
    LineBreak,
    /// A list begins; numbered or not.
    List { numbered: bool },
    /// A list ends.
    EndList,
    /// An item begins.
    Item,
    /// Strong emphasis begins or ends.
    Bold(bool),
    /// Emphasis begins or ends.
    Italic(bool),
    /// Struck text begins or ends.
    Struck(bool),
    /// A link begins.
    Link(String),
    /// A link ends.
    EndLink,
    /// How words look, not what they say.
    Nothing,
    /// It has no meaning in a plan.
    Unknown,
}

/// What a tag means; `tag` is whole, from `<` to `>`.
fn effect(tag: &str) -> Effect {
    let inner = tag.trim_start_matches('<').trim_end_matches('>');
    let (closing, inner) = match inner.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, inner),
    };
    let name: String = inner
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    effect_of(&name, closing, || attribute(inner, "href"))
}

/// Does what a tag means to the text that is built, and says whether it has a meaning; `tag` is
/// whole, from `<` to `>`.
pub(super) fn apply(builder: &mut TextBuilder, tag: &str) -> bool {
    match effect(tag) {
        Effect::Paragraph => builder.paragraph(),
        Effect::LineBreak => builder.line_break(),
        Effect::List { numbered } => builder.list(numbered.then(|| first_number(tag))),
        Effect::EndList => builder.end_list(),
        Effect::Item => builder.item(),
        Effect::Bold(on) => builder.style(|s| s.bold = on),
        Effect::Italic(on) => builder.style(|s| s.italic = on),
        Effect::Struck(on) => builder.style(|s| s.struck = on),
        Effect::Link(target) => builder.link(target),
        Effect::EndLink => builder.end_link(),
        Effect::Nothing => {}
        Effect::Unknown => return false,
    }
    true
}

/// The number of the first item of a numbered list; `tag` is whole, from `<` to `>`.
fn first_number(tag: &str) -> u32 {
    attribute(tag.trim_end_matches('>'), "start")
        .and_then(|start| start.trim().parse().ok())
        .unwrap_or(1)
}

/// What the tag of this name means, in small letters; `target` is where it links to.
pub(super) fn effect_of(
    name: &str,
    closing: bool,
    target: impl FnOnce() -> Option<String>,
) -> Effect {
    match name {
        "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre"
        | "address" | "hr" | "dl" | "dt" | "dd" | "section" | "article" | "main" | "header"
        | "footer" | "nav" | "aside" | "figure" | "figcaption" | "fieldset" | "legend"
        | "details" | "summary" => Effect::Paragraph,
        "br" => Effect::LineBreak,
        "ul" | "ol" if closing => Effect::EndList,
        "ul" | "ol" => Effect::List { numbered: name == "ol" },
        "li" if closing => Effect::Nothing,
        "li" => Effect::Item,
        "b" | "strong" => Effect::Bold(!closing),
        "i" | "em" => Effect::Italic(!closing),
        "s" | "del" | "strike" => Effect::Struck(!closing),
        "a" if closing => Effect::EndLink,
        "a" => target().map_or(Effect::Nothing, Effect::Link),
        "span" | "u" | "ins" | "font" | "small" | "big" | "sup" | "sub" | "center" | "mark"
        | "code" | "abbr" | "tt" | "kbd" | "samp" | "var" | "cite" | "q" | "dfn" | "time"
        | "data" | "label" | "nobr" | "wbr" | "acronym" | "bdo" | "bdi" => Effect::Nothing,
        _ => Effect::Unknown,
    }
}

/// The value of an attribute of a tag.
fn attribute(inner: &str, name: &str) -> Option<String> {
    let lower = inner.to_ascii_lowercase();
    let at = lower
        .match_indices(name)
        .map(|(i, _)| i + name.len())
        .find(|end| lower[*end..].trim_start().starts_with('='))?;
    let value = inner[at..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split(char::is_whitespace).next()?.trim_end_matches('/'),
    };
    Some(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_known_in_any_case_and_with_attributes() {
        assert_eq!(effect("<P align=left>"), Effect::Paragraph);
        assert_eq!(effect("</p>"), Effect::Paragraph);
        assert_eq!(effect("<br/>"), Effect::LineBreak);
        assert_eq!(
            effect("<ul style=\"list-style-type: none\">"),
            Effect::List { numbered: false }
        );
        assert_eq!(
            effect("<a class=x href='https://example.org/?a=b'>"),
            Effect::Link("https://example.org/?a=b".to_owned())
        );
        assert_eq!(effect("<img src=x>"), Effect::Unknown);
        assert_eq!(effect("<"), Effect::Unknown);
    }
}
