//! What the publisher chooses: columns and parts that are left out, people, links, and what is
//! hidden. Nothing of it is in an output of the public version, be it of one plan or of several
//! that are compared.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test reads files, and has failed if it cannot

use std::fs;
use std::path::Path;

use crate::anyplan;
use crate::cli::{run, said};
use crate::publish::outputs_of;
use crate::whole;

use planwright::changes::changes;
use planwright::plan::{
    Action, Basis, Extra, Field, Note, Objective, PlanColumn, Status, Theme, Update,
};
use planwright::report::{ChangesOptions, ChangesReport, PackOptions, PreviousVersion, pack};
use planwright::{
    AgendaOptions, Audience, Code, EarlierPlan, Format, ImportOptions, Person, Plan, PlanVersion,
    PublishOptions, Published, RemovedKind, ReportOptions, Target, Text, agenda, import, json,
    publish, read, review, trend,
};
use proptest::prelude::*;

/// All that is made of a plan and an earlier version of it, unpacked.
pub(crate) fn all_outputs(then: &Published, now: &Published) -> Vec<(&'static str, String)> {
    let (review_then, review_now) = (review(then, None), review(now, "2012-03-31".parse().ok()));
    let found = changes(then, now);
    let earlier = EarlierPlan { plan: then, review: &review_then, matched: &found.earlier };
    let asked = agenda(
        now,
        &review_now,
        &AgendaOptions { earlier: Some(earlier), ..AgendaOptions::default() },
    );
    let versions = [
        PlanVersion { plan: then, review: &review_then, matched: &[] },
        PlanVersion { plan: now, review: &review_now, matched: &found.earlier },
    ];
    let compared = PreviousVersion { plan: then, as_of: None, changes: &found };
    let options =
        PackOptions { earlier: Some(compared), trend: trend(&versions), ..PackOptions::default() };
    let pack = pack(now, &review_now, &asked, &options);
    let told = ChangesReport::new(then, now, &found, &ChangesOptions::default());
    assert_eq!((pack.audience(), told.report().audience()), (Audience::Public, Audience::Public));
    let page = |report: &planwright::Report| {
        planwright::write::html(report, &planwright::write::HtmlOptions::default())
    };
    let sheets =
        planwright::write::xlsx_published(&pack, &planwright::write::PublishedOptions::default())
            .unwrap();
    let sheets = whole::json(
        &import(read(&sheets, Format::Workbook).unwrap(), &ImportOptions::default()).plan,
    )
    .unwrap();
    let more = [
        ("pack", page(&pack)),
        ("pack, workbook", sheets),
        ("changes", planwright::write::changes(&told)),
        ("changes, page", page(&told.report())),
        ("changes, json", json::write_changes(&found).unwrap()),
    ];
    outputs_of(now).into_iter().chain(more).collect()
}

pub(crate) fn assert_nowhere(outputs: &[(&str, String)], words: &[&str]) {
    for (output, content) in outputs {
        let lower = content.to_lowercase();
        for word in words {
            assert!(!lower.contains(&word.to_lowercase()), "{word} in {output}");
        }
    }
}

pub(crate) fn plan(actions: Vec<Action>) -> Plan {
    let objective = Objective {
        reference: "1".to_owned(),
        text: "Better calls".into(),
        actions,
        ..Objective::default()
    };
    let theme =
        Theme { title: "Visits".to_owned(), objectives: vec![objective], ..Theme::default() };
    Plan { title: "Plan of the county".to_owned(), themes: vec![theme], ..Plan::default() }
}

pub(crate) fn action(reference: &str, words: &str) -> Action {
    Action {
        reference: reference.to_owned(),
        action: Text::from_commonmark(words),
        ..Action::default()
    }
}

pub(crate) fn column(field: Field, header: &str) -> PlanColumn {
    PlanColumn { field, header: header.to_owned() }
}

