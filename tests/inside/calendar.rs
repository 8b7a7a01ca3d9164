//! Calendars, read back with a library that did not write them: each action that has a day is there
//! once, on that day, under a name that lasts from one version of the plan to the next.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its fixture has failed

use super::anyplan;
use super::fixture;
use super::whole;

use std::collections::{BTreeMap, BTreeSet};

use icalendar::{Calendar, CalendarComponent, Component, Event};
use planwright::plan::{Action, Objective, Theme};
use planwright::returns::MergeOptions;
use planwright::{Format, ImportOptions, Plan, ReportOptions, Target, import, read, report, write};
use proptest::prelude::*;
use serde_json::Value;

/// The calendar of a plan as its file, and what it tells.
fn written(plan: &Plan, as_of: &str) -> (String, Vec<String>) {
    let calendar =
        whole::calendar(plan, &whole::review(plan, as_of.parse().ok()), &ReportOptions::default());
    (
        write::calendar(&calendar),
        calendar.diagnostics.into_iter().map(|told| told.message).collect(),
    )
}

/// The events of a file, in order.
fn events(file: &str) -> Vec<Event> {
    let calendar: Calendar = file.parse().unwrap();
    let event = |component: CalendarComponent| {
        if let CalendarComponent::Event(event) = component {
            event
        } else {
            panic!("{component:?}")
        }
    };
    calendar.components.into_iter().map(event).collect()
}

fn property<'a>(event: &'a Event, name: &str) -> &'a str {
    event.property_value(name).unwrap_or_else(|| panic!("{event:?} has no {name}"))
}

/// The day of an event that lasts one day, as 2011-09-30.
fn day(event: &Event) -> String {
    for name in ["DTSTART", "DTEND"] {
        assert_eq!(event.properties()[name].params()["VALUE"].value(), "DATE");
    }
    let numbers = |name: &str| property(event, name).parse::<u32>().unwrap();
    let parts = |n: u32| (n / 10_000, n / 100 % 100, n % 100);
    let (begins, ends) = (parts(numbers("DTSTART")), parts(numbers("DTEND")));
    // the end is the day after: the next of the month, or the first of one
    let follows = if ends.2 == 1 {
        begins.2 >= 28 && ends > begins
    } else {
        ends == (begins.0, begins.1, begins.2 + 1)
    };
    assert!(follows, "{begins:?} {ends:?}");
    format!("{:04}-{:02}-{:02}", begins.0, begins.1, begins.2)
}

/// The actions of a plan file, as any program reads it.
fn actions(plan: &Plan) -> Vec<Value> {
    let file: Value = serde_json::from_str(&whole::json(plan).unwrap()).unwrap();
    let of = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    of(&file, "themes")
        .iter()
        .flat_map(|theme| of(theme, "objectives"))
        .flat_map(|objective| of(&objective, "actions"))
        .collect()
}

/// The reference and day of each action that has a day.
fn due(plan: &Plan) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    actions(plan)
        .iter()
        .filter_map(|action| Some((text(&action["reference"])?, text(&action["target"]["due"])?)))
        .collect()
}

/// A program's calendar after a file was imported: what has a name that is known takes the place of
/// what is there, unless it is older.
fn imported(into: &mut BTreeMap<String, Event>, file: &str) {
    for event in events(file) {
        let age = |event: &Event| {
            (
                property(event, "SEQUENCE").parse::<u32>().unwrap(),
                property(event, "DTSTAMP").to_owned(),
            )
        };
        let known = into.entry(property(&event, "UID").to_owned()).or_insert_with(|| event.clone());
        if age(&event) >= age(known) {
            *known = event;
        }
    }
}

fn seed(as_of: &str) -> Plan {
    fixture::named("hampshire-2011")
        .import_with(&ImportOptions { as_of: as_of.parse().ok(), ..ImportOptions::default() })
        .plan
}

#[test]
fn every_action_of_every_fixture_is_there_on_its_day_or_told() {
    let mut without = 0;
    for fixture in fixture::all() {
        let plan = fixture.import().plan;
        let (file, told) = written(&plan, "2011-11-30");
        let events = events(&file);
        let expected = due(&plan);
        let reviews = [plan.cycle.reviewed, plan.cycle.next_review].into_iter().flatten().count();
        assert_eq!(events.len(), expected.len() + reviews, "{}", fixture.name());
        for ((reference, due), event) in expected.iter().zip(&events) {
            assert_eq!(&day(event), due, "{} {reference}", fixture.name());
            assert!(
                property(event, "SUMMARY").starts_with(&format!("{reference} ")),
                "{} {reference}",
                fixture.name()
            );
        }
        let identifiers: BTreeSet<&str> =
            events.iter().map(|event| property(event, "UID")).collect();
        assert_eq!(identifiers.len(), events.len(), "{}", fixture.name());
        let dated: BTreeSet<&str> =
            expected.iter().map(|(reference, _)| reference.as_str()).collect();
        for action in actions(&plan) {
            let reference = action["reference"].as_str().unwrap();
            let named = told
                .iter()
                .any(|told| told.split(|c: char| " ,;".contains(c)).any(|word| word == reference));
            // a number may be that of an action and a part of what is told of another
            assert!(named || dated.contains(reference), "{} {reference}: {told:?}", fixture.name());
            without += usize::from(!dated.contains(reference));
        }
        assert_eq!(told.is_empty(), actions(&plan).len() == expected.len(), "{}", fixture.name());
    }
    assert!(without > 10, "fixtures hold actions without a day");
}

