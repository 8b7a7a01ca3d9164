//! Dated updates that stand inside other cells: "November 2011 update: Action completed."

mod marked;

use crate::date::{Date, PartialDate};
use crate::plan::target::DateCache;
use crate::plan::{Target, Update, status, target};
use crate::text::{Span, Text, TextBlock};
use crate::vocabulary::{normalize, updates};

impl Update {
    /// Whether it was known on a day: its period had begun. One without a period was; without a
    /// day, all were.
    pub(crate) fn is_known_on(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| self.period.is_none_or(|period| period.first() <= day))
    }

    /// Whether it reports anything: a status, or words that do.
    pub(crate) fn reports(&self) -> bool {
        self.status.is_some() || reports(&self.text)
    }
}

/// Whether words report anything, and are not only a placeholder such as "TBC" or "As above", or a
/// date.
pub(crate) fn reports(text: &Text) -> bool {
    const LONGEST_DATE: usize = 40;
    let words = text.plain();
    let is_date =
        || words.len() <= LONGEST_DATE && target::alone(&Target::read(words.trim())).is_some();
    !(status::says_none(&words) || updates::is_placeholder(&normalize(&words)) || is_date())
}

/// What stands before the first update, and the updates.
pub(crate) struct SplitUpdates {
    pub(crate) before: Text,
    pub(crate) updates: Vec<Update>,
}

/// Lifts dated updates out of a text. Each goes on to the next one, or to the end of the text.
pub(crate) fn lift(text: Text, dates: &mut DateCache) -> SplitUpdates {
    let mut lifted = SplitUpdates { before: Text::default(), updates: Vec::new() };
    if !may_hold_an_update(&text) {
        lifted.before = text;
        return lifted;
    }
    for block in text.blocks {
        let words = block.plain().into_owned();
        let labels = labels(&words, dates);
        let first = labels.first().map_or(words.len(), |l| l.start);
        let head = block.slice(0, first);
        if !head.spans.is_empty() {
            if let Some(open) = lifted.updates.last_mut() {
                open.text.blocks.push(head);
            } else if let Some(period) = already_done(&head) {
                let text = Text::from(head);
                lifted.updates.push(Update { period: period.known, text, ..Update::default() });
            } else {
                lifted.before.blocks.push(head);
            }
        }
        for (i, label) in labels.iter().enumerate() {
            let end = labels.get(i + 1).map_or(words.len(), |next| next.start);
            let said = block.slice(label.end, end);
            lifted.updates.push(Update {
                period: Some(label.period),
                label: words[label.start..label.end].trim().to_owned(),
                text: if said.spans.is_empty() { Text::default() } else { said.into() },
                ..Update::default()
            });
        }
    }
    for update in &mut lifted.updates {
        update.status = status::said_in_update(&update.text.plain())
            .map(|(meaning, _)| meaning.id().to_owned());
    }
    lifted
}

/// The whole of a cell whose column is for updates: undated words are an update too.
pub(crate) fn read(text: Text, dates: &mut DateCache) -> Vec<Update> {
    if let Some(updates) = marked::read(&text) {
        return updates;
    }
    let SplitUpdates { before, mut updates } = lift(text, dates);
    if !before.is_empty() {
        let status =
            status::said_in_update(&before.plain()).map(|(meaning, _)| meaning.id().to_owned());
        updates.insert(0, Update { text: before, status, ..Update::default() });
    }
    updates
}

/// Updates as a cell has them that [`read`] reads back: each behind the words that announced it, or
/// behind a mark of ours where those do not say all of it.
pub(crate) fn written(updates: &[Update]) -> Text {
    as_announced(updates).unwrap_or_else(|| marked::written(updates))
}

/// Updates as a cell has them, each behind the words that announced it; none if they would be read
/// otherwise.
pub(crate) fn as_announced(updates: &[Update]) -> Option<Text> {
    let mut text = Text::default();
    for update in updates {
        let mut said = update.text.clone();
        if !update.label.is_empty() {
            announce(&mut said, &update.label);
        }
        text.append(said);
    }
    (read(text.clone(), &mut DateCache::default()) == updates).then_some(text)
}

/// Puts words before the first words of a text.
fn announce(text: &mut Text, words: &str) {
    match text.blocks.first_mut() {
        Some(first) => {
            let after =
                std::mem::replace(&mut first.spans, Span::plain(format!("{words} ")).into());
            for span in after {
                first.push(span);
            }
        }
        None => text.blocks.push(TextBlock::paragraph(vec![Span::plain(words)])),
    }
}

fn may_hold_an_update(text: &Text) -> bool {
    text.blocks.iter().flat_map(|b| &b.spans).any(|s| s.text.contains(':'))
        || text.blocks.iter().any(|b| already_done(b).is_some())
}

