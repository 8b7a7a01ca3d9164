//! What stands around the plan's table: title, organisation, period, recommendations; all else is
//! introduction or notes.

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Sourced;
use crate::plan::{Plan, Recommendation};
use crate::source::Block;
use crate::table;
use crate::text;
use crate::text::{SmallVec, Span, SpanStyle, Text, TextBlock, TextBlockKind};
use crate::vocabulary::documents::{self, LabelMeaning, RecommendationHeading};
use crate::vocabulary::words::NO_WORDS;
use crate::vocabulary::{end_of_words, headings, normalize, roles};

/// Reads the text before the plan into it.
pub(crate) fn read(mut blocks: Vec<Block>, plan: &mut Plan, out: &mut Vec<Diagnostic>) {
    title(&mut blocks, plan, out);
    let mut around = RecommendationContext::default();
    for block in blocks {
        match block {
            Block::Paragraph(text) | Block::Heading { text, .. }
                if plan.organisation.is_empty()
                    && names_the_organisation(&text::one_line(&text.value)) =>
            {
                let line = text::one_line(&text.value);
                let (label, name) = labelled(&line).unwrap_or(("", line.as_str()));
                let is_labelled =
                    names(label) == Some(LabelMeaning::Organisation) || is_an_organisation(name);
                let (label, name) = if is_labelled { (label, name) } else { ("", line.as_str()) };
                name.clone_into(&mut plan.organisation);
                let message = format!("“{name}” was read as the organisation whose plan this is");
                let diagnostic =
                    Diagnostic::new(Code::OrganisationInferred, message).at(&text.place);
                out.push(if label.is_empty() { diagnostic } else { diagnostic.left_out(label) });
            }
            Block::Paragraph(text) if around.announces(&text, out) => {}
            Block::Heading { text, .. } if around.announces(&text, out) => {}
            Block::List(items) if around.expects_recommendations => {
                for mut item in items {
                    let own = reference_in_front(&mut item.value);
                    plan.recommendations.push(Recommendation {
                        reference: own
                            .unwrap_or_else(|| format!("R{}", plan.recommendations.len() + 1)),
                        area: around.area.clone(),
                        deadline: around.deadline.clone(),
                        text: as_paragraphs(item.value),
                        origin: Some(item.place),
                    });
                }
            }
            other => plan.introduction.append(as_text(other)),
        }
    }
}

/// The label of a line and the value after its colon.
fn labelled(line: &str) -> Option<(&str, &str)> {
    const MOST_WORDS: usize = 4;
    let (label, value) = line.split_once(':')?;
    let (label, value) = (label.trim(), value.trim());
    (!value.is_empty() && (1..=MOST_WORDS).contains(&label.split_whitespace().count()))
        .then_some((label, value))
}

fn names(label: &str) -> Option<LabelMeaning> {
    documents::labelled(&normalize(label))
}

/// Whether a line names the organisation whose plan this is, by its form or its label.
fn names_the_organisation(line: &str) -> bool {
    is_an_organisation(line)
        || labelled(line).is_some_and(|(label, _)| names(label) == Some(LabelMeaning::Organisation))
}

/// Whether a line is about the document rather than naming it or a part of it: a label with a date,
/// a number or a person, a key, an approval, a version.
pub(crate) fn is_about_the_document(line: &str) -> bool {
    let has_known_label = || {
        labelled(line).is_some_and(|(label, value)| {
            let normalized = normalize(label);
            let is_of_a_heading = headings::begins_like_a_theme(&normalized)
                || headings::names_a_document(&normalized);
            names(label).is_some()
                || documents::cycle_field(&normalized).is_some()
                || (!is_of_a_heading && is_a_value(value))
        })
    };
    table::closes_a_document(line) || has_known_label()
}

/// Whether what stands after a label is a date, a number or a person or body.
fn is_a_value(value: &str) -> bool {
    const MOST_WORDS: usize = 6;
    let is_short = value.split_whitespace().count() <= MOST_WORDS;
    !value.contains(char::is_alphabetic)
        || (is_short && (has_a_day(value) || roles::looks_like_owner(value, &NO_WORDS)))
}

/// Whether a line by itself is rather about the document than a heading: a label with a value, or
/// words with a date.
pub(crate) fn may_be_about_the_document(line: &str) -> bool {
    let is_theme = headings::begins_like_a_theme(&normalize(line));
    !is_theme && (labelled(line).is_some() || has_a_day(line))
}

/// Whether a value is a date with its day or month, or a time of a year.
fn has_a_day(value: &str) -> bool {
    crate::plan::Target::read(value).due.is_some()
}

