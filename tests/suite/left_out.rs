//! What goes with a column that the publisher leaves out and what stays, and which rows the marks
//! of a plan keep internal.

use planwright::plan::{
    Action, Basis, Colour, Extra, Field, Objective, Plan, Recommendation, State, Status, Update,
};
use planwright::{PublishOptions, Published, RemovedKind, Text, publish};

use crate::publisher::{action, all_outputs, assert_nowhere, column, plan};

fn without(plan: Plan, headers: &[&str]) -> Published {
    publish(plan, &PublishOptions::public().with_leave_out(headers.iter().copied()))
}

fn messages(published: &Published) -> Vec<&str> {
    published.diagnostics().iter().map(|diagnostic| diagnostic.message.as_str()).collect()
}

/// The removed texts of a kind.
fn removed(published: &Published, kind: RemovedKind) -> Vec<&str> {
    let of_kind = published.removed().iter().filter(|removed| removed.kind() == kind);
    of_kind.map(planwright::Removed::text).collect()
}

fn extra(cells: &[(&str, &str)]) -> Extra {
    Extra(cells.iter().map(|(header, cell)| ((*header).to_owned(), (*cell).into())).collect())
}

fn first(published: &Published) -> &Action {
    published.plan().actions().next().unwrap().2
}

const ONE_COLUMN: [&str; 1] = ["1 column was removed from the public version"];

#[test]
fn recommendations_without_wording_go_with_their_column() {
    let mut plan = plan(vec![action("1.1", "Amend the form")]);
    plan.columns = vec![column(Field::Recommendation, "Responds to")];
    plan.themes[0].objectives[0].recommendation = Some("Zqr7".to_owned());
    let recommendation = |reference: &str, text: &str| Recommendation {
        reference: reference.to_owned(),
        text: text.into(),
        ..Recommendation::default()
    };
    plan.recommendations = vec![recommendation("Zqr7", ""), recommendation("R2", "Keep records")];
    let published = without(plan, &["Responds to"]);
    assert_eq!(published.plan().recommendations.len(), 1);
    assert_eq!(published.plan().recommendations[0].reference, "R2");
    assert_nowhere(&all_outputs(&published, &published), &["zqr7"]);
    assert!(removed(&published, RemovedKind::Column).contains(&"Zqr7"));
    assert_eq!(messages(&published), ONE_COLUMN);
}

#[test]
fn evidence_that_goes_with_its_column_is_counted_once() {
    let mut plan = plan(vec![action("1.1", "Amend the form")]);
    plan.columns = vec![column(Field::Evidence, "Proof")];
    plan.themes[0].objectives[0].evidence = "zqproof".into();
    let published = without(plan.clone(), &["proof"]);
    assert_nowhere(&all_outputs(&published, &published), &["zqproof"]);
    assert_eq!(messages(&published), ONE_COLUMN);
    let published = without(plan, &[]);
    assert_nowhere(&all_outputs(&published, &published), &["zqproof"]);
    assert_eq!(
        messages(&published),
        [ONE_COLUMN[0], "the evidence for 1 objective was removed from the public version"]
    );
}

#[test]
fn cells_of_one_header_are_one_column() {
    for (of_objectives, of_actions) in [(true, false), (false, true), (true, true)] {
        let mut plan = plan(vec![action("1.1", "Amend the form"), action("1.2", "Share it")]);
        let objective = &mut plan.themes[0].objectives[0];
        let cells = extra(&[("Budget", "zqmoney"), ("Site", "North")]);
        if of_actions {
            objective.actions.iter_mut().for_each(|action| action.extra = cells.clone());
        }
        if of_objectives {
            objective.extra = cells;
        }
        let published = without(plan, &["budget"]);
        assert_nowhere(&all_outputs(&published, &published), &["zqmoney", "budget"]);
        assert_eq!(messages(&published), ONE_COLUMN);
        assert_eq!(first(&published).extra.is_empty(), !of_actions);
    }
}

