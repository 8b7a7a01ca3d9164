//! What a board asks at a review: what was reported since the last one, which dates are to be
//! agreed, what was completed when.

use planwright::plan::{
    Action, Basis, EarlierTarget, Objective, ReviewEntry, Status, Theme, Update,
};
use planwright::{Agenda, AgendaOptions, EarlierPlan, Plan, Target};

use crate::whole;

fn action(target: &str, state: Option<&str>) -> Action {
    let basis = if state.is_some() { Basis::Stated } else { Basis::None };
    let status = Status { state: state.map(str::to_owned), basis, because: String::new() };
    Action {
        action: "Amend the form".into(),
        target: Some(Target::read(target)),
        status,
        owners: vec!["Jo Lee".to_owned()],
        ..Action::default()
    }
}

fn updated(period: &str, status: Option<&str>) -> Action {
    let update = Update {
        period: period.parse().ok(),
        text: "Letters were sent.".into(),
        status: status.map(str::to_owned),
        ..Update::default()
    };
    Action { updates: vec![update], ..action("May 2012", None) }
}

fn with_progress(words: &str, from: Action) -> Action {
    Action { review: ReviewEntry { progress: words.into(), ..ReviewEntry::default() }, ..from }
}

fn plan(reviewed: &str, actions: Vec<Action>) -> Plan {
    let objective = Objective { actions, ..Objective::default() };
    let mut plan = Plan {
        themes: vec![Theme { objectives: vec![objective], ..Theme::default() }],
        ..Plan::default()
    };
    plan.cycle.reviewed = reviewed.parse().ok();
    plan.cycle.next_review = "2012-06".parse().ok();
    plan
}

const NOW: &str = "2012-03-31";

fn alone(plan: &Plan) -> Agenda {
    whole::agenda(plan, &whole::review(plan, NOW.parse().ok()), &AgendaOptions::default())
}

fn since(then: &Plan, now: &Plan, matched: &[Option<usize>]) -> Agenda {
    let published = whole::whole(then);
    let review = whole::review(then, "2011-11-30".parse().ok());
    let earlier = EarlierPlan { plan: &published, review: &review, matched };
    let options = AgendaOptions { earlier: Some(earlier), ..AgendaOptions::default() };
    whole::agenda(now, &whole::review(now, NOW.parse().ok()), &options)
}

#[test]
fn an_update_without_a_date_may_be_of_before_the_last_review() {
    let actions = || {
        vec![
            updated("", None),
            updated("2012-02", None),
            updated("2011-10", None),
            with_progress("Two of three.", updated("", None)),
            with_progress("Two of three.", updated("2011-10", None)),
            action("May 2012", None),
        ]
    };
    let agenda = alone(&plan("2011-11", actions()));
    assert_eq!(agenda.undated_update, [0]);
    assert_eq!(agenda.no_update, [2, 5]);
    // without a last review, whatever was reported counts
    let agenda = alone(&plan("", actions()));
    assert_eq!(agenda.no_update, [5]);
}

#[test]
fn dates_that_moved_since_or_are_asked_to_move_are_to_be_agreed() {
    let moved = |on: &str| {
        let mut moved = action("30/06/2012", None);
        moved.earlier_targets = vec![EarlierTarget {
            target: Target::read("31/03/2012"),
            moved: on.parse().ok(),
            by: String::new(),
        }];
        moved
    };
    let mut asks = action("May 2012", None);
    "May 2013".clone_into(&mut asks.review.revised_target);
    let actions = vec![
        moved("2012-02"),
        action("May 2012", None),
        moved("2011-10"),
        action("May 2012", None),
        asks,
        action("May 2012", None),
    ];
    assert_eq!(alone(&plan("2011-11", actions)).dates_to_agree, [0, 4]);
}

#[test]
fn a_status_or_progress_that_is_other_than_before_was_reported_since() {
    let progress = |words: &str| with_progress(words, action("May 2012", Some("on-track")));
    let then = plan(
        "2011-11",
        vec![
            action("May 2012", Some("on-track")),
            action("May 2012", Some("on-track")),
            action("May 2012", None),
            progress("Two of three."),
            progress("Two of three."),
            updated("2011-10", None),
        ],
    );
    let inferred = Status {
        state: Some("at-risk".to_owned()),
        basis: Basis::Inferred,
        because: "update: “at risk”".to_owned(),
    };
    let mut late = updated("2011-10", None);
    late.updates.push(Update { text: "More letters.".into(), ..Update::default() });
    let now = plan(
        "2011-11",
        vec![
            action("May 2012", Some("on-track")),
            action("May 2012", Some("at-risk")),
            Action { status: inferred, ..action("May 2012", None) },
            progress("Two of three."),
            progress("All three."),
            late,
        ],
    );
    let matched: Vec<Option<usize>> = (0..6).map(Some).collect();
    assert_eq!(since(&then, &now, &matched).no_update, [0, 2, 3]);
}

#[test]
fn what_was_completed_counts_from_the_day_on_which_it_was() {
    let completed = |on: &str| {
        let mut completed = action("May 2012", Some("complete"));
        completed.status.because = format!("Completed {on}");
        completed
    };
    let then = plan("2011-11", vec![action("May 2012", None)]);
    let now = plan(
        "2011-11",
        vec![
            completed("01/02/2012"),
            completed("31/10/2011"),
            completed("30/11/2011"),
            completed("01/12/2011"),
            completed("31/03/2012"),
            completed("01/04/2012"),
        ],
    );
    // what is new and was complete before the last review was not completed since
    let agenda = since(&then, &now, &[Some(0), None, None, None, None, None]);
    assert_eq!(agenda.completed, [0, 3, 4]);
    assert_eq!(agenda.completed_later, [5]);
}