/// A block as text: a heading is a paragraph in strong emphasis.
pub(crate) fn as_text(block: Block) -> Text {
    match block {
        Block::Heading { text, .. } => {
            let spans = text
                .value
                .blocks
                .into_iter()
                .flat_map(|b| b.spans)
                .map(|span| Span { style: SpanStyle { bold: true, ..span.style }, ..span });
            TextBlock::paragraph(spans.collect::<SmallVec<_>>()).into()
        }
        Block::Paragraph(text) => text.value,
        Block::List(items) => {
            Text { blocks: items.into_iter().flat_map(|i| i.value.blocks).collect() }
        }
        Block::Grid(_) | Block::Hidden(_) => Text::default(),
    }
}

/// An item of a list on its own: it has a reference instead of a bullet.
fn as_paragraphs(mut item: Text) -> Text {
    if let Some(first) = item.blocks.first_mut() {
        first.kind = TextBlockKind::Paragraph;
    }
    item
}

/// Takes the reference off an item that begins with it, in strong emphasis: "**R1** ensure ...".
fn reference_in_front(item: &mut Text) -> Option<String> {
    const LONGEST: usize = 16;
    let first = item.blocks.first_mut()?;
    let [reference, after, ..] = first.spans.as_slice() else { return None };
    let words = reference.text.trim();
    let is_one = reference.style.bold
        && !after.style.bold
        && words.len() <= LONGEST
        && words.contains(|c: char| c.is_ascii_digit())
        && words.ends_with(char::is_alphanumeric)
        && !words.contains(char::is_whitespace)
        && (after.text.starts_with(' ') || reference.text.ends_with(' '));
    let reference = is_one.then(|| words.to_owned())?;
    first.spans.take(0);
    first.trim();
    Some(reference)
}

/// The first heading is the title, or without one the first paragraph.
fn title(blocks: &mut Vec<Block>, plan: &mut Plan, out: &mut Vec<Diagnostic>) {
    const MOST_WORDS: usize = 40;
    let heading =
        blocks.iter().position(|b| matches!(b, Block::Heading { level, text } if may_be_the_title(*level, &text::one_line(&text.value))));
    let is_prose = |line: &str| line.ends_with('.') || line.contains(". ");
    let is_of_words = |line: &str| {
        let words = line
            .split(' ')
            .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
            .count();
        words * 2 >= line.split(' ').count()
    };
    let may_be_title = |line: &str| {
        line.split(' ').count() <= MOST_WORDS
            && is_of_words(line)
            && !is_prose(line)
            && deadline(line).is_none()
            && after_announcement(line).is_none()
    };
    let line = |block: &Block| {
        if let Block::Paragraph(text) = block { Some(text::one_line(&text.value)) } else { None }
    };
    let has_label = |line: &str| {
        labelled(line).is_some_and(|(label, _)| names(label) == Some(LabelMeaning::Title))
    };
    let by_label =
        || blocks.iter().position(|block| line(block).is_some_and(|line| has_label(&line)));
    // the organisation may stand above the title, and lines about the document too
    let may_stand_above = |line: &str| names_the_organisation(line) || is_about_the_document(line);
    let first =
        || blocks.iter().position(|block| line(block).is_some_and(|line| !may_stand_above(&line)));
    let paragraph =
        || first().filter(|i| line(&blocks[*i]).is_some_and(|line| may_be_title(&line)));
    let Some(at) = heading.or_else(by_label).or_else(paragraph) else { return };
    match blocks.remove(at) {
        Block::Heading { text, .. } => plan.title = text::one_line(&text.value),
        Block::Paragraph(text) => {
            let line = text::one_line(&text.value);
            let (label, title) =
                labelled(&line).filter(|_| has_label(&line)).unwrap_or(("", line.as_str()));
            title.clone_into(&mut plan.title);
            let message =
                format!("“{title}” was read as the plan's title, as the source has no heading");
            let diagnostics = Diagnostic::new(Code::TitleInferred, message).at(&text.place);
            out.push(if label.is_empty() { diagnostics } else { diagnostics.left_out(label) });
        }
        other => blocks.insert(at, other),
    }
    plan.period = period(&plan.title).unwrap_or_default().to_owned();
}

/// Whether a heading may be the title: one of the first level, or one that does not say what its
/// section is about.
pub(crate) fn may_be_the_title(level: u8, line: &str) -> bool {
    level <= 1 || !(headings::is_about_the_plan(&normalize(line)) || heads_recommendations(line))
}

/// Whether a heading stands over recommendations; one of a single recommendation has its number.
pub(crate) fn heads_recommendations(line: &str) -> bool {
    after_announcement(line).is_some() && !line.contains(|c: char| c.is_ascii_digit())
}

