//! Every number of a pack, counted once more from the plan files alone by rules of this test: for a
//! plan of 300 actions that crosses all statuses with all positions against the calendar and has
//! two earlier versions, and for the review cycle of the seed. Each number is looked for in the
//! workbook, on the page and in the words of the PDF, each read by a program that did not write it.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its fixture has failed

use crate::fixture;
use crate::whole;

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use planwright::changes::Changes;
use planwright::report::{PackOptions, PreviousVersion, pack};
use planwright::returns::MergeOptions;
use planwright::write::{HtmlOptions, XlsxOptions, html, xlsx};
use planwright::{
    AgendaOptions, Date, EarlierPlan, ImportOptions, Language, Plan, PlanVersion, Report,
    ReportOptions, agenda, json, trend,
};
use scraper::{Html, Selector};
use serde_json::{Value, json};

/// A version of a plan, the day on which it is looked at, and the last day of its next review.
struct Looked {
    plan: Plan,
    day: &'static str,
    next: Option<&'static str>,
}

/// An action as this test reads the plan file.
#[derive(Clone)]
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
struct Row {
    reference: String,
    theme: String,
    owners: Vec<String>,
    has_owner: bool,
    /// The label of its state; else that it was reported in other words, or not at all.
    status: String,
    category: String,
    is_inferred: bool,
    due: Option<String>,
    is_endless: bool,
    updates: Vec<Value>,
    has_evidence: bool,
    recommendation: String,
    words: String,
    /// The days of the dates that it had before, as the plan file itself records them.
    recorded: Vec<Option<String>>,
    target: String,
}

impl Row {
    fn is_complete(&self) -> bool {
        self.category == "complete"
    }

    fn is_open(&self) -> bool {
        !self.is_complete() && self.category != "stopped"
    }

    fn is_overdue(&self, day: &str) -> bool {
        self.is_open() && self.due.as_deref().is_some_and(|due| due < day)
    }

