//! The HTML tags that converters leave in texts, and what they mean there.

use crate::text::TextBuilder;

/// What a tag does to the words around it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TagEffect {
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
fn effect(tag: &str) -> TagEffect {
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
        TagEffect::Paragraph => builder.paragraph(),
        TagEffect::LineBreak => builder.line_break(),
        TagEffect::List { numbered } => builder.list(numbered.then(|| first_number(tag))),
        TagEffect::EndList => builder.end_list(),
        TagEffect::Item => builder.item(),
        TagEffect::Bold(on) => builder.style(|s| s.bold = on),
        TagEffect::Italic(on) => builder.style(|s| s.italic = on),
        TagEffect::Struck(on) => builder.style(|s| s.struck = on),
        TagEffect::Link(target) => builder.link(target),
        TagEffect::EndLink => builder.end_link(),
        TagEffect::Nothing => {}
        TagEffect::Unknown => return false,
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
) -> TagEffect {
    match name {
        "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre"
        | "address" | "hr" | "dl" | "dt" | "dd" | "section" | "article" | "main" | "header"
        | "footer" | "nav" | "aside" | "figure" | "figcaption" | "fieldset" | "legend"
        | "details" | "summary" => TagEffect::Paragraph,
        "br" => TagEffect::LineBreak,
        "ul" | "ol" if closing => TagEffect::EndList,
        "ul" | "ol" => TagEffect::List { numbered: name == "ol" },
        "li" if closing => TagEffect::Nothing,
        "li" => TagEffect::Item,
        "b" | "strong" => TagEffect::Bold(!closing),
        "i" | "em" => TagEffect::Italic(!closing),
        "s" | "del" | "strike" => TagEffect::Struck(!closing),
        "a" if closing => TagEffect::EndLink,
        "a" => target().map_or(TagEffect::Nothing, TagEffect::Link),
        "span" | "u" | "ins" | "font" | "small" | "big" | "sup" | "sub" | "center" | "mark"
        | "code" | "abbr" | "tt" | "kbd" | "samp" | "var" | "cite" | "q" | "dfn" | "time"
        | "data" | "label" | "nobr" | "wbr" | "acronym" | "bdo" | "bdi" => TagEffect::Nothing,
        _ => TagEffect::Unknown,
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
        assert_eq!(effect("<P align=left>"), TagEffect::Paragraph);
        assert_eq!(effect("</p>"), TagEffect::Paragraph);
        assert_eq!(effect("<br/>"), TagEffect::LineBreak);
        assert_eq!(
            effect("<ul style=\"list-style-type: none\">"),
            TagEffect::List { numbered: false }
        );
        assert_eq!(
            effect("<a class=x href='https://example.org/?a=b'>"),
            TagEffect::Link("https://example.org/?a=b".to_owned())
        );
        assert_eq!(effect("<img src=x>"), TagEffect::Unknown);
        assert_eq!(effect("<"), TagEffect::Unknown);
    }
}
