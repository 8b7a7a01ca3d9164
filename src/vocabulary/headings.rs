//! Headings above tables: what their words say about the section below.
//!
//! Every function takes a heading in lower case, without punctuation, its words apart by one space.

use std::sync::LazyLock;

use serde::Deserialize;

use super::load;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadingVocabulary {
    announces: Vec<String>,
    groups: Vec<String>,
    about: Vec<String>,
    documents: Vec<String>,
    themes: Vec<String>,
}

static HEADINGS: LazyLock<HeadingVocabulary> =
    LazyLock::new(|| load(include_str!("../../vocabulary/headings.toml")));

/// Whether a heading says no more than that the plan's table follows.
pub(crate) fn announces_the_plan(heading: &str) -> bool {
    is_among(&HEADINGS.announces, heading)
}

/// Whether a heading names several themes or objectives together: "Our priorities".
pub(crate) fn names_a_group(heading: &str) -> bool {
    let rest = ["our ", "key ", "the "]
        .iter()
        .find_map(|word| heading.strip_prefix(word))
        .unwrap_or(heading);
    is_among(&HEADINGS.groups, rest)
}

/// Whether a heading is that of a section about the plan, such as its introduction.
pub(crate) fn is_about_the_plan(heading: &str) -> bool {
    const MORE_WORDS: usize = 2;
    let begins = |name: &str| {
        let rest = heading.strip_prefix(name)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| rest.split_whitespace().count())
    };
    HEADINGS.about.iter().filter_map(|name| begins(name)).any(|more| more <= MORE_WORDS)
}

/// Whether a heading names a document that holds a plan: it is a title rather than a theme.
pub(crate) fn names_a_document(heading: &str) -> bool {
    heading.split(' ').any(|word| is_among(&HEADINGS.documents, word))
}

/// Whether a heading begins as those of themes do: "Priority 1".
pub(crate) fn begins_like_a_theme(heading: &str) -> bool {
    heading.split(' ').next().is_some_and(|word| is_among(&HEADINGS.themes, word))
}

fn is_among(words: &[String], word: &str) -> bool {
    words.iter().any(|w| w == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_and_each_question_answered() {
        assert!(
            announces_the_plan("action plan")
                && announces_the_plan("cynllun gweithredu")
                && !announces_the_plan("reading")
        );
        assert!(names_a_group("our priorities") && !names_a_group("priority 1"));
        assert!(
            is_about_the_plan("introduction")
                && is_about_the_plan("background to the")
                && !is_about_the_plan("keyworkers")
        );
        assert!(
            names_a_document("improvement plan 2024") && !names_a_document("remote work policy")
        );
        assert!(begins_like_a_theme("priority 1 reading") && !begins_like_a_theme("reading"));
    }
}