/// A plan whose columns all hold words of their own.
fn with_columns() -> Plan {
    let stated = |because: &str| Status {
        state: Some("at-risk".to_owned()),
        basis: Basis::Stated,
        because: because.to_owned(),
    };
    let update = |label: &str, text: &str| Update {
        label: label.to_owned(),
        text: text.into(),
        ..Update::default()
    };
    let full = Action {
        owners: vec!["Qowner One".to_owned()],
        owner_text: "Qowner One".to_owned(),
        success_measures: "qmeasure".into(),
        target: Some(Target::read("qtarget May 2012")),
        earlier_targets: vec![planwright::plan::EarlierTarget {
            target: Target::read("qearlier 2011"),
            moved: None,
            by: String::new(),
        }],
        updates: vec![update("", "qupdate"), update("Qlater:", "qother")],
        status: stated("Qstatus"),
        extra: Extra(vec![("Qcost".to_owned(), "qmoney".into())]),
        ..action("1.1", "qaction")
    };
    let mut plan = plan(vec![full]);
    let columns = [
        (Field::Theme, "Area"),
        (Field::Objective, "Aim"),
        (Field::Action, "How?"),
        (Field::Owner, "Lead"),
        (Field::SuccessMeasures, "Measures"),
        (Field::Target, "By when"),
        (Field::Update, "Progress"),
        (Field::Update, "Qlater"),
        (Field::Status, "RAG"),
        (Field::Extra, "Qcost"),
    ];
    plan.columns = columns.map(|(field, header)| column(field, header)).to_vec();
    plan
}

#[test]
fn each_column_can_be_left_out_of_every_output() {
    let all = [
        "Visits",
        "Better calls",
        "qaction",
        "Qowner",
        "qmeasure",
        "qtarget",
        "qupdate",
        "qother",
        "Qstatus",
        "qmoney",
    ];
    for (header, gone) in [
        ("area", &["Visits"][..]),
        ("AIM:", &["Better calls"]),
        ("How", &["qaction"]),
        ("lead", &["Qowner"]),
        ("Measures", &["qmeasure"]),
        ("By when", &["qtarget", "qearlier"]),
        ("Progress", &["qupdate"]),
        ("Qlater", &["qother", "Qlater"]),
        ("RAG", &["Qstatus"]),
        ("Qcost", &["qmoney", "Qcost"]),
    ] {
        let options = PublishOptions::public().with_leave_out([header]);
        let published = publish(with_columns(), &options);
        let mut earlier = with_columns();
        earlier.themes[0].objectives[0].actions[0].action = "qaction was other".into();
        if header == "How" {
            earlier.themes[0].objectives[0].actions[0].action = "qaction".into();
        }
        let outputs = all_outputs(&publish(earlier, &options), &published);
        assert_nowhere(&outputs, gone);
        let file = json::write(&published).unwrap();
        let kept = all.iter().filter(|word| file.contains(**word)).count();
        assert!(kept >= all.len() - 1, "{header}: {file}");
        assert!(published.unmatched_columns().is_empty());
        let messages: Vec<&str> =
            published.diagnostics().iter().map(|told| told.message.as_str()).collect();
        assert_eq!(messages, ["1 column was removed from the public version"], "{header}");
    }
}

#[test]
fn a_plan_without_headers_has_those_that_outputs_show() {
    let mut plan = with_columns();
    plan.columns.clear();
    for (header, gone) in
        [("Target date", "qtarget"), ("Owner", "qowner"), ("success_measures", "qmeasure")]
    {
        let published =
            publish(plan.clone(), &PublishOptions::public().with_leave_out([header, header]));
        assert!(published.unmatched_columns().is_empty());
        assert_nowhere(&outputs_of(&published), &[gone]);
        assert_eq!(
            published.diagnostics()[0].message,
            "1 column was removed from the public version"
        );
    }
}

#[test]
fn a_status_goes_with_the_column_that_it_comes_from() {
    let mut plan = with_columns();
    let action = &mut plan.themes[0].objectives[0].actions[0];
    action.updates = vec![Update {
        status: Some("on-track".to_owned()),
        text: "Work is on track.".into(),
        ..Update::default()
    }];
    action.status = Status {
        state: Some("on-track".to_owned()),
        basis: Basis::Inferred,
        because: "update: “on track”".to_owned(),
    };
    let published = |header: &str| {
        let published = publish(plan.clone(), &PublishOptions::public().with_leave_out([header]));
        published.plan().themes[0].objectives[0].actions[0].status.clone()
    };
    assert_eq!(published("RAG").because, "update: “on track”");
    assert_eq!(published("Progress"), Status::default());
}

