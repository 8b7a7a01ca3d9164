//! Markdown for people to read and go on with: the title, what stands before the plan, a table for
//! each theme, what stands after it.
//!
//! Everything is in the form in which import finds it again: CommonMark with pipe tables. A cell of
//! several paragraphs or with a list has the tags of HTML, which is what tables in markdown leave
//! room for.

use crate::import::ImportOptions;
use crate::import::details;
use crate::import::front;
use crate::import::import;
use std::borrow::Cow;
use std::fmt::Write as _;

use crate::date::PartialDate;
use crate::plan::{Plan, Recommendation, Scheme, State, target};
use crate::read::Format;
use crate::report::settled_in_markdown;
use crate::text::{Span, Text, TextBlock, TextBlockKind};

use super::cell::tagged;
use crate::plan::round_trip;
use crate::publish::Published;

use super::rows::{GroupColumns, PlanRows, rows};

/// Writes a plan as markdown: UTF-8, with line ends as `\n`. It reads back as the same plan, but
/// for links that are not live in any output: their addresses stand behind their words.
///
/// Words around the plan stand where people write them. Where they would be read as something else
/// there (a title that heads recommendations, an introduction that is a list of them), the title,
/// introduction, recommendations, statuses and notes stand in tables of their own, and the themes
/// in a column.
///
/// ```
/// use planwright::plan::{Action, Objective, Theme};
/// use planwright::{Plan, PublishOptions, publish, write};
///
/// let action = Action { reference: "1.1".to_owned(), action: "Amend the form".into(), ..Action::default() };
/// let objective = Objective { reference: "1".to_owned(), text: "Better forms".into(), actions: vec![action], ..Objective::default() };
/// let theme = Theme { title: "Visits".to_owned(), objectives: vec![objective], ..Theme::default() };
/// let plan = Plan { title: "Improvement plan".to_owned(), themes: vec![theme], ..Plan::default() };
/// assert_eq!(
///     write::markdown(&publish(plan, &PublishOptions::internal())),
///     "# Improvement plan\n\n## Visits\n\n\
///      | Ref | Objective ref | Objective | Action | Owner | Target date | Status |\n\
///      | --- | --- | --- | --- | --- | --- | --- |\n\
///      | 1.1 | 1 | Better forms | Amend the form |  |  |  |\n"
/// );
/// ```
pub fn markdown(published: &Published) -> String {
    let plan = published.plan();
    let written = for_people(plan);
    let read = |markdown: &str| {
        Some(
            import(
                crate::read::read(markdown.as_bytes(), Format::Markdown).ok()?,
                &ImportOptions::default(),
            )
            .plan,
        )
    };
    if read(&written).is_some_and(|back| details::say_the_same(plan, &back)) {
        written
    } else {
        in_tables(plan)
    }
}

/// Everything in tables of ours, for plans whose words would be read as something else.
fn in_tables(plan: &Plan) -> String {
    let mut out = MarkdownWriter::default();
    if !plan.title.trim().is_empty() {
        out.heading(1, &plan.title);
    }
    let parts = details::parts(plan);
    if !parts.is_empty() {
        out.table(&details::PARTS, parts.iter().map(|row| row.iter().map(cell).collect()));
    }
    if !plan.recommendations.is_empty() {
        out.table(
            &details::RECOMMENDATIONS,
            details::recommendations(plan).iter().map(|row| row.iter().map(cell).collect()),
        );
    }
    out.table(
        &round_trip::STATUSES,
        details::statuses(&plan.scheme).iter().map(|row| row.iter().map(cell).collect()),
    );
    let PlanRows { headers, themes } = rows(plan, GroupColumns::Repeated);
    if !plan.themes.is_empty() {
        out.heading(2, round_trip::NO_THEME);
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        out.table(&headers, themes.iter().flatten().map(|row| row.iter().map(cell).collect()));
    }
    without_commands(out.markdown)
}