#[test]
fn an_event_says_what_the_plan_says() {
    let plan = seed("2011-11-30");
    let (file, told) = written(&plan, "2011-11-30");
    assert_eq!(told, Vec::<String>::new());
    let events = events(&file);
    assert_eq!(
        property(&events[0], "SUMMARY"),
        "1.1 [Complete] Amend key documents (Child Protection Plan, Children in Need plan, … (Sept '11)"
    );
    let (description, action) = (property(&events[0], "DESCRIPTION"), &actions(&plan)[0]);
    for part in ["action", "success_measures"] {
        assert!(description.contains(action[part].as_str().unwrap()), "{part}: {description}");
    }
    for line in [
        "\n\nWho? Stuart Ashley\n",
        "\nTarget date: Sept '11\nShown on the last day that this can mean, 30 September 2011.\n",
        "\nStatus: Complete\nNovember 2011 update: “action complete”\n\n",
    ] {
        assert!(description.contains(line), "{line:?}: {description}");
    }
    assert!(description.ends_with(&format!(
        "\n\n{}\nHampshire County Council · Status as at 30 November 2011 · Internal version",
        plan.title
    )));
    let reviews: Vec<_> = events[34..]
        .iter()
        .map(|event| (day(event), property(event, "SUMMARY").to_owned()))
        .collect();
    let review = |day: &str, which: &str, when: &str| {
        (
            day.to_owned(),
            format!(
                "{which}: Ofsted Improvement Plan: Safeguarding and Services for Children in … ({when})"
            ),
        )
    };
    assert_eq!(
        reviews,
        [
            review("2011-11-30", "Reviewed", "November 2011"),
            review("2012-03-31", "Next review", "March 2012")
        ]
    );
    assert!(events.iter().all(|event| property(event, "TRANSP") == "TRANSPARENT"));
}

/// A plan of actions with these target dates, whose references are 1.1 and so on.
fn plan_of(targets: &[&str]) -> Plan {
    let action = |(i, target): (usize, &&str)| Action {
        reference: format!("1.{}", i + 1),
        action: "Audit case records".into(),
        target: (!target.is_empty()).then(|| Target::read(target)),
        ..Action::default()
    };
    let objective = Objective {
        actions: targets.iter().enumerate().map(action).collect(),
        ..Objective::default()
    };
    Plan {
        themes: vec![Theme { objectives: vec![objective], ..Theme::default() }],
        ..Plan::default()
    }
}

#[test]
fn a_date_that_is_not_told_to_the_day_does_not_pretend_to_be_one() {
    let typed = [
        "30/9/11",
        "Sept '11",
        "Q2 2011/12",
        "2011",
        "by 30 September 2011",
        "ongoing",
        "TBC",
        "",
        "monthly",
        "ongoing",
    ];
    let (file, told) = written(&plan_of(&typed), "2011-06-30");
    let shown: Vec<_> = events(&file)
        .iter()
        .map(|event| (day(event), property(event, "SUMMARY").replace("Audit case records", "…")))
        .collect();
    let expected = [
        ("2011-09-30", "1.1 …"),
        ("2011-09-30", "1.2 … (Sept '11)"),
        ("2011-09-30", "1.3 … (Q2 2011/12)"),
        ("2011-12-31", "1.4 … (2011)"),
        ("2011-09-30", "1.5 … (by 30 September 2011)"),
    ];
    assert_eq!(shown, expected.map(|(day, title)| (day.to_owned(), title.to_owned())));
    let message = "5 actions are not in the calendar, because their target dates name no day: 1.6, 1.10 (“ongoing”); 1.7 (“TBC”); \
                   1.8 (no target date); 1.9 (“monthly”)";
    assert_eq!(told, [message]);
}

#[test]
fn a_later_version_updates_the_events_of_an_earlier_one() {
    let november = seed("2011-11-30");
    let returned = fixture::named("hampshire-2011").returned();
    let march = fixture::merge_all(november.clone(), &returned, MergeOptions::default()).plan;
    let (then, now) = (written(&november, "2011-11-30").0, written(&march, "2012-03-31").0);
    let mut diary = BTreeMap::new();
    imported(&mut diary, &then);
    let before = diary.clone();
    imported(&mut diary, &then);
    assert_eq!(diary, before, "the same again changes nothing");
    imported(&mut diary, &now);
    assert_eq!(diary.len(), 36, "34 actions and two reviews");
    let moved: BTreeMap<String, (String, String)> = before
        .iter()
        .filter(|(name, event)| day(event) != day(&diary[*name]))
        .map(|(name, event)| {
            (property(event, "SUMMARY")[..3].to_owned(), (day(event), day(&diary[name])))
        })
        .collect();
    let dates = |then: &str, now: &str| (then.to_owned(), now.to_owned());
    // as the README of the fixture says
    assert_eq!(moved["4.2"], dates("2012-02-29", "2013-02-28"));
    assert_eq!(moved["8.1"], dates("2011-09-30", "2012-05-31"));
    assert_eq!(moved["8.3"], dates("2012-02-29", "2012-06-30"));
    assert_eq!(moved.keys().filter(|reference| reference.contains('.')).count(), 3, "{moved:?}");
    for (reference, due) in due(&march) {
        let event = diary
            .values()
            .find(|event| property(event, "SUMMARY").starts_with(&format!("{reference} ")))
            .unwrap();
        assert_eq!(day(event), due, "{reference}");
    }
    // an older file that is imported by mistake takes nothing back
    let after = diary.clone();
    imported(&mut diary, &then);
    assert_eq!(diary, after);
}