#[test]
fn what_is_marked_as_internal_is_not_published() {
    let marked = |reference: &str, header: &str, mark: &str| {
        let mut action = action(reference, &format!("zq{} matters", reference.replace('.', "x")));
        action.extra = Extra(if mark.is_empty() {
            Vec::new()
        } else {
            vec![(header.to_owned(), mark.into())]
        });
        action
    };
    let mut plan = plan(vec![
        marked("1.1", "For publication?", "Yes"),
        marked("1.2", "For publication?", "No"),
        marked("1.3", "For publication?", ""),
        marked("1.4", "For publication?", "ask the lead"),
        marked("1.5", "For publication?", "yes"),
        marked("1.6", "Confidential", "x"),
    ]);
    plan.themes.push(Theme {
        title: "Zqstaffing".to_owned(),
        objectives: plan.themes[0].objectives.clone(),
        ..Theme::default()
    });
    plan.columns = vec![
        column(Field::Action, "Action"),
        column(Field::Extra, "For publication?"),
        column(Field::Extra, "Confidential"),
    ];
    let options = PublishOptions::public().with_internal(["1.5", "zqstaffing", "9.9"]);
    let published = publish(plan, &options);
    let left: Vec<&str> =
        published.plan().actions().map(|(_, _, action)| action.reference.as_str()).collect();
    assert_eq!(left, ["1.1"]);
    let outputs = all_outputs(&published, &published);
    assert_nowhere(
        &outputs,
        &[
            "zq1x2",
            "zq1x3",
            "zq1x4",
            "zq1x5",
            "zq1x6",
            "zqstaffing",
            "publication?",
            "confidential",
        ],
    );
    let told: Vec<String> = published
        .diagnostics()
        .iter()
        .map(|told| format!("{}: {}", told.code.name(), told.message))
        .collect();
    assert_eq!(
        told,
        [
            "left-out-of-public: 1 internal theme was removed from the public version",
            "left-out-of-public: 5 internal actions were removed from the public version",
            "left-out-of-public: 2 columns were removed from the public version",
            "publish-mark-unclear: 2 rows do not say clearly whether they may be published; they were removed from the public version: \
             action 1.3, action 1.4",
            "publish-setting-unmatched: no theme, objective or action is called “9.9”; nothing was removed for it",
        ]
    );
}