/// The plan as people write one.
fn for_people(plan: &Plan) -> String {
    let mut out = MarkdownWriter::default();
    front(plan, &mut out);
    let PlanRows { headers, themes } = rows(plan, GroupColumns::Headed);
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    for (theme, rows) in plan.themes.iter().zip(&themes) {
        out.heading(2, if theme.title.is_empty() { round_trip::NO_THEME } else { &theme.title });
        out.text(&theme.introduction);
        out.table(&headers, rows.iter().map(|row| row.iter().map(cell).collect()));
    }
    out.text(&plan.notes);
    without_commands(out.markdown)
}

/// Escapes the braces that would begin a command of a page builder, as import and Jekyll read them.
fn without_commands(markdown: String) -> String {
    if !markdown.contains('{') {
        return markdown;
    }
    let mut out = String::with_capacity(markdown.len() + 8);
    let mut is_escaped = false;
    let mut signs = markdown.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign == '{'
            && !is_escaped
            && signs.peek().is_some_and(|next| matches!(next, '{' | '%' | ':' | '#' | '.'))
        {
            out.push('\\');
        }
        out.push(sign);
        is_escaped = sign == '\\' && !is_escaped;
    }
    out
}

/// What stands before the plan's tables.
fn front(plan: &Plan, out: &mut MarkdownWriter) {
    if !plan.title.trim().is_empty() {
        out.heading(1, &plan.title);
    }
    out.text(&Text::from_plain(&plan.organisation));
    if !plan.title.contains(&plan.period) {
        out.text(&Text::from_plain(&plan.period));
    }
    out.text(&plan.introduction);
    let cycle = &plan.cycle;
    let dates = [
        ("Completed", cycle.completed),
        ("Reviewed", cycle.reviewed),
        ("Next review", cycle.next_review),
    ];
    let dates: Vec<(&str, PartialDate)> =
        dates.into_iter().filter_map(|(header, date)| Some((header, date?))).collect();
    if !dates.is_empty() {
        let headers: Vec<&str> = dates.iter().map(|(header, _)| *header).collect();
        out.table(
            &headers,
            std::iter::once(dates.iter().map(|(_, date)| in_words(*date)).collect()),
        );
    }
    recommendations(&plan.recommendations, out);
    if plan.scheme != Scheme::default() {
        let own = |words: &str| cell(&Text::from_plain(words));
        let state = |state: &State| {
            vec![own(&state.label), own(&state.definition), state.colour.to_string()]
        };
        out.table(&["Status", "Meaning", "Colour"], plan.scheme.states.iter().map(state));
    }
}

/// A date as people write it, if it is read as the same.
fn in_words(date: PartialDate) -> String {
    let words = date.in_words();
    if target::partial_date(&words) == Some(date) { words } else { date.to_string() }
}

/// Lists of recommendations, each below its area and time limit.
fn recommendations(all: &[Recommendation], out: &mut MarkdownWriter) {
    let mut before: Option<&Recommendation> = None;
    for recommendation in all {
        let Recommendation { reference, area, deadline, text, .. } = recommendation;
        let goes_on =
            before.is_some_and(|before| before.area == *area && before.deadline == *deadline);
        let limit = format!("{deadline}:");
        let announces_limit = front::announces_a_limit(&limit);
        if !goes_on {
            if deadline.is_empty()
                || !announces_limit
                || before.is_none_or(|before| before.area != *area)
            {
                let extra = if announces_limit { "" } else { deadline.as_str() };
                out.heading(2, &announced(&[area.as_str(), extra]));
            }
            if announces_limit {
                out.text(&Text::from_plain(&limit));
            }
        }
        before = Some(recommendation);
        out.item(reference, text, goes_on);
    }
}

/// The heading over recommendations.
fn announced(of: &[&str]) -> String {
    let of: Vec<&str> = of.iter().copied().filter(|words| !words.is_empty()).collect();
    match of.as_slice() {
        [] => "Recommendations".to_owned(),
        [class] if front::is_a_class(class) => (*class).to_owned(),
        of => format!("Areas for improvement: {}", of.join(", ")),
    }
}

/// Markdown in the making: blocks with a blank line between them.
#[derive(Default)]
struct MarkdownWriter {
    markdown: String,
}

