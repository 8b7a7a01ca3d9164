use super::*;
use crate::plan::{Basis, EarlierTarget, Objective, Recommendation, Scheme, Status, Target, Theme};
use crate::text::Text;

fn action(target: &str, state: Option<&str>) -> Action {
    let basis = if state.is_some() { Basis::Stated } else { Basis::None };
    let status = Status { state: state.map(str::to_owned), basis, because: String::new() };
    Action { target: Some(Target::read(target)), status, ..Action::default() }
}

fn update(period: &str, status: Option<&str>) -> Update {
    let period = period.parse().ok();
    Update {
        period,
        text: Text::from_plain("Done what was due."),
        status: status.map(str::to_owned),
        ..Update::default()
    }
}

fn plan(actions: Vec<Action>) -> Plan {
    let objective =
        Objective { recommendation: Some("R1".to_owned()), actions, ..Objective::default() };
    let recommendation = |reference: &str| Recommendation {
        reference: reference.to_owned(),
        deadline: "Within three months".to_owned(),
        ..Recommendation::default()
    };
    let mut plan = Plan {
        scheme: Scheme::default(),
        recommendations: vec![recommendation("R1"), recommendation("R2")],
        themes: vec![Theme { objectives: vec![objective], ..Theme::default() }],
        ..Plan::default()
    };
    plan.cycle.reviewed = "2011-11".parse().ok();
    plan.cycle.next_review = "2012-06".parse().ok();
    plan
}

fn published(plan: Plan) -> Published {
    crate::publish(plan, &crate::PublishOptions::internal())
}

#[test]
fn the_plan_alone_tells_what_its_own_dates_tell() {
    let reported = Action { updates: vec![update("2012-02", None)], ..action("May '12", None) };
    let silent = Action { updates: vec![update("2011-11", None)], ..action("Dec '12", None) };
    let done =
        Action { updates: vec![update("2012-01", Some("complete"))], ..action("Jan '12", None) };
    let done_before =
        Action { updates: vec![update("2011-10", Some("complete"))], ..action("Oct '11", None) };
    let said_done = action("Oct '11", Some("complete"));
    let mut moved = action("30/06/2012", None);
    moved.earlier_targets = ["31/03/2012", "30/04/2012"]
        .map(|text| EarlierTarget {
            target: Target::read(text),
            moved: "2012-03".parse().ok(),
            by: String::new(),
        })
        .to_vec();
    let asks = Action {
        review: crate::plan::ReviewEntry {
            revised_target: "May '13".to_owned(),
            ..Default::default()
        },
        ..action("ongoing", None)
    };
    let plan = published(plan(vec![reported, silent, done, done_before, said_done, moved, asks]));
    let day = "2012-03-31".parse().ok();
    let options =
        AgendaOptions { inspected: "2012-02-29".parse().ok(), ..AgendaOptions::default() };
    let agenda = agenda(&plan, &super::super::review(&plan, day), &options);
    assert_eq!(agenda.since.day(), "2011-11-30".parse().ok());
    assert_eq!(agenda.next_review, "2012-06-30".parse().ok());
    assert_eq!(agenda.no_update, [1, 5, 6]);
    assert_eq!(agenda.due_next, [0, 5]);
    assert_eq!(
        (agenda.completed, agenda.completed_some_time),
        (vec![2], vec![4]),
        "done before the last review is in neither"
    );
    assert_eq!(agenda.no_evidence, [2, 3, 4]);
    assert_eq!(agenda.undated, [6]);
    let ahead: Vec<(String, &[usize])> =
        agenda.ahead.iter().map(|(month, due)| (month.to_string(), due.as_slice())).collect();
    assert_eq!(
        ahead,
        [
            ("2012-05".to_owned(), &[0][..]),
            ("2012-06".to_owned(), &[5]),
            ("2012-12".to_owned(), &[1])
        ]
    );
    let moved: Vec<_> = agenda
        .moved
        .iter()
        .map(|m| (m.action, m.before.len(), m.days, m.since_last, m.asked.as_str()))
        .collect();
    assert_eq!(moved, [(5, 2, Some(91), Some(true), ""), (6, 0, None, Some(false), "May '13")]);
    let coverage: Vec<_> = agenda
        .coverage
        .iter()
        .map(|c| (c.is_answered(), c.counts.all(), c.past_limit.clone()))
        .collect();
    // three months from 29 February 2012 end on 29 May
    assert_eq!(coverage, [(true, 7, vec![0, 1, 5]), (false, 0, vec![])]);
    assert_eq!(agenda.earlier, None);
}

#[test]
fn an_earlier_plan_tells_what_changed_since() {
    let day = |text: &str| text.parse().ok();
    let then = plan(vec![
        action("Mar '12", Some("on-track")),
        action("Mar '12", Some("complete")),
        action("May '12", None),
    ]);
    let mut now = plan(vec![
        action("Mar '12", Some("complete")),
        action("Mar '12", Some("complete")),
        action("Aug '12", None),
        action("Aug '12", Some("complete")),
    ]);
    now.themes[0].objectives[0].actions[2]
        .updates
        .push(Update { text: Text::from_plain("No month given."), ..Update::default() });
    let [then, now] = [then, now].map(published);
    let (review_then, review_now) = (
        super::super::review(&then, day("2011-12-31")),
        super::super::review(&now, day("2012-03-31")),
    );
    let earlier = EarlierPlan {
        plan: &then,
        review: &review_then,
        matched: &[Some(0), Some(1), Some(2), None],
    };
    let agenda = agenda(
        &now,
        &review_now,
        &AgendaOptions { earlier: Some(earlier), ..AgendaOptions::default() },
    );
    assert_eq!(agenda.since, LookBack::Earlier(day("2011-12-31")));
    assert_eq!(agenda.completed, [0, 3], "what is new and complete was completed since");
    assert!(
        agenda.completed_some_time.is_empty() && agenda.no_update.is_empty(),
        "what was not there then was reported since"
    );
    assert_eq!(
        agenda.moved.iter().map(|m| (m.action, m.days, m.since_last)).collect::<Vec<_>>(),
        [(2, Some(92), Some(true))]
    );
    // complete, on track, at risk, off track, not started
    assert_eq!(
        agenda.earlier.map(|counts| (counts.by_state, counts.not_reported)),
        Some((vec![1, 1, 0, 0, 0], 1))
    );
}