#[test]
fn names_are_replaced_in_every_text_of_a_plan() {
    let name = "Zqanna Zqberg";
    let words = format!("{name} and Mrs Zqberg’s team, ZZ too");
    let mut full = Action {
        owners: vec![name.to_owned(), "ZZ".to_owned(), "Sam Hill".to_owned()],
        owner_text: format!("{name}; ZZ; Sam Hill"),
        success_measures: words.as_str().into(),
        target: Some(Target::read(&format!("May 2012 ({name})"))),
        updates: vec![Update {
            label: format!("{name}, May 2012:"),
            text: words.as_str().into(),
            ..Update::default()
        }],
        status: Status {
            state: Some("zqanna-zqberg".to_owned()),
            basis: Basis::Stated,
            because: words.clone(),
        },
        extra: Extra(vec![(format!("For {name}"), words.as_str().into())]),
        ..action(
            "1.1",
            &format!(
                "**Zqanna** Zqberg asks [her](https://example.org/zqanna-zqberg) at zqanna.zqberg@example.org: {words}"
            ),
        )
    };
    full.earlier_targets = vec![planwright::plan::EarlierTarget {
        target: Target::read(&words),
        moved: None,
        by: name.to_owned(),
    }];
    let mut plan = plan(vec![full]);
    plan.title = format!("Plan of {name}");
    plan.organisation.clone_from(&words);
    plan.introduction = words.as_str().into();
    plan.notes = words.as_str().into();
    plan.themes[0].title.clone_from(&words);
    plan.themes[0].introduction = words.as_str().into();
    plan.themes[0].objectives[0].text = words.as_str().into();
    plan.themes[0].objectives[0].introduction = words.as_str().into();
    plan.columns = vec![
        column(Field::Action, &format!("What {name} does")),
        column(Field::Extra, &format!("For {name}")),
    ];
    plan.recommendations = vec![planwright::plan::Recommendation {
        reference: "R1".to_owned(),
        area: words.clone(),
        deadline: words.clone(),
        text: words.as_str().into(),
        ..Default::default()
    }];
    plan.scheme.states.push(planwright::plan::State {
        id: "zqanna-zqberg".to_owned(),
        label: name.to_owned(),
        category: None,
        colour: planwright::plan::Colour::new(0, 0, 0),
        definition: words.clone(),
    });
    let people = [
        Person::new("Zqanna Zqberg").with_role("Head of Service"),
        Person::new("Sam Hill").allowed_to_stay(),
    ];
    let published = publish(plan.clone(), &PublishOptions::public().with_people(people));
    let outputs = all_outputs(&published, &published);
    assert_nowhere(&outputs, &["zqanna", "zqberg"]);
    assert!(!json::write(&published).unwrap().contains("ZZ"));
    let (_, _, action) = published.plan().actions().next().unwrap();
    assert_eq!(action.owners, ["Head of Service", "Sam Hill"]);
    assert_eq!(
        action.action.to_commonmark(),
        "**Head of Service** asks her at Head of Service: Head of Service and Head of Service’s team, Head of Service too"
    );
    assert_eq!(action.status.state.as_deref(), Some("state-1"));
    assert!(
        published
            .removed()
            .iter()
            .any(|removed| removed.kind() == RemovedKind::Name && removed.text() == name)
    );
    // without a role, and in Welsh
    let options = PublishOptions::public()
        .with_people([Person::new(name)])
        .with_language(planwright::Language::Welsh);
    assert_eq!(publish(plan, &options).plan().title, "Plan of [enw wedi’i ddileu]");
}

#[test]
fn parts_of_names_that_are_left_are_reported() {
    let plan = plan(vec![
        action("1.1", "Zoe Tarn asks"),
        action("1.2", "Tarn agrees"),
        action("1.3", "the tarn is deep"),
    ]);
    let published = publish(plan, &PublishOptions::public().with_people([Person::new("Zoe Tarn")]));
    let told: Vec<&str> = published
        .diagnostics()
        .iter()
        .filter(|told| told.code == Code::NamePartLeft)
        .map(|told| told.message.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "1 text with the given name or surname of a removed person was left in the public version: action 1.2"
        ]
    );
}

#[test]
fn struck_out_text_is_published_only_if_asked_for() {
    let mut struck_row = action("1.2", "~~zqrow~~");
    struck_row.owners = vec!["Zqrowowner".to_owned()];
    let update = Update {
        text: Text::from_commonmark("~~zqcomplete: action complete.~~ Delayed."),
        status: Some("complete".to_owned()),
        ..Update::default()
    };
    let mut first =
        Action { updates: vec![update], ..action("1.1", "Amend ~~zqforms~~ **letters**") };
    first.target = Some(Target {
        struck: vec!["zqdate".to_owned()],
        text: "zqdate May 2012".to_owned(),
        ..Target::read("May 2012")
    });
    first.earlier_targets = vec![planwright::plan::EarlierTarget {
        target: Target::read("zqdate"),
        moved: None,
        by: String::new(),
    }];
    let plan = plan(vec![first, struck_row]);
    let published = publish(plan.clone(), &PublishOptions::public());
    assert_nowhere(&all_outputs(&published, &published), &["zq"]);
    let (_, _, left) = published.plan().actions().next().unwrap();
    assert_eq!(
        (left.action.to_commonmark().as_str(), published.plan().actions().count()),
        ("Amend **letters**", 1)
    );
    assert_eq!(
        (left.target.as_ref().unwrap().text.as_str(), left.updates[0].status.as_deref()),
        ("May 2012", Some("at-risk"))
    );
    let all = publish(plan, &PublishOptions::public().with_struck_out(true));
    assert!(json::write(&all).unwrap().contains("~~zqrow~~"));
}