#[test]
fn a_stated_status_goes_with_the_cell_that_it_quotes() {
    let stays = true;
    for (because, cell, basis, has_status, expected) in [
        ("Position: at risk", "Late", Basis::Stated, false, !stays),
        ("Position: at risk", "Late", Basis::Stated, true, !stays),
        ("RAG: at risk", "Late", Basis::Stated, false, stays),
        ("At risk", "at risk", Basis::Stated, false, !stays),
        ("At risk", "At risk since May", Basis::Stated, false, !stays),
        ("At risk since May", "At risk", Basis::Stated, false, !stays),
        ("At risk", "at risk", Basis::Stated, true, stays),
        ("At risk", "Late", Basis::Stated, false, stays),
        ("At risk", "–", Basis::Stated, false, stays),
        ("", "At risk", Basis::Stated, false, stays),
    ] {
        let status =
            Status { state: Some("at-risk".to_owned()), basis, because: because.to_owned() };
        let mut plan = plan(vec![Action {
            status: status.clone(),
            extra: extra(&[("Position", cell)]),
            ..action("1.1", "Amend the form")
        }]);
        plan.columns = vec![column(Field::Extra, "Position")];
        plan.columns.extend(has_status.then(|| column(Field::Status, "RAG")));
        let published = without(plan, &["Position"]);
        let expected = if expected { status } else { Status::default() };
        assert_eq!(first(&published).status, expected, "“{because}” of “{cell}”");
    }
}

#[test]
fn references_that_are_left_out_are_replaced_by_numbers() {
    let mut plan = plan(vec![action("Zqa", "Amend the form"), action("Zqb", "Share it")]);
    let other = Objective { reference: "Zqo".to_owned(), ..plan.themes[0].objectives[0].clone() };
    plan.themes[0].objectives.push(other);
    "Zqn".clone_into(&mut plan.themes[0].objectives[0].reference);
    plan.columns = vec![
        column(Field::ObjectiveReference, "Number"),
        column(Field::Reference, "Ref"),
        column(Field::Owner, "Lead"),
    ];
    let references = |published: &Published| -> Vec<String> {
        let of_objective = |objective: &Objective| {
            let actions = objective.actions.iter().map(|action| action.reference.clone());
            std::iter::once(objective.reference.clone()).chain(actions).collect::<Vec<_>>()
        };
        published.plan().themes[0].objectives.iter().flat_map(of_objective).collect()
    };
    let published = without(plan.clone(), &["Ref"]);
    assert_eq!(references(&published), ["Zqn", "1.1", "1.2", "Zqo", "2.1", "2.2"]);
    assert!(published.plan().assigned_references);
    let published = without(plan.clone(), &["Number"]);
    assert_eq!(references(&published), ["1", "Zqa", "Zqb", "2", "Zqa", "Zqb"]);
    assert!(!published.plan().assigned_references);
    plan.assigned_references = true;
    let published = without(plan, &["Lead"]);
    assert_eq!(references(&published), ["Zqn", "Zqa", "Zqb", "Zqo", "Zqa", "Zqb"]);
    assert!(published.plan().assigned_references);
}

fn update(label: &str, text: &str) -> Update {
    Update { label: label.to_owned(), text: text.into(), ..Update::default() }
}

#[test]
fn updates_go_with_the_column_that_they_come_from() {
    let updates = vec![update("", "zqfirst"), update("Later:", "zqlater")];
    let mut plan = plan(vec![Action {
        updates,
        success_measures: "zqmeasure".into(),
        ..action("1.1", "Amend the form")
    }]);
    let texts = |published: &Published| -> Vec<String> {
        let action = first(published);
        let updates = action.updates.iter().map(|update| update.text.plain().into_owned());
        updates.chain([action.success_measures.plain().into_owned()]).collect()
    };
    let measures = column(Field::SuccessMeasures, "Measures");
    plan.columns =
        vec![measures.clone(), column(Field::Update, "Progress"), column(Field::Update, "Later")];
    assert_eq!(texts(&without(plan.clone(), &["Progress"])), ["zqlater", "zqmeasure"]);
    assert_eq!(texts(&without(plan.clone(), &["Later"])), ["zqfirst", "zqmeasure"]);
    assert_eq!(texts(&without(plan.clone(), &["Measures"])), ["zqfirst", "zqlater", ""]);
    // updates without a column of their own were found among the success measures
    plan.columns = vec![measures];
    assert_eq!(texts(&without(plan, &["Measures"])), [""]);
}

