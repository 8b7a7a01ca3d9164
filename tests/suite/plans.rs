//! Small plans made in code.

use super::whole;

use planwright::plan::{Action, Objective, Theme};
use planwright::{Plan, Report, ReportOptions, Text};

/// A plan with one theme and an action for each objective, action and success measure.
#[allow(dead_code)] // only the tests inside the crate use it
pub(crate) fn plan(rows: &[(&str, &str, &str)]) -> Plan {
    let objective = |(i, (objective, action, measures)): (usize, &(&str, &str, &str))| Objective {
        reference: (i + 1).to_string(),
        text: Text::from_plain(objective),
        actions: vec![self::action(&format!("{}.1", i + 1), action, measures)],
        ..Objective::default()
    };
    with(rows.iter().enumerate().map(objective).collect())
}

/// A plan with one objective and this many actions, each of which can be told by its words.
pub(crate) fn with_actions(count: usize) -> Plan {
    let action = |n: usize| {
        let words =
            "Share the findings with all partners before the board meets again. ".repeat(n % 4 + 1);
        action(
            &format!("1.{n}"),
            &format!("row{n}x {words}"),
            &format!("row{n}x **84%** of files audited"),
        )
    };
    let objective = Objective {
        reference: "1".to_owned(),
        text: Text::from_plain(
            "Ensure that records show how the views of children are taken forward.",
        ),
        actions: (1..=count).map(action).collect(),
        ..Objective::default()
    };
    with(vec![objective])
}

fn action(reference: &str, action: &str, measures: &str) -> Action {
    Action {
        reference: reference.to_owned(),
        action: Text::from_plain(action),
        success_measures: Text::from_commonmark(measures),
        owner_text: "Service Lead".to_owned(),
        ..Action::default()
    }
}

fn with(objectives: Vec<Objective>) -> Plan {
    Plan {
        title: "Plan of the county".to_owned(),
        organisation: "County Council".to_owned(),
        introduction: Text::from_commonmark(
            "What the inspection *asked* for:\n\n- first\n  - deeper\n- second\n\nSee <https://example.org/report>.",
        ),
        themes: vec![Theme {
            title: "Safeguarding children".to_owned(),
            objectives,
            ..Theme::default()
        }],
        ..Plan::default()
    }
}

/// The report of a plan, with the columns for the reviewer.
pub(crate) fn report(plan: &Plan) -> Report {
    whole::report(plan, &whole::review(plan, None), &ReportOptions::default())
}