#[test]
fn another_plan_has_events_of_its_own() {
    let names = |plan: &Plan| -> BTreeSet<String> {
        events(&written(plan, "2011-11-30").0)
            .iter()
            .map(|event| property(event, "UID").to_owned())
            .collect()
    };
    let plan = Plan {
        title: "Improvement plan".to_owned(),
        period: "2011/12".to_owned(),
        ..plan_of(&["Sept '11", "Oct '11"])
    };
    let same = Plan { title: "IMPROVEMENT  Plan".to_owned(), ..plan.clone() };
    let next_year = Plan { period: "2012/13".to_owned(), ..plan.clone() };
    let other = Plan { title: "Fire safety plan".to_owned(), ..plan.clone() };
    assert_eq!(names(&plan), names(&same));
    assert!(
        names(&plan).is_disjoint(&names(&next_year)) && names(&plan).is_disjoint(&names(&other))
    );
    // what no plan that was read has: two actions of one reference
    let mut twice = plan;
    let actions = &mut twice.themes[0].objectives[0].actions;
    actions[1].reference = actions[0].reference.clone();
    assert_eq!(names(&twice).len(), 2);
}

#[test]
fn what_is_struck_out_is_not_told_as_though_it_held() {
    let markdown = b"| Action | Owner | Target date |\n|---|---|---|\n| Audit ~~all~~ case records | Owen Dyer | 30/9/11 |\n";
    let plan = import(read(markdown, Format::Markdown).unwrap(), &ImportOptions::default()).plan;
    let event = events(&written(&plan, "2011-11-30").0).remove(0);
    assert_eq!(property(&event, "SUMMARY"), "1.1 Audit case records");
    assert!(property(&event, "DESCRIPTION").starts_with("Audit ~~all~~ case records\n"));
}

fn event(title: &str, description: &str) -> report::CalendarEvent {
    let (title, description) = (title.to_owned(), description.to_owned());
    report::CalendarEvent {
        identifier: "1@planwright".to_owned(),
        moved: 0,
        day: "2011-12-31".parse().unwrap(),
        title,
        description,
    }
}

/// A calendar of one event.
fn file_of(event: report::CalendarEvent) -> String {
    let name = event.title.clone();
    let stamp = "2011-11-30".parse().unwrap();
    write::calendar(&report::Calendar {
        name,
        edition: String::new(),
        stamp,
        events: vec![event],
        diagnostics: Vec::new(),
    })
}

#[test]
fn controls_are_named_and_every_line_end_is_one() {
    let file =
        file_of(event("a\u{0}b\u{7f}\u{202e}c", "one\r\ntwo\rthree\u{2028}four\n\nfive\tsix"));
    let event = events(&file).remove(0);
    assert_eq!(property(&event, "SUMMARY"), "a[U+0000]b[U+007F][U+202E]c");
    assert_eq!(property(&event, "DESCRIPTION"), "one\ntwo\nthree\nfour\n\nfive\tsix");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_comes_back(words in r#"([a-z ,;:\\"\nN]|é|–|𝒳|👩‍👧|🏴󠁧󠁢󠁷󠁬󠁳󠁿|\PC){0,400}"#) {
        let file = file_of(event(&words.replace('\n', " "), &words));
        for line in file.split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
        }
        let event = events(&file).remove(0);
        let lines = |words: &str| words.replace(['\u{2028}', '\u{2029}'], "\n");
        prop_assert_eq!(property(&event, "DESCRIPTION"), lines(&words));
        prop_assert_eq!(property(&event, "SUMMARY"), lines(&words.replace('\n', " ")));
    }

    #[test]
    fn whatever_a_plan_holds_its_calendar_has_each_action_once(plan in anyplan::plan()) {
        let (file, told) = written(&plan, "2011-11-30");
        let due = due(&plan);
        let events = events(&file);
        prop_assert_eq!(events.iter().map(day).collect::<Vec<_>>(), due.iter().map(|(_, due)| due.clone()).collect::<Vec<_>>());
        prop_assert_eq!(events.iter().map(|event| property(event, "UID")).collect::<BTreeSet<_>>().len(), events.len());
        prop_assert_eq!(told.is_empty(), due.len() == plan.actions().count());
    }
}