#[test]
fn a_status_that_an_update_gave_goes_with_it() {
    let status = Status {
        state: Some("on-track".to_owned()),
        basis: Basis::Inferred,
        because: "update: “on track”".to_owned(),
    };
    let mut plan = plan(vec![Action {
        updates: vec![Update {
            status: Some("on-track".to_owned()),
            ..update("", "Work is on track.")
        }],
        status,
        ..action("1.1", "Amend the form")
    }]);
    plan.columns = vec![column(Field::Update, "Progress"), column(Field::Owner, "Lead")];
    let published = without(plan.clone(), &["Progress"]);
    assert_eq!(removed(&published, RemovedKind::Derived), ["update: “on track”"]);
    assert_eq!(removed(&without(plan, &["Lead"]), RemovedKind::Derived), [""; 0]);
}

#[test]
fn states_that_only_a_removed_column_had_leave_the_key() {
    let state = |id: &str, label: &str, definition: &str| State {
        id: id.to_owned(),
        label: label.to_owned(),
        category: None,
        colour: Colour::new(0, 0, 0),
        definition: definition.to_owned(),
    };
    let usual = |id: &str| {
        let scheme = Plan::default().scheme;
        scheme.states.into_iter().find(|state| state.id == id).unwrap()
    };
    let ids = ["complete", "on-track", "at-risk", "zqodd", "explained", "unused"];
    let mut plan = plan(
        ids[..5]
            .iter()
            .map(|id| Action {
                status: Status {
                    state: Some((*id).to_owned()),
                    basis: Basis::Stated,
                    because: String::new(),
                },
                ..action("1", "Amend the form")
            })
            .collect(),
    );
    plan.scheme.states = vec![
        State { label: "Zqdone".to_owned(), ..usual("complete") },
        state("on-track", "Zqfine", "Explained by the plan itself"),
        usual("at-risk"),
        state("zqodd", "Zqodd", ""),
        state("explained", "Known", "Explained by the plan itself"),
        state("unused", "Not used", ""),
    ];
    plan.columns = vec![column(Field::Status, "RAG")];
    let published = without(plan, &["RAG"]);
    let labels: Vec<&str> =
        published.plan().scheme.states.iter().map(|state| state.label.as_str()).collect();
    let (complete, at_risk) = (usual("complete").label, usual("at-risk").label);
    assert_eq!(labels, [complete.as_str(), "Zqfine", at_risk.as_str(), "Known", "Not used"]);
    assert_nowhere(&all_outputs(&published, &published), &["zqdone", "zqodd"]);
    assert_eq!(removed(&published, RemovedKind::Derived), ["Zqdone", "Zqodd"]);
}

/// The references of the actions that are published of a plan whose rows are marked.
fn published_rows(header: &str, marks: &[(&str, &str)]) -> Vec<String> {
    let marked = |(reference, mark): &(&str, &str)| Action {
        extra: if mark.is_empty() { Extra::default() } else { extra(&[(header, mark)]) },
        ..action(reference, "Amend the form")
    };
    let mut plan = plan(marks.iter().map(marked).collect());
    plan.columns = vec![column(Field::Extra, header)];
    let published = without(plan, &[]);
    published.plan().actions().map(|(_, _, action)| action.reference.clone()).collect()
}