#[test]
fn a_struck_out_owner_or_status_is_none() {
    let source = b"| Ref | Action | Owner | RAG |\n|---|---|---|---|\n| 1 | Do it | ~~Zqjo Lee~~ Sam Hill | ~~Red~~ Green |\n";
    let imported = import(read(source, Format::Markdown).unwrap(), &ImportOptions::default());
    let (_, _, action) = imported.plan.actions().next().unwrap();
    assert_eq!(
        (action.owners.as_slice(), action.owner_text.as_str()),
        (&["Sam Hill".to_owned()][..], "Sam Hill")
    );
    assert_eq!(action.status.state.as_deref(), Some("on-track"));
    let left_out: Vec<&str> =
        imported.diagnostics.iter().filter_map(|told| told.left_out.as_deref()).collect();
    assert!(left_out.iter().any(|words| words.contains("Zqjo Lee")), "{left_out:?}");
}

#[test]
fn a_report_with_an_internal_part_is_an_internal_one() {
    let plan = plan(vec![action("1.1", "Amend the form")]);
    let internal = publish(plan.clone(), &PublishOptions::internal());
    let public = publish(plan, &PublishOptions::public());
    let of = |plan: &Published, reviewed: &Published| {
        planwright::report(plan, &review(reviewed, None), &ReportOptions::default()).audience()
    };
    assert_eq!(of(&public, &public), Audience::Public);
    assert_eq!(of(&public, &internal), Audience::Internal);
    assert_eq!(of(&internal, &public), Audience::Internal);
    let compared = |then: &Published, now: &Published, found: &planwright::changes::Changes| {
        ChangesReport::new(then, now, found, &ChangesOptions::default()).report().audience()
    };
    let found = changes(&public, &public);
    assert_eq!(compared(&public, &public, &found), Audience::Public);
    assert_eq!(compared(&internal, &public, &found), Audience::Internal);
    assert_eq!(compared(&public, &internal, &found), Audience::Internal);
    assert_eq!(compared(&public, &public, &changes(&internal, &public)), Audience::Internal);
    let packed = |then: &Published, reviewed: &Published, found: &planwright::changes::Changes| {
        let (review_then, review_now) = (review(reviewed, None), review(&public, None));
        let earlier = EarlierPlan { plan: then, review: &review_then, matched: &found.earlier };
        let asked = agenda(
            &public,
            &review_now,
            &AgendaOptions { earlier: Some(earlier), ..AgendaOptions::default() },
        );
        pack(&public, &review_now, &asked, &PackOptions::default()).audience()
    };
    assert_eq!(packed(&public, &public, &found), Audience::Public);
    assert_eq!(packed(&internal, &public, &found), Audience::Internal);
    assert_eq!(packed(&public, &internal, &found), Audience::Internal);
    let asked = agenda(&public, &review(&public, None), &AgendaOptions::default());
    let with = |plan: &Published, changes: &planwright::changes::Changes| {
        let options = PackOptions {
            earlier: Some(PreviousVersion { plan, as_of: None, changes }),
            ..PackOptions::default()
        };
        pack(&public, &review(&public, None), &asked, &options).audience()
    };
    assert_eq!(
        [
            with(&public, &found),
            with(&internal, &found),
            with(&public, &changes(&internal, &public))
        ],
        [Audience::Public, Audience::Internal, Audience::Internal]
    );
    let calendar =
        planwright::report::calendar(&public, &review(&internal, None), &ReportOptions::default());
    let file = planwright::write::calendar(&calendar).replace("\r\n ", "");
    assert!(!file.contains("Public version"), "{file}");
}

