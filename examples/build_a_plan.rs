//! Builds a plan in code, as a program would that keeps its actions in a database, and writes its
//! web page.
//!
//! `cargo run --example build_a_plan > plan.html`

use std::error::Error;
use std::io::Write;

use planwright::plan::{Basis, Cycle, Objective, Status, Theme};
use planwright::write::{HtmlOptions, html};
use planwright::{
    Action, Plan, PublishOptions, ReportOptions, Target, Text, publish, report, review,
};

fn main() -> Result<(), Box<dyn Error>> {
    let amend = Action {
        owners: vec!["Lin Ferguson".to_owned()],
        owner_text: "Lin Ferguson".to_owned(),
        action: Text::from_plain("Amend the visiting form."),
        success_measures: Text::from_plain("An audit shows 85% compliance."),
        target: Some(Target::read("Oct '11")),
        ..Action::default()
    };
    let train = Action {
        owners: vec!["Jenny Lovell".to_owned(), "Team Managers".to_owned()],
        owner_text: "Jenny Lovell, Team Managers".to_owned(),
        action: Text::from_commonmark("Train staff:\n\n- new starters first\n- then **all** teams"),
        target: Some(Target::read("end of March 2012")),
        status: Status {
            state: Some("on-track".to_owned()),
            basis: Basis::Stated,
            because: "Green".to_owned(),
        },
        ..Action::default()
    };
    let mut plan = Plan {
        title: "Visiting improvement plan".to_owned(),
        organisation: "Borchester County Council".to_owned(),
        cycle: Cycle { reviewed: Some("2011-11".parse()?), ..Cycle::default() },
        themes: vec![Theme {
            title: "Quality of practice".to_owned(),
            objectives: vec![Objective {
                text: Text::from_plain("Children are seen alone at each visit."),
                actions: vec![amend, train],
                ..Objective::default()
            }],
            ..Theme::default()
        }],
        ..Plan::default()
    };

    plan.assign_references();
    if let Some(fault) = plan.validate().first() {
        return Err(fault.message.clone().into());
    }

    let plan = publish(plan, &PublishOptions::internal());
    let report = report(&plan, &review(&plan, None), &ReportOptions::default());
    std::io::stdout().write_all(html(&report, &HtmlOptions::default()).as_bytes())?;
    Ok(())
}