#[test]
fn a_row_without_a_mark_is_published_unless_others_are_marked_as_public() {
    assert_eq!(published_rows("For publication?", &[("1", "Yes"), ("2", "")]), ["1"]);
    assert_eq!(
        published_rows("For publication?", &[("1", ""), ("2", "No"), ("3", "")]),
        ["1", "3"]
    );
    assert_eq!(published_rows("Confidential", &[("1", "No"), ("2", ""), ("3", "Yes")]), ["1", "2"]);
}

#[test]
fn a_mark_that_is_not_understood_keeps_its_row_internal() {
    for (header, mark, is_published) in [
        ("Confidential", "ask the lead", false),
        ("Confidential", "please ask the lead", false),
        // a column of remarks that are internal
        ("Confidential", "The lead will ask the family", true),
        ("For publication?", "The lead will ask the family", false),
    ] {
        let published = published_rows(header, &[("1", mark), ("2", "")]);
        let expected = if is_published { vec!["1", "2"] } else { vec!["2"] };
        assert_eq!(published, expected, "{header} {mark}");
    }
}

#[test]
fn marks_of_objectives_hold_for_their_actions() {
    let objective = |reference: &str, cells: &[(&str, &str)], actions: Vec<Action>| Objective {
        reference: reference.to_owned(),
        text: Text::from_plain(&format!("zqobjective{reference}")),
        extra: extra(cells),
        actions,
        ..Objective::default()
    };
    let public =
        || Action { extra: extra(&[("For publication?", "Yes")]), ..action("", "Amend the form") };
    let mut plan = plan(Vec::new());
    plan.themes[0].objectives = vec![
        objective("a", &[("Budget", "10")], vec![public()]),
        objective("b", &[("For publication?", "No")], Vec::new()),
        objective("c", &[("For publication?", "Yes")], vec![action("", "Share it")]),
        objective("d", &[], vec![public(), action("", "Not marked")]),
        objective("e", &[("For publication?", "No")], vec![action("", "Hide it")]),
    ];
    let published = without(plan, &[]);
    let objectives = &published.plan().themes[0].objectives;
    let left: Vec<(&str, usize)> = objectives
        .iter()
        .map(|objective| (objective.reference.as_str(), objective.actions.len()))
        .collect();
    assert_eq!(left, [("a", 1), ("c", 1), ("d", 1)]);
    assert_nowhere(&all_outputs(&published, &published), &["zqobjectiveb", "zqobjectivee"]);
    assert!(
        messages(&published)
            .contains(&"2 internal objectives were removed from the public version")
    );
}

#[test]
fn internal_recommendations_and_objectives_are_counted_and_searched_for() {
    let mut plan = plan(vec![action("1.1", "Amend the form")]);
    let recommendation = |reference: &str| Recommendation {
        reference: reference.to_owned(),
        area: format!("zqarea{reference}"),
        deadline: format!("zqdeadline{reference}"),
        text: format!("zqtext{reference}").as_str().into(),
        ..Recommendation::default()
    };
    plan.recommendations = vec![recommendation("R1"), recommendation("R2")];
    let unclear = Objective {
        reference: "2".to_owned(),
        text: "zqunclear".into(),
        extra: extra(&[("Confidential", "ask the lead")]),
        ..Objective::default()
    };
    let listed =
        Objective { reference: "3".to_owned(), text: "zqlisted".into(), ..Objective::default() };
    plan.themes[0].objectives.extend([unclear, listed]);
    let mut theme = plan.themes[0].clone();
    "Zqtheme".clone_into(&mut theme.title);
    theme.introduction = "zqintroduction".into();
    theme.objectives.truncate(1);
    theme.objectives[0].text = "zqobjective".into();
    theme.objectives[0].actions =
        vec![Action { extra: extra(&[("Confidential", "yes")]), ..action("7.1", "zqaction") }];
    plan.themes.push(theme);
    let published =
        publish(plan, &PublishOptions::public().with_internal(["R2", "3", "zq nothing"]));
    assert_nowhere(
        &all_outputs(&published, &published),
        &["zqtextr2", "zqunclear", "zqlisted", "zqtheme", "zqintroduction", "zqobjective"],
    );
    let searched = removed(&published, RemovedKind::Internal);
    for text in [
        "zqareaR2",
        "zqdeadlineR2",
        "zqtextR2",
        "zqunclear",
        "zqlisted",
        "Zqtheme",
        "zqintroduction",
        "zqobjective",
        "zqaction",
    ] {
        assert!(searched.contains(&text), "{text} is not in {searched:?}");
    }
    assert_eq!(
        messages(&published),
        [
            "2 internal objectives were removed from the public version",
            "1 internal action was removed from the public version",
            "1 internal recommendation was removed from the public version",
            "1 row does not say clearly whether it may be published; it was removed from the public version: objective 2",
            "no theme, objective or action is called “zq nothing”; nothing was removed for it",
        ]
    );
}

