//! The controls above the plan: which actions are shown, and what becomes of a filled-in page. The
//! script shows them, as without it they could do nothing.

use maud::{Markup, html};

use crate::carried::FILLED;
use crate::report::{Phrase, PlanTable, Report};

use super::text::{Said, Words, language};

/// The form by which actions are found.
pub(super) fn find(report: &Report) -> Markup {
    let words = &report.words.find;
    let choice = |name: &str, label: &Phrase, otherwise: &str| {
        html! {
            div {
                label for={ "find-" (name) } lang=[language(label)] { (Said(label)) }
                select name=(name) id={ "find-" (name) } autocomplete="off" { option value="" { (Words(otherwise)) } }
            }
        }
    };
    html! {
        noscript { p { (Words(&words.without)) } }
        form id="find" role="search" aria-label=(Words(&words.legend)) autocomplete="off" hidden {
            div.words {
                label for="find-q" { (Words(&words.words)) }
                input type="search" name="q" id="find-q" autocomplete="off";
            }
            (choice("theme", &words.theme.as_str().into(), &words.all))
            (choice("owner", &words.owner, &words.all))
            (choice("status", &words.status, &words.all))
            (choice("due", &words.due.as_str().into(), &words.all))
            (choice("sort", &words.sort.as_str().into(), &words.unsorted))
            div.tick hidden {
                input type="checkbox" name="down" id="find-down";
                label for="find-down" { (Words(&words.backwards)) }
            }
            div { button type="reset" { (Words(&words.reset)) } }
            p id="found" role="status" data-shown=(Words(&words.found)) data-none=(Words(&words.none)) {}
            button type="button" id="more" data-more=(Words(&words.more)) hidden {}
        }
    }
}

/// The form by which the page is filled in, if it has columns for that; and where a saved page
/// holds what was filled in.
pub(super) fn fill(report: &Report, plan: &PlanTable) -> Markup {
    let words = &report.words.fill;
    html! {
        @if plan.columns.iter().any(|column| column.role.is_entry()) {
            form id="review" aria-label=(Words(&words.legend)) data-edition=(Words(&report.running.edition)) data-label=(Words(&words.field))
                data-file=(Words(&words.file)) data-sure=(Words(&words.sure)) hidden {
                p { (Words(&words.how)) }
                div {
                    button.main type="button" name="save" { (Words(&words.save)) }
                    button type="button" name="clear" { (Words(&words.clear)) }
                }
                p id="draft" role="status" data-kept=(Words(&words.kept)) data-lost=(Words(&words.lost)) data-back=(Words(&words.back))
                    data-saved=(Words(&words.saved)) {}
            }
            template id=(FILLED) { "{}" }
        }
    }
}
