//! Plans that no one would think of, as the plan file can hold them and import could give them.

use super::whole;

use planwright::plan::{
    Action, Basis, Category, Colour, EarlierTarget, Extra, Field, Note, Objective, PlanColumn,
    Recommendation, ReviewEntry, Scheme, State, Status, Theme, Update,
};
use planwright::{
    PartialDate, Plan, SmallVec, Span, SpanStyle, Target, Text, TextBlock, TextBlockKind, json,
};
use proptest::prelude::*;

/// The columns that are kept under their own headers, in their order.
const EXTRA: [&str; 4] = ["Lead", "Cost (\u{a3}) | total", "Comments", "Ward #2"];

/// A plan, in the form that the plan file gives it.
pub(crate) fn plan() -> impl Strategy<Value = Plan> {
    (prop::collection::vec(theme(), 0..4), prop_oneof![Just(String::new()), line()]).prop_map(
        |(mut themes, title)| {
            // a theme that is nothing is none, and actions without a theme are one list
            themes.retain(|theme| !theme.title.is_empty() || !theme.objectives.is_empty());
            themes.dedup_by(|next, before| next.title.is_empty() && before.title.is_empty());
            let mut number = 0;
            for (i, objective) in themes.iter_mut().flat_map(|t| &mut t.objectives).enumerate() {
                objective.reference = format!("{}{}", objective.reference, i + 1);
                for action in &mut objective.actions {
                    number += 1;
                    action.reference = format!("{}{number}", action.reference);
                }
            }
            let column =
                |(field, header): (Field, &str)| PlanColumn { field, header: header.to_owned() };
            let known = [(Field::Action, "How?"), (Field::Owner, "Owner"), (Field::Status, "RAG")];
            let columns = known
                .into_iter()
                .chain(EXTRA.map(|header| (Field::Extra, header)))
                .map(column)
                .collect();
            let recommendation = Recommendation {
                reference: "R1".to_owned(),
                text: "ensure it".into(),
                ..Recommendation::default()
            };
            let recommendations = vec![recommendation];
            let plan = Plan { title, recommendations, columns, themes, ..Plan::default() };
            json::read(whole::json(&plan).unwrap().as_bytes()).unwrap()
        },
    )
}

/// A plan with anything around its actions: words that head, list or date something, and statuses
/// of its own.
pub(crate) fn whole_plan() -> impl Strategy<Value = Plan> {
    let words = || prop_oneof![2 => Just(String::new()), 2 => line(), 1 => heading()];
    let texts = || prop_oneof![2 => Just(Text::default()), 2 => text(), 1 => heading().prop_map(|words| Text::from_plain(&words))];
    let date = || prop::option::of(period());
    let front = (
        words(),
        words(),
        prop_oneof![Just(String::new()), Just("2011/12".to_owned()), line()],
        date(),
        date(),
        date(),
        texts(),
        texts(),
    );
    let recommendation =
        (words(), prop_oneof![words(), Just("Within three months".to_owned())], texts());
    let introductions = prop::collection::vec(texts(), 4);
    let around = (front, prop::collection::vec(recommendation, 0..4), scheme(), introductions);
    (plan(), around, any::<bool>()).prop_map(
        |(mut plan, (front, recommendations, scheme, introductions), assigned)| {
            plan.assigned_references = assigned && plan.actions().next().is_some();
            (plan.title, plan.organisation, plan.period) = (front.0, front.1, front.2);
            (plan.cycle.completed, plan.cycle.reviewed, plan.cycle.next_review) =
                (front.3, front.4, front.5);
            (plan.introduction, plan.notes) = (front.6, front.7);
            let recommendation =
                |(i, (area, deadline, text)): (usize, (String, String, Text))| Recommendation {
                    reference: format!("R{}", i + 1),
                    area,
                    deadline,
                    text,
                    origin: None,
                };
            plan.recommendations =
                recommendations.into_iter().enumerate().map(recommendation).collect();
            if let Some(scheme) = scheme {
                plan.scheme = scheme;
            }
            for (theme, introduction) in plan.themes.iter_mut().zip(introductions) {
                theme.introduction = introduction;
            }
            json::read(whole::json(&plan).unwrap().as_bytes()).unwrap()
        },
    )
}

/// Words that readers take for something.
fn heading() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "Recommendations",
        "Areas for improvement: safeguarding",
        "Within three months:",
        "Hampshire County Council",
        "Key: Red = overdue, Green = on track",
        "Reviewed: 30 November 2025",
        "2011/12",
        "Action plan",
        "Notes",
        "Introduction",
        "Part of the plan",
        "\u{645}\u{631}\u{62d}\u{628}\u{627} 12",
        "Next review",
        "R1",
    ];
    prop::sample::select(WORDS).prop_map(str::to_owned)
}