#[test]
fn a_public_output_carries_no_internal_plan() {
    use planwright::embedded::{Embedding, read_page, read_pdf, read_workbook};
    use planwright::layout::{LayoutOptions, layout};
    use planwright::write::{HtmlOptions, PdfOptions, XlsxOptions, html, pdf, xlsx};
    let plan = plan(vec![action("1.1", "Amend the form")]);
    let internal = publish(plan.clone(), &PublishOptions::internal());
    let public = publish(plan, &PublishOptions::public());
    let report = planwright::report(&public, &review(&public, None), &ReportOptions::default());
    for (embedded, is_there) in [(&internal, false), (&public, true)] {
        let carries = Some(Embedding {
            plan: embedded,
            as_of: None,
            return_of: None,
            language: planwright::Language::English,
        });
        let limits = planwright::Limits::default();
        let page = html(&report, &HtmlOptions { carries, ..HtmlOptions::default() });
        assert_eq!(read_page(page.as_bytes(), &limits).unwrap().is_some(), is_there);
        let book = xlsx(&report, &XlsxOptions { carries, ..XlsxOptions::default() }).unwrap();
        assert_eq!(
            read_workbook(&mut read(&book, Format::Workbook).unwrap(), &limits).unwrap().is_some(),
            is_there
        );
        let options = PdfOptions { plan: Some(embedded), ..PdfOptions::default() };
        assert_eq!(
            read_pdf(&pdf(&layout(&report, &LayoutOptions::default()), &options).unwrap()).is_ok(),
            is_there
        );
    }
}

/// Puts a word of its own into everything that the public may not see.
fn with_planted(mut plan: Plan) -> Plan {
    let mut number = 0;
    let mut word = || {
        number += 1;
        format!("zqplanted{number}q")
    };
    for objective in plan.themes.iter_mut().flat_map(|theme| &mut theme.objectives) {
        objective.evidence.append(Text::from_plain(&word()));
        objective.notes.push(Note { about: word(), text: word().as_str().into() });
        objective.text.append(Text::from_commonmark(&format!("~~{}~~", word())));
        for action in &mut objective.actions {
            action.notes.push(Note { about: word(), text: word().as_str().into() });
            action.review.reviewer = word();
            action.review.progress.append(Text::from_plain(&word()));
            action.review.evidence.append(Text::from_plain(&word()));
            action.review.revised_target = word();
            action.extra.0.push(("Left out".to_owned(), word().as_str().into()));
            action.owners.push("Zqvera Zqplanted".to_owned());
            action.owner_text.push_str("; Zqvera Zqplanted");
            action.success_measures.append(Text::from_commonmark(&format!(
                "see [this](http://{}/) and \\\\\\\\{}\\\\x",
                word(),
                word()
            )));
            action.action.append(Text::from_commonmark(&format!(
                "Mrs Zqplanted's [file](https://example.org/?token={})",
                word()
            )));
            for update in &mut action.updates {
                update.by = word();
                update.text.append(Text::from_commonmark(&format!(
                    "ask ZQVERA **ZQPLANTED** ~~{}~~",
                    word()
                )));
            }
            action.earlier_targets.iter_mut().for_each(|earlier| earlier.by = word());
            if action.status.is_none() {
                action.status = Status {
                    basis: Basis::Stated,
                    because: format!("return of {}", word()),
                    state: Some("complete".to_owned()),
                };
            }
        }
        let internal = Action {
            extra: Extra(vec![("Internal".to_owned(), "yes".into())]),
            ..action("z", &word())
        };
        objective.actions.push(internal);
    }
    plan
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_removed_word_is_in_an_output_of_any_plan(then in anyplan::plan(), now in anyplan::plan()) {
        let people = [Person::new("Zqvera Zqplanted").with_role("Head"), Person::new("Jo Lee")];
        let options = PublishOptions::public().with_leave_out(["Left out", "Comments"]).with_people(people);
        let [then, now] = [then, now].map(|plan| publish(with_planted(plan), &options));
        for (output, content) in all_outputs(&then, &now) {
            let lower = content.to_lowercase();
            let at = lower.find("zqplanted").or_else(|| lower.find("zqvera"));
            prop_assert!(at.is_none(), "{}: {}", output, lower[at.unwrap_or_default()..].chars().take(80).collect::<String>());
            prop_assert!(!content.contains("Jo Lee"), "{}", output);
        }
        for removed in then.removed() {
            prop_assert!(!removed.text().is_empty());
        }
    }
}

const SOURCE: &str = "# Care plan

| Completed | Reviewed | Next review |
|---|---|---|
| August 2011 | 30 November 2011 | March 2012 |

