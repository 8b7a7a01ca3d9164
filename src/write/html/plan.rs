//! The plan as a table: a body for each theme, a header cell over the rows of each objective, a row
//! for each action.

use std::fmt::Write as _;

use maud::{Markup, Render, html};

use crate::report::{
    ActionRow, CALCULATED, ColumnRole, ObjectiveGroup, PlanTable, ReportCell, ReportLink, ThemeBand,
};

use super::style::StateColours;
use super::text::{EscapedPhrase, LanguageSpan, TextMarkup, internal, language, say};

/// The rows that one cell can span at most (HTML Living Standard, 4.9.11).
const LONGEST_SPAN: usize = 65_534;

/// The plan's table, drawn straight into the page: it is by far the longest part of it.
pub(super) struct PlanTableMarkup<'a> {
    pub(super) plan: &'a PlanTable,
    pub(super) colours: &'a StateColours,
    pub(super) continued: &'a str,
}

impl Render for PlanTableMarkup<'_> {
    fn render_to(&self, out: &mut String) {
        out.push_str("<table>");
        html! {
            caption lang=[language(&self.plan.caption)] { (LanguageSpan(&self.plan.caption)) }
            colgroup { @for _ in &self.plan.columns { col; } }
            thead {
                tr {
                    @for column in &self.plan.columns {
                        th scope="col" class=[column.role.is_entry().then_some("e")] data-is=(is(column.role)) lang=[language(&column.header)] {
                            (LanguageSpan(&column.header))
                        }
                    }
                }
            }
        }
        .render_to(out);
        for theme in &self.plan.themes {
            self.theme(theme, out);
        }
        out.push_str("</table>");
    }
}

/// What the script knows a column by.
fn is(role: ColumnRole) -> &'static str {
    match role {
        ColumnRole::Theme => "theme",
        ColumnRole::Objective => "objective",
        ColumnRole::Reference => "reference",
        ColumnRole::Prose => "prose",
        ColumnRole::Owners => "owners",
        ColumnRole::Target => "target",
        ColumnRole::Status => "status",
        ColumnRole::Number => "number",
        ColumnRole::EnterText => "enter-text",
        ColumnRole::EnterState => "enter-state",
        ColumnRole::EnterName => "enter-name",
        ColumnRole::EnterDate => "enter-date",
    }
}

impl PlanTableMarkup<'_> {
    fn theme(&self, theme: &ThemeBand, out: &mut String) {
        out.push_str("<tbody id=\"");
        EscapedPhrase(&theme.anchor).render_to(out);
        out.push_str("\">");
        if !theme.title.is_empty() {
            html! { tr { th scope="rowgroup" colspan=(self.plan.columns.len()) lang=[language(&theme.title)] { (LanguageSpan(&theme.title)) } } }
                .render_to(out);
        }
        for objective in &theme.objectives {
            self.objective(objective, out);
        }
        out.push_str("</tbody>");
    }

    fn objective(&self, objective: &ObjectiveGroup, out: &mut String) {
        if objective.actions.is_empty() {
            let others = self.plan.columns.len().saturating_sub(1);
            html! { tr { (self.objective_cell(objective, 1, false)) @if others > 0 { td colspan=(others) {} } } }.render_to(out);
        }
        for (i, rows) in objective.actions.chunks(LONGEST_SPAN).enumerate() {
            for (j, action) in rows.iter().enumerate() {
                out.push_str("<tr id=\"");
                EscapedPhrase(&action.anchor).render_to(out);
                out.push_str("\">");
                if j == 0 && self.plan.has_objectives {
                    self.objective_cell(objective, rows.len(), i > 0).render_to(out);
                }
                let without_column = !self.plan.has_objectives && i == 0 && j == 0;
                self.action(action, without_column.then_some(objective), out);
                out.push_str("</tr>");
            }
        }
    }

    /// The objective over the rows of its actions. `scope=row` on a cell that spans rows is the
    /// header of each of them.
    fn objective_cell(&self, objective: &ObjectiveGroup, rows: usize, goes_on: bool) -> Markup {
        let id = (!goes_on).then_some(EscapedPhrase(&objective.anchor));
        let words = html! {
            div {
                @if !objective.reference.is_empty() { b { (EscapedPhrase(&objective.reference)) } " " }
                (TextMarkup::cell(&objective.text))
                @if goes_on { " " (EscapedPhrase(self.continued)) }
                @if let Some(link) = &objective.recommendation { p { (internal(link)) } }
            }
        };
        html! {
            @if objective.text.is_empty() && objective.reference.is_empty() {
                td.o id=[id] rowspan=(rows) { (words) }
            } @else {
                th.o id=[id] scope="row" rowspan=(rows) { (words) }
            }
        }
    }

    /// The cells of an action. Where the objectives have no column, the first action bears the
    /// anchor of its objective.
    fn action(&self, action: &ActionRow, bears: Option<&ObjectiveGroup>, out: &mut String) {
        let roles =
            self.plan.columns.iter().skip(usize::from(self.plan.has_objectives)).map(|c| c.role);
        let mut bears = bears.map(|objective| objective.anchor.as_str());
        for (cell, role) in action.cells.iter().zip(roles) {
            let is_header = role == ColumnRole::Reference && !action.reference.is_empty();
            out.push_str(if is_header { "<th scope=\"row\"" } else { "<td" });
            if role.is_entry() {
                out.push_str(" class=\"e\"");
            }
            if let Some(anchor) = bears.take() {
                out.push_str(" id=\"");
                EscapedPhrase(anchor).render_to(out);
                out.push('"');
            }
            say(cell.language(), out);
            out.push('>');
            self::cell(cell, self.colours, out);
            out.push_str(if is_header { "</th>" } else { "</td>" });
        }
    }
}

/// What a cell shows, within an element that says the language of it.
pub(super) fn cell(cell: &ReportCell, colours: &StateColours, out: &mut String) {
    match cell {
        ReportCell::Text(text) => TextMarkup::spoken(text).render_to(out),
        ReportCell::Date { text, due: Some(due), .. } if due.year() > 0 => {
            _ = write!(out, "<time datetime=\"{due}\">"); // a string takes all that is written to it
            LanguageSpan(text).render_to(out);
            out.push_str("</time>");
        }
        ReportCell::Status { mark, note, .. } => {
            if let Some(mark) = mark {
                colours.label(mark).render_to(out);
                // beside the word, by which actions are found
                if &**note == CALCULATED {
                    out.push(' ');
                    out.push_str(CALCULATED);
                }
            }
            for words in cell.below_status() {
                out.push_str("<p");
                say(words.language(), out);
                out.push('>');
                LanguageSpan(words).render_to(out);
                out.push_str("</p>");
            }
        }
        ReportCell::Date { text, .. } => LanguageSpan(text).render_to(out),
        ReportCell::Link(link) => internal(link).render_to(out),
        ReportCell::Links(links) => {
            let link = |link: &ReportLink| html! { a href={ "#" (EscapedPhrase(&link.anchor)) } { (EscapedPhrase(&link.text)) } };
            html! { @for (i, shown) in links.iter().enumerate() { @if i > 0 { ", " } (link(shown)) } }.render_to(out);
        }
        other => EscapedPhrase(&other.short()).render_to(out),
    }
}