#[test]
fn struck_out_actions_go_with_the_objectives_that_say_nothing_else() {
    let objective = |reference: &str, text: &str, actions: &[&str]| Objective {
        reference: reference.to_owned(),
        text: Text::from_commonmark(text),
        actions: actions.iter().map(|words| action(reference, words)).collect(),
        ..Objective::default()
    };
    let mut plan = plan(Vec::new());
    plan.themes[0].objectives = vec![
        objective("a", "", &["~~zqstruck a~~"]),
        objective("b", "Better calls", &["~~zqstruck b~~"]),
        objective("c", "~~zqstruck~~", &["~~zqstruck c~~"]),
        objective("d", "", &["~~zqstruck d~~", "Amend the form"]),
        objective("e", "", &[]),
    ];
    let published = without(plan.clone(), &[]);
    let left: Vec<(&str, usize)> = published.plan().themes[0]
        .objectives
        .iter()
        .map(|objective| (objective.reference.as_str(), objective.actions.len()))
        .collect();
    assert_eq!(left, [("b", 0), ("d", 1), ("e", 0)]);
    assert_nowhere(&all_outputs(&published, &published), &["zqstruck"]);
    assert_eq!(messages(&published), ["4 struck-out actions were removed from the public version"]);
    plan.themes[0].objectives.truncate(1);
    assert_eq!(
        messages(&without(plan, &[])),
        ["1 struck-out action was removed from the public version"]
    );
}

#[test]
fn a_target_date_that_is_struck_out_whole_is_none() {
    let mut struck = action("1.1", "Amend the form");
    struck.target = Some(planwright::Target {
        struck: vec!["zqmay 2012".to_owned()],
        text: "Zqmay 2012".to_owned(),
        ..planwright::Target::read("May 2012")
    });
    let mut undated = action("1.2", "Share it");
    undated.target = Some(planwright::Target::read(""));
    let published = without(plan(vec![struck, undated]), &[]);
    let targets: Vec<bool> =
        published.plan().actions().map(|(_, _, action)| action.target.is_some()).collect();
    assert_eq!(targets, [false, true]);
    assert_nowhere(&all_outputs(&published, &published), &["zqmay"]);
    assert_eq!(
        messages(&published),
        ["1 text with struck-out words was published without them: action 1.1"]
    );
}

#[test]
fn a_name_in_an_address_that_is_removed_goes_with_it() {
    let words = "Jo Zqlee: http://intranet/jo-zqlee, then Jo Zqlee";
    let published = publish(
        plan(vec![
            action("1.1", ""),
            Action { owners: vec![words.to_owned()], ..action("1.2", "") },
        ]),
        &PublishOptions::public()
            .with_people([planwright::Person::new("Jo Zqlee").with_role("Clerk")]),
    );
    let (_, _, action) = published.plan().actions().nth(1).unwrap();
    assert_eq!(action.owners, ["Clerk: [link removed], then Clerk"]);
    assert_eq!(
        messages(&published),
        [
            "1 link to an internal server was removed from the public version: action 1.2",
            "2 names of people were replaced in the public version: action 1.2"
        ]
    );
}