/// A period in a title: "2011/12", "2011-2014".
fn period(title: &str) -> Option<&str> {
    title.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ':')).find(|word| {
        let Some((from, to)) = word.split_once(['/', '-', '–']) else { return false };
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        digits(from) && digits(to) && from.len() == 4 && (to.len() == 2 || to.len() == 4)
    })
}

/// A few words that end as the names of organisations do.
pub(crate) fn is_an_organisation(words: &str) -> bool {
    const MOST_WORDS: usize = 9;
    let words = normalize(words);
    let count = words.split(' ').count();
    (2..=MOST_WORDS).contains(&count) && documents::names_an_organisation(&words)
}

/// The lines above lists of recommendations, as far as they have been read.
#[derive(Default)]
struct RecommendationContext {
    area: String,
    deadline: String,
    expects_recommendations: bool,
}

impl RecommendationContext {
    /// Takes a line that names an area or a time limit of the recommendations below it.
    fn announces(&mut self, text: &Sourced<Text>, out: &mut Vec<Diagnostic>) -> bool {
        let line = text::one_line(&text.value);
        let message = if let Some(deadline) = deadline(&line) {
            deadline.clone_into(&mut self.deadline);
            format!("“{line}” was read as the time limit of the recommendations below it")
        } else {
            match after_announcement(&line) {
                Some(AnnouncedList::Area(area)) => {
                    area.clone_into(&mut self.area);
                    self.deadline.clear();
                    format!("“{line}” was read as the area of the recommendations below it: {area}")
                }
                Some(AnnouncedList::Recommendations) => {
                    self.area.clear();
                    self.deadline.clear();
                    format!("“{line}” was read as the heading of the recommendations below it")
                }
                Some(AnnouncedList::Sentence) => {
                    // it says more than a heading does: its words stay, and what follows are
                    // recommendations
                    self.expects_recommendations = true;
                    return false;
                }
                None => {
                    self.expects_recommendations = false;
                    return false;
                }
            }
        };
        self.expects_recommendations = true;
        out.push(Diagnostic::new(Code::HeadingRead, message).at(&text.place).left_out(line));
        true
    }
}

/// Whether a line announces a time limit of the recommendations below it.
pub(crate) fn announces_a_limit(line: &str) -> bool {
    deadline(line).is_some()
}

/// Whether a line says how much the recommendations below it matter: it is their area as it stands.
pub(crate) fn is_a_class(line: &str) -> bool {
    matches!(after_announcement(line), Some(AnnouncedList::Area(area)) if area == line)
}

/// "Within three months:" and the like.
fn deadline(line: &str) -> Option<&str> {
    const MOST_WORDS: usize = 6;
    let limit = line.strip_suffix(':')?.trim();
    (documents::sets_a_limit(&normalize(limit)) && limit.split(' ').count() <= MOST_WORDS)
        .then_some(limit)
}

enum AnnouncedList<'a> {
    /// "Areas for improvement: safeguarding"
    Area(&'a str),
    /// "Recommendations"
    Recommendations,
    /// "Areas for improvement identified in the inspection of June 2011"
    Sentence,
}

fn after_announcement(line: &str) -> Option<AnnouncedList<'_>> {
    let (heading, words) = documents::recommendation_heading(&normalize(line))?;
    let (announcement, rest) = line.split_at_checked(end_of_words(line, words))?;
    match rest.trim().trim_start_matches([':', '-', '–']).trim() {
        "" if heading == RecommendationHeading::Class => Some(AnnouncedList::Area(announcement)),
        "" => Some(AnnouncedList::Recommendations),
        area if rest.trim_start().starts_with([':', '-', '–']) => {
            Some(AnnouncedList::Area(area.trim_end_matches(':')))
        }
        _ if rest.starts_with(' ') => Some(AnnouncedList::Sentence),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_and_organisations_are_known_by_their_form() {
        assert_eq!(period("Ofsted Improvement Plan: Safeguarding 2011/12"), Some("2011/12"));
        assert_eq!(period("Plan (2011-2014)"), Some("2011-2014"));
        assert_eq!(period("Plan 2011"), None);
        for (words, is_one) in [
            ("Hampshire County Council", true),
            ("Royal Borough of Kensington and Chelsea", true),
            ("Council", false),
            (
                "The plan was agreed by Hampshire County Council in the month of May 2011 after a long debate",
                false,
            ),
            ("Improvement Plan", false),
        ] {
            assert_eq!(is_an_organisation(words), is_one, "{words}");
        }
    }
}