impl MarkdownWriter {
    fn begin(&mut self) {
        if !self.markdown.is_empty() {
            self.markdown.push('\n');
        }
    }

    fn heading(&mut self, level: usize, words: &str) {
        self.begin();
        let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut written = Text::from_plain(&line).to_commonmark();
        // CommonMark 4.2: signs at the end close a heading
        let closing = written.trim_end_matches('#').len();
        if closing < written.len() && !written[..closing].ends_with('\\') {
            written.insert(closing, '\\');
        }
        let _ = writeln!(self.markdown, "{} {written}", "#".repeat(level)); // a string takes all that is written to it
    }

    fn text(&mut self, text: &Text) {
        if !text.is_empty() {
            self.begin();
            self.markdown.push_str(&settled_in_markdown(text).to_commonmark());
            self.markdown.push('\n');
        }
    }

    /// A recommendation behind its reference; in the list that is open, if that goes on.
    fn item(&mut self, reference: &str, text: &Text, goes_on: bool) {
        if !goes_on {
            self.begin();
        }
        let text = settled_in_markdown(text);
        let (first, rest) = text
            .blocks
            .split_first()
            .map_or((&[][..], &[][..]), |(first, rest)| (first.spans.as_slice(), rest));
        let mut spans = vec![Span::bold(reference), Span::plain(" ")];
        spans.extend_from_slice(first);
        self.markdown.push_str("- ");
        self.markdown.push_str(
            &Text::from(TextBlock::paragraph(spans)).to_commonmark().replace('\n', "\n  "),
        );
        self.markdown.push('\n');
        let rest = Text { blocks: rest.to_vec().into() }.to_commonmark();
        if !rest.is_empty() {
            let _ = writeln!(self.markdown, "\n  {}", rest.replace('\n', "\n  "));
        }
    }

    fn table(&mut self, headers: &[&str], rows: impl Iterator<Item = Vec<String>>) {
        self.begin();
        self.row(&headers.iter().map(|header| cell(&Text::from_plain(header))).collect::<Vec<_>>());
        self.row(&vec!["---".to_owned(); headers.len()]);
        rows.for_each(|row| self.row(&row));
    }

    fn row(&mut self, cells: &[String]) {
        self.markdown.push_str("| ");
        self.markdown.push_str(&cells.join(" | "));
        self.markdown.push_str(" |\n");
    }
}

/// A text in a cell: words, or tags where there are several blocks.
fn cell(text: &Text) -> String {
    let text = &*settled_in_markdown(text);
    match text.blocks.as_slice() {
        [only] if only.kind == TextBlockKind::Paragraph => in_markdown(only),
        _ => tagged(text, in_markdown),
    }
}

/// The words of a block on one line of a table.
fn in_markdown(block: &TextBlock) -> String {
    let written = Text::from(TextBlock::paragraph(block.spans.clone())).to_commonmark();
    let written = written.split("\\\n").map(unguarded).collect::<Vec<_>>().join("<br>");
    let mut out = String::with_capacity(written.len());
    let mut backslashes = 0_usize;
    for c in written.chars() {
        match c {
            '|' => {
                // an odd number escapes the bar already
                if backslashes % 2 == 1 {
                    out.pop();
                    backslashes -= 1;
                }
                // GFM 4.10: a backslash before a bar belongs to it, however many stand before that
                out.push_str(if backslashes == 0 { "\\|" } else { "&#124;" });
            }
            _ => out.push(c),
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
    }
    out
}

/// A line without the backslash that keeps it from opening a list, heading or quotation: in a cell
/// nothing can.
fn unguarded(line: &str) -> Cow<'_, str> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let guards: &[char] = if digits > 0 { &['.', ')'] } else { &['#', '>', '-', '+', '='] };
    match line[digits..].strip_prefix('\\').filter(|rest| rest.starts_with(guards)) {
        Some(rest) => Cow::Owned(line[..digits].to_owned() + rest),
        None => Cow::Borrowed(line),
    }
}