/// Statuses in words of the plan's own, the ids of the usual ones among them.
fn scheme() -> impl Strategy<Value = Option<Scheme>> {
    let label = prop::collection::hash_set(prop_oneof!["[A-Z][a-z]{2,8}", line()], 3);
    let made = (
        label,
        line(),
        prop::sample::select(&[None, Some(Category::AtRisk), Some(Category::Stopped)][..]),
    )
        .prop_map(|(labels, definition, category)| {
            let usual = Scheme::default();
            let own = labels.into_iter().enumerate().map(|(i, label)| State {
                id: format!("own-{i}"),
                label,
                category,
                colour: Colour::new(10, 20, u8::try_from(i).unwrap()),
                definition: definition.clone(),
            });
            Scheme {
                name: "Ours".to_owned(),
                states: usual.states.iter().cloned().chain(own).collect(),
            }
        });
    prop::option::weighted(0.3, made)
}

fn theme() -> impl Strategy<Value = Theme> {
    let title =
        prop_oneof![1 => Just(String::new()), 1 => Just("Safeguarding".to_owned()), 3 => line()];
    (title, prop::collection::vec(objective(), 0..4)).prop_map(|(title, objectives)| Theme {
        title,
        objectives,
        ..Theme::default()
    })
}

fn objective() -> impl Strategy<Value = Objective> {
    let beside = prop::sample::subsequence(vec!["Owner", "Status", EXTRA[1], EXTRA[3]], 0..3);
    let own = prop::option::weighted(
        0.2,
        (beside.prop_flat_map(extra), prop_oneof![Just(Text::default()), text()], notes()),
    );
    let actions = prop::collection::vec(action(), 0..4);
    let recommendation = prop::option::of(prop_oneof![Just("R1".to_owned()), line()]);
    let introduction = prop_oneof![4 => Just(Text::default()), 1 => text()];
    (
        reference(),
        prop_oneof![1 => Just(Text::default()), 3 => text()],
        introduction,
        recommendation,
        own,
        actions,
    )
        .prop_map(|(reference, text, introduction, recommendation, own, actions)| {
            let (extra, evidence, notes) = own.unwrap_or_default();
            Objective {
                reference,
                text,
                introduction,
                recommendation,
                extra,
                evidence,
                notes,
                actions,
                origin: None,
            }
        })
}

fn action() -> impl Strategy<Value = Action> {
    let names = prop::sample::subsequence(
        vec!["Jo Lee", "Si\u{e2}n Rees", "Service Lead", "Lin O'Hara", "A, B", "C;D", "E \"F\" G"],
        0..3,
    );
    let typed = prop_oneof![8 => Just(None), 1 => prop::sample::select(vec!["Jo Lee and A, B", "TBC", "\"X\"; \"Y\""]).prop_map(Some)];
    let words = prop_oneof![1 => Just(Text::default()), 4 => text()];
    let earlier = prop::collection::vec((target(), prop::option::of(period()), by()), 0..3);
    let said = (
        (names, typed),
        words.clone(),
        words,
        prop::option::of(target()),
        earlier,
        prop::collection::vec(update(), 0..4),
    );
    let extra = prop::sample::subsequence(EXTRA.to_vec(), 0..3).prop_flat_map(extra);
    (reference(), said, status(), review(), extra, notes()).prop_map(
        |(reference, said, status, review, extra, notes)| {
            let ((names, typed), action, success_measures, target, earlier, updates) = said;
            let earlier_targets = earlier
                .into_iter()
                .map(|(target, moved, by)| EarlierTarget { target, moved, by })
                .collect();
            let owners: Vec<String> = names.into_iter().map(str::to_owned).collect();
            let owner_text = typed.map_or_else(|| owners.join("; "), str::to_owned);
            Action {
                reference,
                owners,
                owner_text,
                action,
                success_measures,
                target,
                earlier_targets,
                updates,
                status,
                review,
                extra,
                notes,
                origin: None,
            }
        },
    )
}

fn update() -> impl Strategy<Value = Update> {
    let announced = prop::sample::select(vec![
        "",
        "November 2011 update:",
        "Nov 2011",
        "Update (3 March 2012):",
        "To the board",
    ]);
    let status = prop::option::of(prop::sample::select(vec!["complete", "at-risk"]));
    let said = prop_oneof![1 => Just(Text::default()), 1 => Just(Text::from_plain("Action complete.")), 4 => text()];
    (prop::option::of(period()), announced, said, status, by()).prop_map(
        |(period, label, text, status, by)| Update {
            period,
            label: label.to_owned(),
            text,
            status: status.map(str::to_owned),
            by,
        },
    )
}

fn status() -> impl Strategy<Value = Status> {
    let stated = |(state, because): (Option<&str>, &str)| Status {
        state: state.map(str::to_owned),
        basis: Basis::Stated,
        because: because.to_owned(),
    };
    let inferred = Status {
        state: Some("on-track".to_owned()),
        basis: Basis::Inferred,
        because: "update: “on track”".to_owned(),
    };
    prop_oneof![
        Just(Status::default()),
        Just(inferred),
        prop::sample::select(vec![
            (Some("complete"), "Complete"),
            (Some("on-track"), "G"),
            (Some("at-risk"), "filled green"),
            (Some("not-started"), "Jo Lee, return of March (2012)"),
            (None, "TBC"),
            (None, "-5% of =plan | see the minutes of the meeting in March"),
        ])
        .prop_map(stated),
    ]
}

