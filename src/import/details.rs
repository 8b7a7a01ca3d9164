//! What a plan says around its actions, in tables of ours: for plans whose words would be read as
//! something else where people write them. A title may look like a heading of recommendations, an
//! introduction like a list of them, a status like another.

use crate::colour::Colour;
use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::round_trip;
use crate::source::{Block, Row, Source};
use crate::text::Text;

use crate::plan::{Category, Cycle, Plan, Recommendation, Scheme, State};

/// The headers of the table of single values.
pub(crate) const PARTS: [&str; 2] = ["Part of the plan", "Words"];
/// The headers of the table of recommendations.
pub(crate) const RECOMMENDATIONS: [&str; 4] =
    ["Recommendation of the plan", "Area", "Time limit", "Words"];

const TITLE: &str = "Title";
const ORGANISATION: &str = "Organisation";
const PERIOD: &str = "Period";
const COMPLETED: &str = "Completed";
const REVIEWED: &str = "Reviewed";
const NEXT_REVIEW: &str = "Next review";
const INTRODUCTION: &str = "Introduction";
const NOTES: &str = "Notes";

/// The single values that a plan has, each under its name.
pub(crate) fn parts(plan: &Plan) -> Vec<[Text; 2]> {
    let date = |date: Option<crate::date::PartialDate>| {
        date.map(|date| Text::from_plain(&date.to_string())).unwrap_or_default()
    };
    let Cycle { completed, reviewed, next_review } = plan.cycle;
    let all = [
        (TITLE, Text::from_plain(&plan.title)),
        (ORGANISATION, Text::from_plain(&plan.organisation)),
        (PERIOD, Text::from_plain(&plan.period)),
        (COMPLETED, date(completed)),
        (REVIEWED, date(reviewed)),
        (NEXT_REVIEW, date(next_review)),
        (INTRODUCTION, plan.introduction.clone()),
        (NOTES, plan.notes.clone()),
    ];
    all.into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| [Text::from_plain(name), text])
        .collect()
}

/// The recommendations of a plan, in rows.
pub(crate) fn recommendations(plan: &Plan) -> Vec<[Text; 4]> {
    let row = |r: &Recommendation| {
        [
            Text::from_plain(&r.reference),
            Text::from_plain(&r.area),
            Text::from_plain(&r.deadline),
            r.text.clone(),
        ]
    };
    plan.recommendations.iter().map(row).collect()
}

/// The statuses of a plan, in rows.
pub(crate) fn statuses(scheme: &Scheme) -> Vec<[Text; 6]> {
    let row = |state: &State| {
        let category = state.category.map_or("", Category::name);
        let colour = state.colour.to_string();
        [&state.label, &state.id, category, &colour, &state.definition, &scheme.name]
            .map(Text::from_plain)
    };
    scheme.states.iter().map(row).collect()
}

/// What tables of ours say of a plan.
#[derive(Debug, Default)]
pub(crate) struct PlanDetails {
    /// Whether there is a table of single values: then what stands elsewhere is only added to it.
    has_parts: bool,
    plan: Plan,
    pub(super) scheme: Option<Scheme>,
}

impl PlanDetails {
    /// Takes the tables of ours out of a document.
    pub(crate) fn take(source: &mut Source) -> Self {
        let mut out = Self::default();
        let mut scheme = Scheme { name: String::new(), states: Vec::new() };
        let mut first: Option<Place> = None;
        let mut labels: Vec<String> = Vec::new();
        for block in &mut source.blocks {
            let Block::Grid(grid) = block else { continue };
            while let Some(kind) = grid.rows.first().and_then(kind_of) {
                let is_last = |row: &Row| {
                    row.cells
                        .iter()
                        .any(|cell| cell.value.plain() == round_trip::OBJECTIVE_REFERENCE)
                        || kind_of(row).is_some()
                };
                let end =
                    grid.rows[1..].iter().position(is_last).map_or(grid.rows.len(), |at| at + 1);
                let rows: Vec<Row> = grid.rows.drain(..end).collect();
                grid.marked_header = 0;
                first = first.or_else(|| Some(rows[0].place.clone()));
                labels.extend(rows[0].filled().map(|cell| cell.value.plain().into_owned()));
                for row in rows.into_iter().skip(1).filter(|row| !row.is_blank()) {
                    match kind {
                        DetailsTable::Parts => out.part(row, &mut labels),
                        DetailsTable::Recommendations => {
                            out.plan.recommendations.push(recommendation(row));
                        }
                        DetailsTable::Statuses => state(&row, &mut scheme, &mut labels),
                    }
                }
            }
        }
        source.blocks.retain(|block| !matches!(block, Block::Grid(grid) if grid.rows.is_empty()));
        if !scheme.states.is_empty() {
            out.scheme = Some(scheme);
        }
        if let Some(place) = first {
            let message = "these tables were read as what the plan says around its actions, as this program writes it";
            source.diagnostics.push(
                Diagnostic::new(Code::PlanDetailsRead, message)
                    .at(&place)
                    .left_out(labels.join("\n")),
            );
        }
        out
    }

