//! Updates behind marks of ours: "[update; 2011-11; by Jo Lee; status complete] Key documents
//! amended." A cell that begins with such a mark has one before each of its updates, and only these
//! part them.

use crate::date::PartialDate;
use crate::plan::Update;
use crate::text::{Span, Text, TextBlock, TextBlockKind};

use super::announce;

const BEGIN: &str = "[update";
const BY: &str = "by ";
const STATUS: &str = "status ";
const LABEL: &str = "announced as ";

/// Updates, each behind its mark.
pub(super) fn written(updates: &[Update]) -> Text {
    let mut text = Text::default();
    for update in updates {
        let mut mark = BEGIN.to_owned();
        let parts = [
            update.period.map(|period| period.to_string()),
            (!update.by.is_empty()).then(|| format!("{BY}{}", update.by)),
            update.status.as_ref().map(|status| format!("{STATUS}{status}")),
            (!update.label.is_empty()).then(|| format!("{LABEL}{}", update.label)),
        ];
        for part in parts.into_iter().flatten() {
            mark.push_str("; ");
            mark.push_str(&part);
        }
        mark.push(']');
        let mut said = update.text.clone();
        if said.blocks.first().is_some_and(|block| block.kind == TextBlockKind::Paragraph) {
            announce(&mut said, &mark);
        } else {
            // an item keeps its place in its list
            text.blocks.push(TextBlock::paragraph(vec![Span::plain(mark)]));
        }
        text.append(said);
    }
    text
}

/// Reads a cell that begins with a mark; none if it does not.
pub(super) fn read(text: &Text) -> Option<Vec<Update>> {
    let mut updates: Vec<Update> = Vec::new();
    for block in &text.blocks {
        match (marked(block), updates.last_mut()) {
            (Some((update, said)), _) => {
                updates.push(update);
                let last = updates.last_mut()?;
                last.text.blocks.extend((!said.spans.is_empty()).then_some(said));
            }
            (None, Some(open)) => open.text.blocks.push(block.clone()),
            (None, None) => return None,
        }
    }
    (!updates.is_empty()).then_some(updates)
}

/// The mark at the beginning of a paragraph, and the words behind it.
fn marked(block: &TextBlock) -> Option<(Update, TextBlock)> {
    let words = block.plain();
    let parts = words.strip_prefix(BEGIN)?;
    let end = parts.find(']')?;
    let mut update = Update::default();
    let mut parts_of_mark = parts[..end].split("; ");
    parts_of_mark.next().filter(|before| before.is_empty())?;
    for part in parts_of_mark {
        if let Some(by) = part.strip_prefix(BY) {
            by.clone_into(&mut update.by);
        } else if let Some(status) = part.strip_prefix(STATUS) {
            update.status = Some(status.to_owned());
        } else if let Some(label) = part.strip_prefix(LABEL) {
            label.clone_into(&mut update.label);
        } else {
            update.period = Some(part.parse::<PartialDate>().ok()?);
        }
    }
    Some((update, block.slice(BEGIN.len() + end + 1, usize::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::target::DateCache;
    use crate::plan::update;

    fn update(
        period: Option<&str>,
        label: &str,
        text: &str,
        status: Option<&str>,
        by: &str,
    ) -> Update {
        let (period, status) = (period.map(|p| p.parse().unwrap()), status.map(str::to_owned));
        Update {
            period,
            label: label.to_owned(),
            text: Text::from_commonmark(text),
            status,
            by: by.to_owned(),
        }
    }

    #[test]
    fn updates_of_any_kind_read_back_the_same() {
        for updates in [
            vec![update(None, "", "Begun.", None, "")],
            vec![update(
                Some("2011-11"),
                "November 2011 update:",
                "Action complete.",
                Some("complete"),
                "",
            )],
            vec![
                update(Some("2011-11"), "", "Begun.\n\n- one\n- two", None, "Jo Lee"),
                update(None, "", "Second.", None, ""),
            ],
            vec![
                update(Some("2011-11-30"), "", "- one\n- two", Some("at-risk"), ""),
                update(Some("2011"), "", "**Bold**.", None, ""),
            ],
            vec![update(Some("2012-03"), "March 2012:", "", Some("on-track"), "Jo Lee")],
            vec![update(None, "", "March 2012 progress: quoted, not announced", None, "")],
        ] {
            assert_eq!(update::read(update::written(&updates), &mut DateCache::default()), updates);
        }
    }

    #[test]
    fn what_people_type_needs_no_mark() {
        let updates = [
            update(None, "", "Begun.", None, ""),
            update(Some("2011-11"), "November 2011 update:", "Done.", None, ""),
        ];
        assert_eq!(update::written(&updates).plain(), "Begun.\nNovember 2011 update: Done.");
    }
}
