//! The controls above the plan: which actions are shown, and what becomes of a filled-in page. The
//! script shows them, as without it they could do nothing.

use maud::{Markup, html};

use crate::embedded::FILLED;
use crate::report::{Phrase, PlanTable, Report};

use super::text::{EscapedPhrase, LanguageSpan, language};

/// The form by which actions are found.
pub(super) fn find(report: &Report) -> Markup {
    let words = &report.words.find;
    let choice = |name: &str, label: &Phrase, otherwise: &str| {
        html! {
            div {
                label for={ "find-" (name) } lang=[language(label)] { (LanguageSpan(label)) }
                select name=(name) id={ "find-" (name) } autocomplete="off" { option value="" { (EscapedPhrase(otherwise)) } }
            }
        }
    };
    html! {
        noscript { p { (EscapedPhrase(&words.without)) } }
        form id="find" role="search" aria-label=(EscapedPhrase(&words.legend)) autocomplete="off" hidden {
            div.words {
                label for="find-q" { (EscapedPhrase(&words.words)) }
                input type="search" name="q" id="find-q" autocomplete="off";
            }
            (choice("theme", &words.theme.as_str().into(), &words.all))
            (choice("owner", &words.owner, &words.all))
            (choice("status", &words.status, &words.all))
            (choice("due", &words.due.as_str().into(), &words.all))
            (choice("sort", &words.sort.as_str().into(), &words.unsorted))
            div.tick hidden {
                input type="checkbox" name="down" id="find-down";
                label for="find-down" { (EscapedPhrase(&words.backwards)) }
            }
            div { button type="reset" { (EscapedPhrase(&words.reset)) } }
            p id="found" role="status" data-shown=(EscapedPhrase(&words.found)) data-none=(EscapedPhrase(&words.none)) {}
            button type="button" id="more" data-more=(EscapedPhrase(&words.more)) hidden {}
        }
    }
}

/// The form by which the page is filled in, if it has columns for that; and where a saved page
/// holds what was filled in.
pub(super) fn fill(report: &Report, plan: &PlanTable) -> Markup {
    let words = &report.words.fill;
    html! {
        @if plan.columns.iter().any(|column| column.role.is_entry()) {
            form id="review" aria-label=(EscapedPhrase(&words.legend)) data-edition=(EscapedPhrase(&report.running.edition)) data-label=(EscapedPhrase(&words.field))
                data-file=(EscapedPhrase(&words.file)) data-sure=(EscapedPhrase(&words.sure)) hidden {
                p { (EscapedPhrase(&words.how)) }
                div {
                    button.main type="button" name="save" { (EscapedPhrase(&words.save)) }
                    button type="button" name="clear" { (EscapedPhrase(&words.clear)) }
                }
                p id="draft" role="status" data-kept=(EscapedPhrase(&words.kept)) data-lost=(EscapedPhrase(&words.lost)) data-back=(EscapedPhrase(&words.back))
                    data-saved=(EscapedPhrase(&words.saved)) {}
            }
            template id=(FILLED) { "{}" }
        }
    }
}