    fn part(&mut self, row: Row, labels: &mut Vec<String>) {
        self.has_parts = true;
        let mut cells = row.cells.into_iter().map(|cell| cell.value);
        let name = cells.next().unwrap_or_default().plain().trim().to_owned();
        let mut text = cells.next().unwrap_or_default();
        cells.for_each(|more| text.append(more));
        let words = || text.plain().into_owned();
        let said = words();
        let date = || words().trim().parse().ok();
        let cycle = &mut self.plan.cycle;
        match name.as_str() {
            TITLE => self.plan.title = words(),
            ORGANISATION => self.plan.organisation = words(),
            PERIOD => self.plan.period = words(),
            COMPLETED if date().is_some() => cycle.completed = date(),
            REVIEWED if date().is_some() => cycle.reviewed = date(),
            NEXT_REVIEW if date().is_some() => cycle.next_review = date(),
            NOTES => self.plan.notes.append(text),
            INTRODUCTION => self.plan.introduction.append(text),
            _ => {
                // someone added it
                self.plan.introduction.append(Text::from_plain(&name));
                self.plan.introduction.append(text);
                return;
            }
        }
        // what is kept as text stays text; the rest is in fields of its own
        labels.extend((!matches!(name.as_str(), INTRODUCTION | NOTES)).then_some(said));
        labels.push(name);
    }

    /// Gives a plan what its tables say around the actions; what else was found there comes behind
    /// it.
    pub(crate) fn apply(&mut self, plan: &mut Plan) {
        if !self.has_parts {
            return;
        }
        plan.title = std::mem::take(&mut self.plan.title);
        plan.organisation = std::mem::take(&mut self.plan.organisation);
        plan.period = std::mem::take(&mut self.plan.period);
        plan.cycle = self.plan.cycle;
        let before = |own: &mut Text, plan: &mut Text| {
            let found = std::mem::replace(plan, std::mem::take(own));
            plan.append(found);
        };
        before(&mut self.plan.introduction, &mut plan.introduction);
        before(&mut self.plan.notes, &mut plan.notes);
    }

    /// Gives a plan the recommendations of its table.
    pub(crate) fn apply_recommendations(self, plan: &mut Plan) {
        if !self.plan.recommendations.is_empty() {
            plan.recommendations = self.plan.recommendations;
        }
    }
}

/// What a table of ours holds.
#[derive(Clone, Copy)]
enum DetailsTable {
    Parts,
    Recommendations,
    Statuses,
}

/// What the table below a header of ours holds.
fn kind_of(row: &Row) -> Option<DetailsTable> {
    let is =
        |headers: &[&str]| row.filled().map(|cell| cell.value.plain()).eq(headers.iter().copied());
    if is(&PARTS) {
        Some(DetailsTable::Parts)
    } else if is(&RECOMMENDATIONS) {
        Some(DetailsTable::Recommendations)
    } else {
        is(&round_trip::STATUSES).then_some(DetailsTable::Statuses)
    }
}

fn recommendation(row: Row) -> Recommendation {
    let origin = Some(row.place);
    let mut cells = row.cells.into_iter().map(|cell| cell.value);
    let mut next = || cells.next().unwrap_or_default();
    let [reference, area, deadline] =
        [next(), next(), next()].map(|text| text.plain().into_owned());
    Recommendation { reference, area, deadline, text: next(), origin }
}

fn state(row: &Row, scheme: &mut Scheme, labels: &mut Vec<String>) {
    let words =
        |i: usize| row.cells.get(i).map(|cell| cell.value.plain().into_owned()).unwrap_or_default();
    let [label, id, category, colour, definition, name] = [0, 1, 2, 3, 4, 5].map(words);
    let colour = Colour::from_number(&colour).unwrap_or(Colour::new(0x50, 0x5a, 0x5f));
    labels.extend(
        [label.clone(), id.clone(), category.clone(), words(3), definition.clone(), name.clone()]
            .into_iter()
            .filter(|words| !words.is_empty()),
    );
    scheme.name = name;
    scheme.states.push(State {
        id,
        label,
        category: Category::from_name(&category),
        colour,
        definition,
    });
}

/// Whether one plan says the same as another, so far as it depends on how the words around its
/// tables are read: all but what stands in the cells of actions.
pub(crate) fn say_the_same(a: &Plan, b: &Plan) -> bool {
    let front = |plan: &Plan| {
        (plan.title.clone(), plan.organisation.clone(), plan.period.clone(), plan.cycle)
    };
    let same_recommendations = a.recommendations.len() == b.recommendations.len()
        && a.recommendations.iter().zip(&b.recommendations).all(|(a, b)| {
            (&a.reference, &a.area, &a.deadline, &a.text)
                == (&b.reference, &b.area, &b.deadline, &b.text)
        });
    let same_themes = a.themes.len() == b.themes.len()
        && a.themes.iter().zip(&b.themes).all(|(a, b)| {
            (&a.title, &a.introduction, a.objectives.len())
                == (&b.title, &b.introduction, b.objectives.len())
                && a.objectives.iter().zip(&b.objectives).all(|(a, b)| {
                    (&a.reference, &a.text, &a.introduction, &a.recommendation, a.actions.len())
                        == (
                            &b.reference,
                            &b.text,
                            &b.introduction,
                            &b.recommendation,
                            b.actions.len(),
                        )
                })
        });
    same_recommendations
        && same_themes
        && front(a) == front(b)
        && (&a.introduction, &a.notes) == (&b.introduction, &b.notes)
        && statuses_are_the_same(a, b)
}

/// Whether the statuses of two plans, and what they mean, are the same, so far as someone has
/// stated them.
pub(crate) fn statuses_are_the_same(a: &Plan, b: &Plan) -> bool {
    let stated = |plan: &Plan| -> Vec<Option<String>> {
        let is_stated =
            |action: &crate::plan::Action| action.status.basis == crate::plan::Basis::Stated;
        plan.actions()
            .map(
                |(_, _, action)| if is_stated(action) { action.status.state.clone() } else { None },
            )
            .collect()
    };
    a.scheme == b.scheme && stated(a) == stated(b)
}