/// "Already actioned (Aug 11)." is an update by itself; its period is known if it names one.
fn already_done(block: &TextBlock) -> Option<DoneDate> {
    const LONGEST_OPENING: usize = 48;
    let words = block.plain();
    let head = normalize(&words.chars().take(LONGEST_OPENING).collect::<String>());
    updates::done().iter().find(|opening| {
        head.strip_prefix(opening.as_str())
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })?;
    let date = words.split(['(', ')']).nth(1).unwrap_or_default();
    Some(DoneDate { known: target::partial_date(date) })
}

/// When something was done, if that is reported.
struct DoneDate {
    known: Option<PartialDate>,
}

/// Where the words that announce an update stand.
struct UpdateLabel {
    start: usize,
    end: usize,
    period: PartialDate,
}

/// Finds "November 2011 update:", "Update November 2011:", "Update (Nov 11):" and the like.
fn labels(words: &str, dates: &mut DateCache) -> Vec<UpdateLabel> {
    const MOST_WORDS: usize = 5;
    let mut found: Vec<UpdateLabel> = Vec::new();
    for (colon, _) in words.match_indices(':') {
        let from = found.last().map_or(0, |l: &UpdateLabel| l.end);
        let before = &words[from..colon];
        // where each of the last words before the colon begins, nearest first
        let mut starts = Vec::with_capacity(MOST_WORDS);
        let mut in_word = false;
        for (i, c) in before.char_indices().rev() {
            if c.is_whitespace() {
                if in_word {
                    starts.push(i + c.len_utf8());
                    if starts.len() == MOST_WORDS {
                        break;
                    }
                }
                in_word = false;
            } else {
                in_word = true;
                if i == 0 {
                    starts.push(0);
                }
            }
        }
        let label = starts.iter().rev().find_map(|start| {
            let phrase = &before[*start..];
            let kind = |words: &str| updates::announces(words.trim());
            let dated_first = phrase
                .rmatch_indices(' ')
                .find_map(|(at, _)| kind(&phrase[at..]).then(|| dates.partial_date(&phrase[..at])));
            let dated_last = phrase.match_indices(' ').find_map(|(at, _)| {
                let date = phrase[at..].trim().trim_start_matches('(').trim_end_matches(')');
                kind(&phrase[..at]).then(|| dates.partial_date(date))
            });
            let period = dated_first.flatten().or(dated_last.flatten())?;
            Some(UpdateLabel { start: from + start, end: colon + 1, period })
        });
        found.extend(label);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(markdown: &str) -> (String, Vec<String>) {
        let lifted = lift(Text::from_commonmark(markdown), &mut DateCache::default());
        let update = |u: &Update| {
            let period = u.period.map(|p| p.to_string()).unwrap_or_default();
            format!(
                "{period} [{}] {} {}",
                u.label,
                u.text.to_commonmark(),
                u.status.as_deref().unwrap_or("-")
            )
        };
        (lifted.before.to_commonmark(), lifted.updates.iter().map(update).collect())
    }

    #[test]
    fn an_update_is_lifted_with_its_text_whole() {
        assert_eq!(
            shown("Revised programme in calendar November 2011 update: Action completed."),
            (
                "Revised programme in calendar".to_owned(),
                vec!["2011-11 [November 2011 update:] Action completed. complete".to_owned()]
            )
        );
        let (before, updates) =
            shown("Survey.\n\nNovember 2011 update: The event.\n\nActivities include: a bulletin.");
        assert_eq!(before, "Survey.");
        assert_eq!(
            updates,
            ["2011-11 [November 2011 update:] The event.\n\nActivities include: a bulletin. -"]
        );
    }

    #[test]
    fn several_updates_and_other_wordings_are_told_apart() {
        let (_, updates) = shown("Update Nov '11: Begun. March 2012 progress: Action complete.");
        assert_eq!(
            updates,
            [
                "2011-11 [Update Nov '11:] Begun. -",
                "2012-03 [March 2012 progress:] Action complete. complete"
            ]
        );
        let (before, updates) = shown("Already actioned (Aug 11).");
        assert_eq!(
            (before.as_str(), updates),
            ("", vec!["2011-08 [] Already actioned (Aug 11). complete".to_owned()])
        );
    }

    #[test]
    fn a_placeholder_or_a_date_alone_reports_nothing() {
        let reports =
            |words: &str| Update { text: Text::from_plain(words), ..Update::default() }.reports();
        for words in [
            "",
            "-",
            "TBC",
            "n/a",
            "As above.",
            "30/06/2026",
            "June 2026",
            "No update received",
            "Gweler uchod",
            "Ditto",
        ] {
            assert!(!reports(words), "{words}");
        }
        for words in [
            "Green",
            "No change",
            "Nothing to report",
            "Delayed because staff left",
            "Done 30/06/2026",
        ] {
            assert!(reports(words), "{words}");
        }
    }

    #[test]
    fn other_colons_announce_nothing() {
        assert_eq!(shown("Increase of 15%: 760 referred. Update: none.").1, Vec::<String>::new());
    }
}