fn review() -> impl Strategy<Value = ReviewEntry> {
    let filled = (
        text(),
        prop_oneof![Just(String::new()), Just("complete".to_owned())],
        text(),
        line(),
        line(),
        line(),
    );
    let filled =
        filled.prop_map(|(progress, state, evidence, reviewer, reviewed_on, revised_target)| {
            ReviewEntry { progress, state, evidence, reviewer, reviewed_on, revised_target }
        });
    prop_oneof![4 => Just(ReviewEntry::default()), 1 => filled]
}

fn extra(headers: Vec<&'static str>) -> impl Strategy<Value = Extra> {
    let count = headers.len();
    prop::collection::vec(text(), count).prop_map(move |texts| {
        Extra(headers.iter().map(|header| (*header).to_owned()).zip(texts).collect())
    })
}

fn notes() -> impl Strategy<Value = Vec<Note>> {
    let about = prop::sample::subsequence(vec!["How?", "Owner", "Owner"], 0..2);
    let note = |about: &str, text| Note { about: about.to_owned(), text };
    let notes = about.prop_flat_map(move |about| {
        let count = about.len();
        prop::collection::vec(text(), count).prop_map(move |texts| {
            about.iter().zip(texts).map(|(about, text)| note(about, text)).collect()
        })
    });
    prop_oneof![4 => Just(Vec::new()), 1 => notes]
}

fn target() -> impl Strategy<Value = Target> {
    let typed = prop::sample::select(vec![
        "Sept '11",
        "30/09/2011",
        "Q2 2011/12",
        "TBC",
        "ongoing",
        "by Christmas",
        "revised to Dec 2011",
    ]);
    // a cell that holds nothing but a tag ("<s>", "<a>") says nothing, and import gives no target
    // for it
    let read =
        |text: String| Some(Target::read_cell(&text, 4)).filter(|target| !target.text.is_empty());
    prop_oneof![typed.prop_map(str::to_owned), line()]
        .prop_filter_map("a target that says nothing", read)
}

fn period() -> impl Strategy<Value = PartialDate> {
    prop::sample::select(vec!["2011-11", "2012-03-03", "2012"])
        .prop_map(|period| period.parse().unwrap())
}

fn by() -> impl Strategy<Value = String> {
    prop_oneof![3 => Just(String::new()), 1 => Just("Jo Lee".to_owned())]
}

fn reference() -> impl Strategy<Value = String> {
    prop_oneof![3 => "[A-Z]?[0-9]?[.]", 1 => line().prop_map(|line| line + " ")]
}

/// Words on one line, with every sign that means something to someone.
fn line() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[A-Za-z0-9\u{e9}\u{2019}]{1,6}",
        2 => r#"[a-z0-9.,;:()*_/'"%+~#!?|<>&\\=@$`\[\]{}^-]{1,8}"#,
        1 => prop::sample::select(vec![
            "=SUM(A1)", "+44", "-", "@lin", "'=1", "''tis", "'quoted'", "<p>", "</p>", "&amp;", "&#124;", "\\|", "\\\\|", "||", "1.", "2)", "--", "---",
            "#", "##", ">", "<s>", "<a>", "\u{202e}x", "\u{645}\u{631}", "\u{1}", "\u{7f}a", "\u{b}", "**b**", "_i_", "~~s~~", "`c`", "[^1]", "![x](y)", "<br>", "<!--", "{{", "\u{2022}", "o", "Total", "Note:", "\u{ff1d}1",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(word, 1..6).prop_map(|words| words.join(" "))
}

/// Paragraphs and lists with emphasis and links.
fn text() -> impl Strategy<Value = Text> {
    let style = (any::<bool>(), any::<bool>(), any::<bool>(), 0..3_u8);
    let span = (line(), style, prop::bool::weighted(0.1)).prop_map(
        |(text, (bold, italic, struck, any), link)| Span {
            text,
            style: if any == 0 {
                SpanStyle { bold, italic, struck, ..SpanStyle::default() }
            } else {
                SpanStyle::default()
            },
            link: link.then(|| "https://example.org/a?b=1&c=(2)|3".to_owned()),
        },
    );
    let joint = prop::sample::select(vec![" ", "", "\n"]);
    let spans = prop::collection::vec((span, joint), 1..4).prop_map(|spans| {
        let mut block = TextBlock::paragraph(SmallVec::new());
        for (span, joint) in spans {
            block.push(span);
            block.push(Span::plain(joint));
        }
        block.trim();
        block.spans
    });
    let kind = prop_oneof![
        4 => Just(TextBlockKind::Paragraph),
        2 => (0..3_u8).prop_map(|depth| TextBlockKind::Bullet { depth }),
        2 => (0..3_u8, prop_oneof![Just(1_u32), Just(2), Just(7)]).prop_map(|(depth, number)| TextBlockKind::Numbered { depth, number }),
    ];
    prop::collection::vec((kind, spans), 1..5).prop_map(|blocks| Text {
        blocks: blocks.into_iter().map(|(kind, spans)| TextBlock { kind, spans }).collect(),
    })
}