    fn is_dated(&self) -> bool {
        self.due.is_some()
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn value(plan: &Plan) -> Value {
    serde_json::from_str(&whole::json(plan).unwrap()).unwrap()
}

fn rows(plan: &Value, day: &str) -> Vec<Row> {
    let mut out = Vec::new();
    for theme in list(plan, "themes") {
        for objective in list(theme, "objectives") {
            for action in list(objective, "actions") {
                out.push(row(plan, theme, objective, action, day));
            }
        }
    }
    out
}

fn row(plan: &Value, theme: &Value, objective: &Value, action: &Value, day: &str) -> Row {
    let state_of =
        |id: &Value| list(&plan["scheme"], "states").iter().find(|state| state["id"] == *id);
    let is_known = |update: &&Value| {
        update["period"].as_str().is_none_or(|period| period <= &day[..period.len().min(day.len())])
    };
    let is_stated = action["status"]["basis"] == "stated";
    let reported = || {
        list(action, "updates")
            .iter()
            .filter(is_known)
            .rev()
            .find_map(|update| state_of(&update["status"]))
    };
    let state = if is_stated { state_of(&action["status"]["state"]) } else { reported() };
    let status = match state {
        Some(state) => text(&state["label"]),
        None if is_stated => "Reported in other words".to_owned(),
        None => "No status reported".to_owned(),
    };
    let evidence = text(&action["review"]["evidence"]) + &text(&objective["evidence"]);
    Row {
        reference: text(&action["reference"]),
        theme: text(&theme["title"]),
        owners: list(action, "owners").iter().map(text).collect(),
        has_owner: !list(action, "owners").is_empty() || !text(&action["owner_text"]).is_empty(),
        status,
        category: state.map(|state| text(&state["category"])).unwrap_or_default(),
        is_inferred: !is_stated && state.is_some(),
        due: action["target"]["due"].as_str().map(str::to_owned),
        is_endless: action["target"]["kind"] == "ongoing"
            || action["target"]["kind"] == "recurring",
        // what was not known on the day is left out
        updates: list(action, "updates").iter().filter(is_known).cloned().collect(),
        has_evidence: !evidence.is_empty(),
        recommendation: text(&objective["recommendation"]),
        words: text(&action["action"]),
        target: text(&action["target"]["text"]),
        recorded: list(action, "earlier_targets")
            .iter()
            .map(|it| it["target"]["due"].as_str().map(str::to_owned))
            .collect(),
    }
}

/// The days of the Gregorian calendar, counted from one of them.
fn day_number(day: &str) -> i64 {
    let parts: Vec<i64> = day.split('-').map(|part| part.parse().unwrap()).collect();
    let (year, month) =
        if parts[1] > 2 { (parts[0], parts[1] - 3) } else { (parts[0] - 1, parts[1] + 9) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + parts[2]
}

fn in_words(day: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let parts: Vec<usize> = day.split('-').map(|part| part.parse().unwrap()).collect();
    format!("{} {} {}", parts[2], MONTHS[parts[1] - 1], parts[0])
}

/// A month, as the plans of this test name their reviews.
fn month_in_words(day: &str) -> String {
    in_words(day).split_once(' ').unwrap().1.to_owned()
}

fn percent(n: usize, all: usize) -> String {
    format!("{}%", (200 * n + all) / (2 * all))
}

/// References as a sentence names them.
fn named(references: &[String]) -> String {
    let shown = references.iter().take(12).cloned().collect::<Vec<_>>().join(", ");
    if references.len() > 12 {
        format!("{shown} and {} more", references.len() - 12)
    } else {
        shown
    }
}

/// What must be in the outputs: the rows of tables by their names in the workbook, and sentences.
struct Expected {
    tables: BTreeMap<&'static str, Vec<Vec<String>>>,
    /// The first cells of lists of actions.
    lists: BTreeMap<&'static str, Vec<String>>,
    sentences: Vec<String>,
}

#[allow(clippy::too_many_lines)] // one rule after the other
fn expected(versions: &[Looked]) -> Expected {
    let all: Vec<(Value, Vec<Row>)> =
        versions.iter().map(|v| (value(&v.plan), rows(&value(&v.plan), v.day))).collect();
    let (plan, now) = all.last().unwrap();
    let Looked { day, next, .. } = *versions.last().unwrap();
    let earlier = (all.len() > 1).then(|| (&all[all.len() - 2].1, versions[all.len() - 2].day));
    let then_of =
        |row: &Row| earlier.and_then(|(then, _)| then.iter().find(|t| t.words == row.words));
    let refs = |rows: &[&Row]| rows.iter().map(|row| row.reference.clone()).collect::<Vec<_>>();
    let which = |is: &dyn Fn(&Row) -> bool| now.iter().filter(|row| is(row)).collect::<Vec<_>>();
    let count = |rows: &[Row], is: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count();
    let labels: Vec<String> = list(&plan["scheme"], "states")
        .iter()
        .map(|state| text(&state["label"]))
        .chain(["Reported in other words", "No status reported"].map(str::to_owned))
        .collect();
    let used: Vec<&String> =
        labels.iter().filter(|label| count(now, &|row| row.status == **label) > 0).collect();

    let mut tables = BTreeMap::new();
    let by_status = used.iter().map(|label| {
        let n = count(now, &|row| row.status == **label);
        let mut cells = vec![
            (*label).clone(),
            n.to_string(),
            percent(n, now.len()),
            count(now, &|row| row.status == **label && row.is_inferred).to_string(),
        ];
        if let Some((then, _)) = earlier {
            let before = count(then, &|row| row.status == **label);
            cells.push(before.to_string());
            cells.push((i64::try_from(n).unwrap() - i64::try_from(before).unwrap()).to_string());
        }
        cells
    });
    tables.insert("By_status", by_status.collect());
    let is_due_later =
        |row: &Row| row.is_open() && row.due.as_deref().is_some_and(|due| due >= day);
    let positions: [(&str, usize); 5] = [
        ("Completed", count(now, &Row::is_complete)),
        ("Overdue", count(now, &|row| row.is_overdue(day))),
        ("Not due yet", count(now, &is_due_later)),
        ("No date", count(now, &|row| row.is_open() && !row.is_dated())),
        ("Stopped", count(now, &|row| row.category == "stopped")),
    ];
    assert_eq!(
        positions.iter().map(|(_, n)| n).sum::<usize>(),
        now.len(),
        "each action has one position"
    );
    let shown = positions.iter().filter(|(_, n)| *n > 0);
    tables.insert(
        "By_position",
        shown
            .map(|(label, n)| vec![(*label).to_owned(), n.to_string(), percent(*n, now.len())])
            .collect(),
    );
    let counts = |rows: &[Row]| {
        let states = used.iter().map(|label| count(rows, &|row| row.status == **label).to_string());
        states
            .chain([rows.len().to_string(), count(rows, &|row| row.is_overdue(day)).to_string()])
            .collect::<Vec<_>>()
    };
    let of =
        |is: &dyn Fn(&Row) -> bool| now.iter().filter(|row| is(row)).cloned().collect::<Vec<Row>>();
    let by_theme = list(plan, "themes").iter().map(|theme| text(&theme["title"]));
    tables.insert(
        "By_theme",
        by_theme
            .map(|title| [vec![title.clone()], counts(&of(&|row| row.theme == title))].concat())
            .collect(),
    );
    let mut owners: Vec<String> = Vec::new();
    now.iter().flat_map(|row| &row.owners).for_each(|owner| {
        if !owners.contains(owner) {
            owners.push(owner.clone());
        }
    });
    owners.push(String::new());
    let mut loads: Vec<(Vec<Row>, String)> = owners
        .iter()
        .map(|o| {
            (
                of(&|row| row.owners.contains(o) || (o.is_empty() && row.owners.is_empty())),
                o.clone(),
            )
        })
        .collect();
    loads.retain(|(rows, _)| !rows.is_empty());
    let is_reported = |row: &Row| row.category == "off-track" || row.category == "at-risk";
    let load = |rows: &[Row]| {
        let open = count(rows, &Row::is_open);
        (open, count(rows, &|row| row.is_overdue(day)), count(rows, &is_reported))
    };
    loads.sort_by_key(|(rows, _)| std::cmp::Reverse(load(rows)));
    let by_owner = loads.iter().map(|(rows, owner)| {
        let name = if owner.is_empty() { "No owner".to_owned() } else { owner.clone() };
        let (open, _, reported) = load(rows);
        [vec![name, open.to_string(), reported.to_string()], counts(rows)].concat()
    });
    tables.insert("By_owner", by_owner.collect());
    let recommendations = list(plan, "recommendations").iter().map(|r| text(&r["reference"]));
    let answering = |reference: &str| of(&|row| row.recommendation == reference);
    tables.insert(
        "Recommendations",
        recommendations
            .clone()
            .map(|r| [vec![r.clone()], counts(&answering(&r))].concat())
            .collect(),
    );

    // the lists
    let mut lists = BTreeMap::new();
    let mut late = which(&|row| row.is_overdue(day));
    late.sort_by_key(|row| row.due.clone());
    let mut reported = which(&|row| row.category == "off-track");
    reported.extend(which(&|row| row.category == "at-risk"));
    lists.insert("Reported", refs(&reported));
    lists.insert("Overdue", refs(&late));
    tables.insert(
        "Overdue",
        late.iter()
            .map(|row| {
                vec![
                    row.reference.clone(),
                    (day_number(day) - day_number(row.due.as_ref().unwrap())).to_string(),
                ]
            })
            .collect(),
    );
    let since = earlier.map(|(_, then)| then);
    let is_silent = |row: &Row| {
        let Some(then) = then_of(row) else { return row.updates.is_empty() };
        row.is_open()
            && row.updates.iter().all(|update| then.updates.contains(update))
            && (row.is_inferred || row.status == "No status reported" || row.status == then.status)
    };
    if earlier.is_some() {
        lists.insert("No_update", refs(&which(&|row| row.is_open() && is_silent(row))));
        lists.insert(
            "Completed",
            refs(&which(&|row| row.is_complete() && !then_of(row).is_some_and(Row::is_complete))),
        );
        // dates that were set for the first time have not moved; nor have dates in other words
        let before = |row: &Row| {
            let of = |row: &Row| row.due.clone().map_or_else(|| Err(row.target.clone()), Ok);
            let versions = all
                .iter()
                .filter_map(|(_, rows)| rows.iter().find(|other| other.words == row.words));
            let mut dates: Vec<Result<String, String>> =
                versions.filter(|other| !other.target.is_empty()).map(of).collect();
            dates.dedup();
            if !row.target.is_empty() {
                dates.pop();
            }
            if row.recorded.is_empty() {
                dates.into_iter().map(Result::ok).collect()
            } else {
                row.recorded.clone()
            }
        };
        let moved = which(&|row| !before(row).is_empty());
        lists.insert("Dates", refs(&moved));
        let slipped = |row: &&Row| {
            let days = before(row)[0]
                .as_deref()
                .zip(row.due.as_deref())
                .map(|(first, due)| day_number(due) - day_number(first));
            let days = days.map_or_else(|| "Not known".to_owned(), |days| days.to_string());
            vec![row.reference.clone(), before(row).len().to_string(), days]
        };
        tables.insert("Dates", moved.iter().map(slipped).collect());
    }
    if now.iter().any(|row| row.has_evidence) {
        lists.insert("No_evidence", refs(&which(&|row| row.is_complete() && !row.has_evidence)));
    }
    let mut ahead = which(&is_due_later);
    ahead.sort_by_key(|row| row.due.clone());
    lists.insert("Ahead", refs(&ahead));
    lists.insert("Undated", refs(&which(&|row| row.is_open() && !row.is_dated())));

    // the trend
    let step = |(before, then_day): (&[Row], &str), (after, day): (&[Row], &str)| {
        let was = |row: &Row| before.iter().find(|b| b.words == row.words);
        let changed = |row: &Row| {
            was(row).is_some_and(|was| {
                was.is_complete() == row.is_complete()
                    && was.status.to_lowercase() != row.status.to_lowercase()
            })
        };
        let late = |row: &Row| {
            let is_new = |was: &Row| {
                was.is_open() && !was.is_overdue(then_day) && was.is_dated() && was.due == row.due
            };
            row.is_overdue(day) && was(row).is_some_and(is_new)
        };
        [
            count(after, &|row| was(row).is_none()),
            count(before, &|row| !after.iter().any(|a| a.words == row.words)),
            count(after, &|row| {
                row.is_complete() && was(row).is_some_and(|was| !was.is_complete())
            }),
            count(after, &|row| !row.is_complete() && was(row).is_some_and(Row::is_complete)),
            count(after, &changed),
            count(after, &late),
        ]
    };
    if all.len() > 1 {
        let used: Vec<&String> = labels
            .iter()
            .filter(|label| {
                all.iter().any(|(_, rows)| count(rows, &|row| row.status == **label) > 0)
            })
            .collect();
        let point = |((_, rows), version): (&(Value, Vec<Row>), &Looked)| {
            let states =
                used.iter().map(|label| count(rows, &|row| row.status == **label).to_string());
            let share = percent(count(rows, &Row::is_complete), rows.len());
            let late = count(rows, &|row| row.is_overdue(version.day)).to_string();
            [in_words(version.day), rows.len().to_string()]
                .into_iter()
                .chain(states)
                .chain([share, late])
                .collect()
        };
        tables.insert("Trend", all.iter().zip(versions).map(point).collect());
        let steps = all.windows(2).zip(versions.windows(2)).map(|(rows, looked)| {
            let numbers = step((&rows[0].1, looked[0].day), (&rows[1].1, looked[1].day));
            [in_words(looked[0].day), in_words(looked[1].day)]
                .into_iter()
                .chain(numbers.map(|n| n.to_string()))
                .collect()
        });
        tables.insert("Trend_steps", steps.collect());
    }

    // the sentences
    let mut sentences = Vec::new();
    let is_are = |n: usize| if n == 1 { "is" } else { "are" };
    let noun = |n: usize| if n == 1 { "action" } else { "actions" };
    let on = since.map(in_words);
    let change = |n: usize, before: usize| {
        let day = on.as_deref().unwrap();
        match n.cmp(&before) {
            std::cmp::Ordering::Greater => format!(", {} more than on {day}", n - before),
            std::cmp::Ordering::Less => format!(", {} fewer than on {day}", before - n),
            std::cmp::Ordering::Equal => format!(", the same number as on {day}"),
        }
    };
    let complete = count(now, &Row::is_complete);
    let compared = earlier
        .map(|(then, _)| change(complete, count(then, &Row::is_complete)))
        .unwrap_or_default();
    let share = percent(complete, now.len());
    sentences.push(format!(
        "{complete} of {} actions ({share}) {} complete{compared}.",
        now.len(),
        is_are(complete)
    ));
    let compared = earlier
        .map(|(then, then_day)| change(late.len(), count(then, &|row| row.is_overdue(then_day))))
        .unwrap_or_default();
    let n = late.len();
    sentences.push(format!(
        "{n} {} {} overdue{compared}: {}.",
        noun(n),
        is_are(n),
        named(&refs(&late))
    ));
    if let Some(since) = since {
        let silent: Vec<&Row> = late.iter().copied().filter(|row| is_silent(row)).collect();
        sentences.push(match silent.len() {
            0 => format!("All of them have had an update since {}.", in_words(since)),
            k if k == n => format!("None of them has had an update since {}.", in_words(since)),
            k => format!(
                "{k} of them {} had no update since {}: {}.",
                if k == 1 { "has" } else { "have" },
                in_words(since),
                named(&refs(&silent))
            ),
        });
        let due = |row: &Row| then_of(row).unwrap_or(row).due.clone();
        let fell_due = which(&|row| {
            row.category != "stopped"
                && !then_of(row).is_some_and(Row::is_complete)
                && due(row).is_some_and(|due| due.as_str() >= since && due.as_str() < day)
        });
        let not_done: Vec<&Row> = fell_due.iter().copied().filter(|row| row.is_open()).collect();
        let (k, all) = (not_done.len(), fell_due.len());
        let since = in_words(since);
        sentences.push(format!(
            "{k} of the {all} actions that fell due since {since} {} not complete: {}.",
            is_are(k),
            named(&refs(&not_done))
        ));
        let put_off: Vec<&Row> = not_done.into_iter().filter(|row| row.due > due(row)).collect();
        sentences.push(match put_off.len() {
            0 => String::new(),
            1 => format!("A new target date has been set for {}.", put_off[0].reference),
            _ => format!("New target dates have been set for {}.", named(&refs(&put_off))),
        });
    }
    let n = reported.len();
    sentences.push(match n {
        0 => "No action is reported off track or at risk.".to_owned(),
        _ => format!(
            "{n} {} {} reported off track or at risk: {}.",
            noun(n),
            is_are(n),
            named(&refs(&reported))
        ),
    });
    let open = count(now, &Row::is_open);
    let silent = count(now, &|row| row.is_open() && row.status == "No status reported");
    if silent > 0 {
        sentences.push(format!("No status is reported for {silent} of the {open} open actions."));
    }
    if let Some(next) = next {
        let coming: Vec<&Row> =
            ahead.iter().copied().filter(|row| row.due.as_deref().unwrap() <= next).collect();
        let n = coming.len();
        sentences.push(format!(
            "{n} {} {} due by the next review, {}: {}.",
            noun(n),
            is_are(n),
            month_in_words(next),
            named(&refs(&coming))
        ));
    } else {
        sentences.push("set the date of the next review".to_owned());
    }
    let to_set = which(&|row| row.is_open() && !row.is_dated() && !row.is_endless);
    if to_set.len() > 1 {
        sentences.push(format!(
            "set target dates for {} actions ({})",
            to_set.len(),
            named(&refs(&to_set))
        ));
    }
    let unowned = which(&|row| row.is_open() && !row.has_owner);
    if unowned.len() > 1 {
        sentences.push(format!(
            "name owners for {} actions ({})",
            unowned.len(),
            named(&refs(&unowned))
        ));
    }
    let without: Vec<String> =
        recommendations.filter(|reference| answering(reference).is_empty()).collect();
    if without.len() == 1 {
        sentences.push(format!(
            "decide on an action for 1 recommendation that has none ({})",
            without[0]
        ));
    }
    Expected { tables, lists, sentences }
}

fn pack_of(versions: &[Looked], language: Language) -> Report {
    let day = |day: &str| day.parse::<Date>().ok();
    let plans: Vec<_> = versions.iter().map(|v| whole::whole(&v.plan)).collect();
    let reviews: Vec<_> = versions.iter().map(|v| whole::review(&v.plan, day(v.day))).collect();
    let found: Vec<Changes> =
        versions.windows(2).map(|pair| whole::changes(&pair[0].plan, &pair[1].plan)).collect();
    let matched =
        std::iter::once(&[][..]).chain(found.iter().map(|found| found.earlier.as_slice()));
    let all: Vec<PlanVersion<'_>> = plans
        .iter()
        .zip(&reviews)
        .zip(matched)
        .map(|((plan, review), matched)| PlanVersion { plan, review, matched })
        .collect();
    let now = all.last().unwrap();
    let earlier = found.last().map(|found| (&all[all.len() - 2], found));
    let then = earlier.map(|(then, found)| EarlierPlan {
        plan: then.plan,
        review: then.review,
        matched: &found.earlier,
    });
    let asked = agenda(
        now.plan,
        now.review,
        &AgendaOptions { earlier: then, versions: &all, ..AgendaOptions::default() },
    );
    let options = PackOptions {
        report: ReportOptions { language, ..ReportOptions::default() },
        earlier: earlier.map(|(then, found)| PreviousVersion {
            plan: then.plan,
            as_of: then.review.as_of,
            changes: found,
        }),
        trend: if earlier.is_some() { trend(&all) } else { planwright::Trend::default() },
        ..PackOptions::default()
    };
    pack(now.plan, now.review, &asked, &options)
}

/// The tables of a workbook by their names, and all words of its first sheet.
fn in_workbook(report: &Report) -> (BTreeMap<String, Vec<Vec<String>>>, String) {
    let mut book = Xlsx::new(Cursor::new(xlsx(report, &XlsxOptions::default()).unwrap())).unwrap();
    book.load_tables().unwrap();
    let cell = |data: &Data| match data {
        Data::Float(n) => n.to_string(),
        other => other.to_string(),
    };
    let mut out = BTreeMap::new();
    for name in book.table_names().into_iter().cloned().collect::<Vec<_>>() {
        let table = book.table_by_name(&name).unwrap();
        out.insert(name, table.data().rows().map(|row| row.iter().map(cell).collect()).collect());
    }
    let first = book.worksheet_range_at(0).unwrap().unwrap();
    let words = first.rows().flatten().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    (out, words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The rows of the tables of a page by their headings' anchors and numbers, and all of its words.
fn on_page(report: &Report) -> (BTreeMap<String, Vec<Vec<String>>>, String) {
    let page = Html::parse_document(&html(report, &HtmlOptions::default()));
    let of = |css: &str| Selector::parse(css).unwrap();
    let words = |e: scraper::ElementRef<'_>| {
        e.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut out = BTreeMap::new();
    for section in page.select(&of("section")) {
        for (i, table) in section.select(&of("table")).enumerate() {
            let rows = table
                .select(&of("tbody tr"))
                .map(|row| row.select(&of("th, td")).map(words).collect())
                .collect();
            out.insert(format!("{}/{i}", section.attr("id").unwrap()), rows);
        }
    }
    let body = page.select(&of("body")).next().map(words).unwrap();
    (out, body)
}

/// Where each table of the workbook is on the page: the section, and which of its tables that have
/// rows.
const ON_PAGE: [(&str, &str, usize); 16] = [
    ("By_status", "pack-summary", 0),
    ("By_position", "pack-summary", 1),
    ("By_theme", "pack-summary", 2),
    ("Trend", "pack-trend", 0),
    ("Trend_steps", "pack-trend", 1),
    ("Reported", "pack-exceptions", 0),
    ("Overdue", "pack-exceptions", 1),
    ("Dates", "pack-dates", 0),
    ("No_update", "pack-no-update", 0),
    ("Completed", "pack-completed", 0),
    ("Ahead", "pack-ahead", 0),
    ("Undated", "pack-ahead", 1),
    ("By_owner", "pack-owners", 0),
    ("Recommendations", "pack-recommendations", 0),
    ("No_evidence", "pack-evidence", 0),
    ("Changes", "pack-changes", 0),
];

/// Numbers as all outputs can be compared by: a share as whole percents, a difference without its
/// plus, a mark of a status left out.
fn plain(cell: &str) -> String {
    let cell = cell.trim_end_matches('†').replace('−', "-");
    match cell.strip_prefix('+') {
        Some(rest) => rest.to_owned(),
        None => cell,
    }
}

/// The cells of a table that are counted here.
fn of_interest(name: &str, row: &[String]) -> Vec<String> {
    let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
    match name {
        "Recommendations" => {
            std::iter::once(cells[0].clone()).chain(cells[5..].iter().cloned()).collect()
        }
        // the last cell is the next target date
        "By_owner" => cells[..cells.len() - 1].to_vec(),
        // reference, theme, action, owner, target date, days
        "Overdue" => vec![cells[0].clone(), cells[5].clone()],
        // reference, theme, action, owner, earlier dates, target date, times, days
        "Dates" => vec![cells[0].clone(), cells[6].clone(), cells[7].clone()],
        _ => cells,
    }
}

fn check(versions: &[Looked]) {
    let report = pack_of(versions, Language::English);
    let Expected { tables, lists, sentences } = expected(versions);
    let ((book, front), (page, body)) = (in_workbook(&report), on_page(&report));
    let place = |name: &str| {
        let (_, section, nth) = ON_PAGE.iter().find(|(table, ..)| *table == name).unwrap();
        // a table without rows is a caption alone
        let nth = if lists.get("Reported").is_some_and(Vec::is_empty) && name == "Overdue" {
            0
        } else {
            *nth
        };
        page.get(&format!("{section}/{nth}")).cloned().unwrap_or_default()
    };
    for (name, rows) in &tables {
        let shares = |row: &Vec<String>| {
            let float = |cell: &String| match cell.parse::<f64>() {
                Ok(share)
                    if share.fract() > 0.0
                        || (cell == "1" && !["Overdue", "Dates"].contains(name)) =>
                {
                    format!("{}%", (share * 100.0).round())
                }
                _ => cell.clone(),
            };
            // in a workbook shares are numbers below one: they are compared where a share is
            // expected
            row.iter().map(float).collect::<Vec<_>>()
        };
        let found: Vec<Vec<String>> =
            book[*name].iter().map(|row| of_interest(name, row)).collect();
        for (found, expected) in found.iter().zip(rows) {
            let (as_numbers, as_shares) = (found.clone(), shares(found));
            for (i, cell) in expected.iter().enumerate() {
                assert!(
                    &as_numbers[i] == cell
                        || &as_shares[i] == cell
                        || (cell == "0%" && as_numbers[i] == "0"),
                    "the workbook, {name}: {found:?}, {expected:?}"
                );
            }
        }
        assert_eq!(found.len(), rows.len(), "the workbook, {name}");
        let found: Vec<Vec<String>> =
            place(name).iter().map(|row| of_interest(name, row)).collect();
        assert_eq!(&found, rows, "the page, {name}");
    }
    for (name, references) in &lists {
        let first =
            |rows: &[Vec<String>]| rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>();
        assert_eq!(
            &first(book.get(*name).map(Vec::as_slice).unwrap_or_default()),
            references,
            "the workbook, {name}"
        );
        assert_eq!(&first(&place(name)), references, "the page, {name}");
    }
    for sentence in &sentences {
        assert!(
            front.contains(sentence),
            "{sentence}\nis not in the workbook:\n{}",
            &front[..front.len().min(4000)]
        );
        assert!(body.contains(sentence), "{sentence}\nis not on the page");
    }
    let Some(paper) = crate::words::in_pdf(&report) else { return };
    for sentence in &sentences {
        assert!(paper.contains(sentence), "{sentence}\nis not in the PDF");
    }
    for name in ["By_status", "By_position", "By_theme", "Trend", "Trend_steps"] {
        for row in tables.get(name).into_iter().flatten() {
            // the first columns of a row stand one behind the other; later cells may be signed
            let cells: Vec<String> = row.iter().map(|cell| cell.replace('-', "−")).collect();
            let unsigned =
                if name == "By_status" { &cells[..cells.len().min(5)] } else { &cells[..] };
            let words = unsigned.join(" ");
            assert!(paper.contains(&words), "{words} of {name} is not in the PDF");
        }
    }
}

/// A plan of so many actions that crosses all statuses with all positions, as it is at the end of
/// one of three quarters.
#[allow(clippy::too_many_lines)] // one fact after the other
fn crossed(count: usize, quarter: usize) -> Plan {
    let ids = ["complete", "on-track", "at-risk", "off-track", "not-started", "stopped"];
    let labels = ["Complete", "On track", "At risk", "Off track", "Not started", "Stopped"];
    let categories = ["complete", "under-way", "at-risk", "off-track", "not-started", "stopped"];
    let scheme: Vec<Value> = (0..6)
        .map(|i| json!({ "id": ids[i], "label": labels[i], "category": categories[i], "colour": "#1d70b8", "definition": format!("It is {}.", labels[i]) }))
        .collect();
    let dates = [
        "31/12/2022",
        "29/06/2024",
        "30/06/2024",
        "01/07/2024",
        "30/09/2024",
        "01/10/2024",
        "31/05/2026",
        "",
        "ongoing",
        "TBC",
        "15/05/2024",
    ];
    let nouns = [
        "audit",
        "board",
        "clinic",
        "depot",
        "estate",
        "fleet",
        "garden",
        "hostel",
        "induction",
        "journal",
        "kitchen",
        "library",
        "museum",
    ];
    let verbs = [
        "Appoint", "Build", "Close", "Draft", "Enrol", "Fund", "Gather", "Hire", "Inspect", "Join",
        "Keep", "Launch", "Map", "Name", "Open", "Plan", "Query",
    ];
    let owners =
        [vec![], vec!["Lin Ferguson"], vec!["Stuart Ashley"], vec!["Lin Ferguson", "Dave Watson"]];
    let action = |i: usize| {
        let mut kind = i % 10;
        // what was reported differed in earlier quarters
        if quarter < 2 && i.is_multiple_of(7) {
            kind = (kind + 3 + quarter) % 10;
        }
        let status = match kind {
            0..6 => json!({ "state": ids[kind], "basis": "stated", "because": labels[kind] }),
            6 => json!({ "basis": "stated", "because": "Waiting for Cabinet" }),
            _ => json!({ "basis": "none" }),
        };
        let mut updates = Vec::new();
        if kind == 7 || i.is_multiple_of(4) {
            let said = if kind == 7 && i % 20 < 10 { json!("complete") } else { Value::Null };
            updates.push(json!({ "period": "2023-12", "label": "December 2023 update:", "text": format!("Work on item {i} was reported."), "status": said }));
        }
        if quarter == 2 && i.is_multiple_of(3) {
            let said = if kind == 8 { json!("on-track") } else { Value::Null };
            updates
                .push(json!({ "period": "2024-06", "label": "June 2024 update:", "text": format!("More on item {i}."), "status": said }));
        }
        // written down before its time: not known at the end of quarter 1, or never
        if quarter > 0 && i.is_multiple_of(11) {
            updates.push(json!({ "period": "2024-05", "label": "May 2024 update:", "text": "Will have been done.", "status": null }));
        }
        if quarter == 2 && i.is_multiple_of(9) {
            updates.push(json!({ "period": "2024-07", "label": "July 2024 update:", "text": "Will be done.", "status": "complete" }));
        }
        for update in &mut updates {
            update.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        }
        // some dates move once, some in each quarter
        let moves = usize::from(quarter < 2 && i.is_multiple_of(13))
            + usize::from(quarter < 1 && i.is_multiple_of(26)) * 3;
        let typed = dates[(i / 10 + moves) % dates.len()];
        let names = &owners[i % 4];
        let words = format!("{} the {} of ward {}", verbs[i % 17], nouns[(i / 17) % 13], i);
        let mut action = json!({
            "reference": format!("{}.{}", i / 25 + 1, i % 25 + 1), "owners": names, "owner_text": names.join("; "),
            "action": words, "updates": updates, "status": status,
        });
        if !typed.is_empty() {
            action["target"] = serde_json::to_value(planwright::Target::read(typed)).unwrap();
        }
        if i.is_multiple_of(6) {
            action["review"] = json!({ "evidence": "Minutes" });
        }
        action
    };
    let objective = |o: usize| {
        let actions: Vec<Value> = (o * 25..(o * 25 + 25).min(count)).map(action).collect();
        json!({ "reference": (o + 1).to_string(), "text": format!("Objective of the {}", nouns[o]), "recommendation": format!("R{}", o % 3 + 1), "actions": actions })
    };
    let objectives: Vec<Value> = (0..count.div_ceil(25)).map(objective).collect();
    let themes: Vec<Value> = objectives
        .chunks(4)
        .zip(["Care", "Health", "Schools"])
        .map(|(part, title)| json!({ "title": title, "objectives": part }))
        .collect();
    let recommendations: Vec<Value> =
        (1..=4).map(|n| json!({ "reference": format!("R{n}"), "text": format!("improve the {}", nouns[n]) })).collect();
    let reviewed = ["2023-12", "2024-03", "2024-06"][quarter];
    let plan = json!({
        "planwright": 1, "title": "Crossed plan", "organisation": "County Council",
        "cycle": { "reviewed": reviewed, "next_review": "2024-09" },
        "recommendations": recommendations, "scheme": { "name": "States", "states": scheme }, "themes": themes,
    });
    json::read(plan.to_string().as_bytes()).unwrap()
}

#[test]
fn a_plan_that_crosses_all_statuses_with_all_positions_is_counted_right() {
    let version = |count: usize, quarter: usize, day: &'static str| Looked {
        plan: crossed(count, quarter),
        day,
        next: Some("2024-09-30"),
    };
    let versions = [
        version(240, 0, "2023-12-31"),
        version(270, 1, "2024-03-31"),
        version(300, 2, "2024-06-30"),
    ];
    let now = rows(&value(&versions[2].plan), "2024-06-30");
    let crossings: std::collections::BTreeSet<(String, i64)> = now
        .iter()
        .map(|row| {
            (
                row.status.clone(),
                row.due
                    .as_ref()
                    .map_or(2, |due| (day_number(due) - day_number("2024-06-30")).signum()),
            )
        })
        .collect();
    assert_eq!(
        (now.len(), crossings.len()),
        (300, 8 * 4),
        "each status is late, due today, due later and without a date"
    );
    check(&versions);
}

#[test]
fn a_plan_alone_is_counted_right() {
    check(&[Looked { plan: crossed(300, 2), day: "2024-06-30", next: Some("2024-09-30") }]);
}

#[test]
fn the_review_cycle_of_the_seed_is_counted_right() {
    let day: Option<Date> = "2011-11-30".parse().ok();
    let november = fixture::named("hampshire-2011")
        .import_with(&ImportOptions { as_of: day, ..ImportOptions::default() })
        .plan;
    let returned = fixture::named("hampshire-2011").returned();
    let march = fixture::merge_all(november.clone(), &returned, MergeOptions::default()).plan;
    let november = Looked { plan: november, day: "2011-11-30", next: Some("2012-03-31") };
    check(&[november, Looked { plan: march, day: "2012-03-31", next: None }]);
}

#[test]
fn messages_are_six_at_most_and_none_is_empty_in_english_and_welsh() {
    let versions = [
        Looked { plan: crossed(240, 0), day: "2023-12-31", next: None },
        Looked { plan: crossed(300, 2), day: "2024-06-30", next: None },
    ];
    for (language, words) in [(Language::English, "actions"), (Language::Welsh, "cam gweithredu")] {
        let page =
            Html::parse_document(&html(&pack_of(&versions, language), &HtmlOptions::default()));
        let items = Selector::parse("#pack-summary > ol > li").unwrap();
        let messages: Vec<String> = page.select(&items).map(|item| item.text().collect()).collect();
        assert!((1..=6).contains(&messages.len()), "{messages:?}");
        assert!(messages[0].contains(words), "{messages:?}");
        for message in messages {
            assert!(
                message.trim().ends_with('.')
                    && !message.contains(['{', '}'])
                    && !message.contains(": ."),
                "{message}"
            );
        }
    }
}