| Ref | Action | Owner | Target date | Comments |
|---|---|---|---|---|
| 1.1 | Zqanna Zqberg amends the [form](http://intranet/zqform) | Zqanna Zqberg | 30/11/2011 | zqremark |
| 1.2 | Share ~~zqstruck~~ letters | Sam Hill | 31/12/2011 | |
";

fn folder(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.md"), SOURCE).unwrap();
    fs::write(folder.path().join("old.md"), SOURCE.replace("amends", "zqearlier amends")).unwrap();
    fs::write(folder.path().join("planwright.toml"), settings).unwrap();
    folder
}

const SETTINGS: &str = "[publish]
audience = \"public\"
leave-out = [\"comments\"]
[[publish.people]]
name = \"Zqanna Zqberg\"
role = \"Head of Service\"
";

fn done(folder: &Path, arguments: &[&str]) -> String {
    let done = run(folder, arguments);
    assert_eq!(done.status.code(), Some(0), "{arguments:?}: {}", said(&done));
    said(&done)
}

#[test]
fn settings_hold_for_every_command_and_message() {
    let folder = folder(SETTINGS);
    let path = folder.path();
    let words = |name: &str| fs::read_to_string(path.join(name)).unwrap();
    let mut told = done(
        path,
        &[
            "convert",
            "plan.md",
            "-o",
            "plan.json",
            "-o",
            "plan.md.html",
            "-o",
            "plan.csv",
            "-o",
            "plan.ics",
            "-v",
        ],
    );
    told += &done(path, &["pack", "plan.md", "--previous", "old.md", "-o", "pack", "-v"]);
    told += &done(
        path,
        &["diff", "old.md", "plan.md", "-o", "changes.html", "-o", "changes.json", "-v"],
    );
    for name in [
        "plan.json",
        "plan.md.html",
        "plan.csv",
        "plan.ics",
        "pack/review-pack.html",
        "pack/plan.json",
        "changes.html",
        "changes.json",
    ] {
        let lower = words(name).to_lowercase();
        for word in ["zqanna", "zqberg", "zqremark", "zqstruck", "zqform", "intranet"] {
            assert!(!lower.contains(word), "{word} in {name}");
        }
    }
    assert!(!told.to_lowercase().contains("zq"), "{told}");
    assert!(
        !words("changes.html").contains("old.md") && words("changes.html").contains("2011-11-30")
    );
    // asked for, it is there
    done(path, &["convert", "plan.md", "-o", "plan.json", "--publish-hidden"]);
    assert!(words("plan.json").contains("zqstruck"));
}

#[test]
fn a_column_to_leave_out_must_be_there_and_the_version_public() {
    let folder = folder("");
    let refused = run(
        folder.path(),
        &[
            "convert",
            "plan.md",
            "-o",
            "plan.json",
            "--audience",
            "public",
            "--leave-out",
            "Coments",
        ],
    );
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        said(&refused).contains("use one of “Ref”, “Action”, “Owner”, “Target date”, “Comments”"),
        "{}",
        said(&refused)
    );
    let refused =
        run(folder.path(), &["convert", "plan.md", "-o", "plan.json", "--leave-out", "Comments"]);
    assert!(
        refused.status.code() == Some(2) && said(&refused).contains("add --audience public"),
        "{}",
        said(&refused)
    );
    assert!(!folder.path().join("plan.json").exists());
}

#[test]
fn hidden_content_is_not_published_with_include_hidden_alone() {
    let folder = tempfile::tempdir().unwrap();
    let page = "<table><tr><th>Ref<th>Action<th>Owner<th>Target date<tr><td>1<td>Do it<td>Jo<td>May 2012\
                <tr style=\"display:none\"><td>2<td>zqhidden<td>Jo<td>May 2012</table>";
    fs::write(folder.path().join("plan.html"), page).unwrap();
    let json = |more: &[&str]| {
        done(
            folder.path(),
            &[&["convert", "plan.html", "-o", "plan.json", "--include-hidden"], more].concat(),
        );
        fs::read_to_string(folder.path().join("plan.json")).unwrap()
    };
    assert!(json(&[]).contains("zqhidden"));
    assert!(!json(&["--audience", "public"]).contains("zqhidden"));
    assert!(json(&["--audience", "public", "--publish-hidden"]).contains("zqhidden"));
}

#[test]
fn the_list_of_people_is_proposed_and_can_be_pasted() {
    let folder = folder("");
    let done = run(folder.path(), &["people", "plan.md"]);
    let list = String::from_utf8(done.stdout).unwrap();
    assert!(
        list.contains("\n[[publish.people]]\nname = \"Sam Hill\"\nrole = \"\"\nmay-stay = false\n"),
        "{list}"
    );
    fs::write(
        folder.path().join("planwright.toml"),
        format!("[publish]\naudience = \"public\"\n{list}"),
    )
    .unwrap();
    self::done(folder.path(), &["convert", "plan.md", "-o", "plan.json"]);
    let file = fs::read_to_string(folder.path().join("plan.json")).unwrap();
    assert!(!file.contains("Sam Hill") && file.contains("[name removed]"), "{file}");
}

/// A plan of three actions, and a newer version of it that keeps one internal, strikes words out of
/// another, and no longer has the third.
const EARLIER: &str = "# Plan

Reviewed: 31 August 2025

| Ref | Action | Owner | Target date | Status | Update |
|---|---|---|---|---|---|
| 1.1 | Close the zqhome of the county | Zed Quill | Sept 2026 | On track | fine |
| 1.2 | Train staff of the town, zqtown too | Ann Fox | Oct 2026 | On track | Fine. Zqdelay since May |
| 1.3 | Share the zopen form | Ann Fox | Oct 2026 | On track | fine |
";
const LATER: &str = "# Plan

Reviewed: 30 November 2025

| Ref | Action | Owner | Target date | Status | Update | For publication? |
|---|---|---|---|---|---|---|
| 2.7 | Close the zqhome of the county soon | Zed Quill | Sept 2026 | On track | fine | No |
| 1.2 | Train staff of the town, ~~zqtown~~ too | Ann Fox | Oct 2026 | On track | Fine. ~~Zqdelay since May~~ | Yes |
";

#[test]
fn what_a_newer_version_withholds_is_in_no_comparison() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::write(path.join("old.md"), EARLIER).unwrap();
    fs::write(path.join("between.md"), LATER.replace("30 Nov", "31 Oct")).unwrap();
    fs::write(path.join("new.md"), LATER).unwrap();
    let shown = |arguments: &[&str]| {
        let done = run(path, arguments);
        assert_eq!(done.status.code(), Some(0), "{arguments:?}: {}", said(&done));
        String::from_utf8(done.stdout).unwrap()
    };
    let public = shown(&["diff", "old.md", "new.md", "--audience", "public"]);
    assert!(public.contains("zopen") && !public.to_lowercase().contains("zq"), "{public}");
    let internal = shown(&["diff", "old.md", "new.md"]);
    assert!(internal.contains("zqhome") && internal.contains("zqtown"), "{internal}");
    // struck-out words are shown where they are asked for
    let hidden = shown(&["diff", "old.md", "new.md", "--audience", "public", "--publish-hidden"]);
    assert!(hidden.contains("zqtown") && !hidden.contains("zqhome"), "{hidden}");
    for earlier in [&["old.md"][..], &["old.md", "between.md"]] {
        let previous: Vec<&str> = earlier.iter().flat_map(|name| ["--previous", name]).collect();
        let arguments = ["pack", "new.md", "--audience", "public", "-o", "pack", "--replace"];
        done(path, &[&arguments[..], &previous].concat());
        let page = fs::read_to_string(path.join("pack/review-pack.html")).unwrap();
        assert_eq!(page.contains("zopen"), earlier.len() == 1, "compared with the last");
        assert!(!page.to_lowercase().contains("zq"), "{earlier:?}");
    }
    // a version before the newest withholds it as well
    let rows = EARLIER.lines().filter(|line| !line.contains("zqhome"));
    let rows = rows.collect::<Vec<_>>().join("\n");
    fs::write(path.join("last.md"), rows.replace("31 August 2025", "1 December 2025")).unwrap();
    let arguments = ["pack", "last.md", "--audience", "public", "-o", "pack", "--replace"];
    done(path, &[&arguments[..], &["--previous", "old.md", "--previous", "between.md"]].concat());
    assert!(!fs::read_to_string(path.join("pack/review-pack.html")).unwrap().contains("zqhome"));
}
