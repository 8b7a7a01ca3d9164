//! What a publisher should look at before a plan is published: names of people, addresses, numbers
//! of cases, dates of birth, small numbers about children. Nothing of it is taken out: whether it
//! may be published, only a person can say.

mod find;

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Code, Diagnostic};
use crate::place::Place;
use crate::plan::{
    Action, EarlierTarget, Field, Objective, Plan, Recommendation, State, Theme, Update,
};
use crate::text::Text;
use crate::vocabulary::roles::{OwnerKind, shape};
use crate::vocabulary::words::ExtraWords;

/// Words of a plan that a publisher should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Disclosure {
    /// What kind of thing it is.
    pub code: Code,
    /// The header of the column, or the part of the plan, in which they stand.
    pub column: String,
    /// The words.
    pub words: String,
    /// Where they stand in the source, if that is known.
    pub place: Option<Place>,
    /// The reference of the action or objective, or what else it stands in; may be empty.
    pub reference: String,
}

impl Disclosure {
    /// A diagnostic for it alone.
    pub fn diagnostic(&self) -> Diagnostic {
        let Self { code, column, words, place, reference } = self;
        let of = if reference.is_empty() || place.is_some() {
            String::new()
        } else {
            format!(" of {reference}")
        };
        let diagnostics = Diagnostic::new(
            *code,
            format!("“{words}” in “{column}”{of} looks like {}", what(*code).0),
        )
        .help(what(*code).2);
        place.iter().fold(diagnostics, Diagnostic::at)
    }
}

/// What a publisher should look at in a plan, in the plan's order. The plan should be the
/// [published](fn@crate::publish) one: what is left out of it needs no look.
///
/// ```
/// use planwright::plan::{Action, Objective, Theme};
/// use planwright::{Code, Plan, disclosures};
///
/// let action = Action { reference: "1.1".to_owned(), action: "Ring Mrs Jones about 2 children on 01962 555123".into(), ..Action::default() };
/// let objective = Objective { actions: vec![action], ..Objective::default() };
/// let plan = Plan { themes: vec![Theme { objectives: vec![objective], ..Theme::default() }], ..Plan::default() };
/// let found: Vec<(Code, String)> = disclosures(&plan).into_iter().map(|one| (one.code, one.words)).collect();
/// assert_eq!(
///     found,
///     [
///         (Code::PublicName, "Mrs Jones".to_owned()),
///         (Code::PublicPhone, "01962 555123".to_owned()),
///         (Code::PublicSmallNumber, "2 children".to_owned()),
///     ]
/// );
/// ```
pub fn disclosures(plan: &Plan) -> Vec<Disclosure> {
    let mut found = DisclosureCollector { plan, all: Vec::new() };
    found.plan();
    found.all
}

/// One message for each kind of thing and column: how often it stands there, and where it does
/// first.
pub fn disclosures_by_column(found: &[Disclosure]) -> Vec<Diagnostic> {
    const SHOWN: usize = 4;
    let mut groups: BTreeMap<(Code, &str), Vec<&Disclosure>> = BTreeMap::new();
    for one in found {
        groups.entry((one.code, &one.column)).or_default().push(one);
    }
    let diagnostics = groups.into_iter().map(|((code, column), all)| {
        let mut different: Vec<(&Disclosure, usize)> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for one in &all {
            let at = *known.entry(&one.words).or_insert(different.len());
            match different.get_mut(at) {
                Some((_, further)) => *further += 1,
                None => different.push((one, 0)),
            }
        }
        let shown = different.iter().take(SHOWN).map(|(one, further)| {
            let place =
                one.place.as_ref().map_or_else(|| one.reference.clone(), ToString::to_string);
            match (place.as_str(), *further) {
                ("", 0) => format!("“{}”", one.words),
                ("", further) => format!("“{}” ({} times)", one.words, further + 1),
                (place, 0) => format!("“{}” ({place})", one.words),
                (place, further) => format!("“{}” ({place} and {further} more)", one.words),
            }
        });
        let shown: Vec<String> = shown.collect();
        let more = match different.len().saturating_sub(SHOWN) {
            0 => String::new(),
            1 => " and 1 other".to_owned(),
            more => format!(" and {more} others"),
        };
        let (one, many, help) = what(code);
        let counted = if all.len() == 1 { one.to_owned() } else { format!("{} {many}", all.len()) };
        Diagnostic::new(
            code,
            format!("“{column}” has what looks like {counted}: {}{more}", shown.join(", ")),
        )
        .help(help)
    });
    diagnostics.collect()
}

/// What a kind is called, one and several, and what to do about it.
fn what(code: Code) -> (&'static str, &'static str, &'static str) {
    match code {
        Code::PublicName => (
            "the name of a person",
            "names of people",
            "check that each may be published; otherwise name the post instead",
        ),
        Code::PublicEmail => {
            ("an e-mail address", "e-mail addresses", "give the address of a team, or remove it")
        }
        Code::PublicPhone => {
            ("a telephone number", "telephone numbers", "give the number of a team, or remove it")
        }
        Code::PublicNhsNumber => ("an NHS number", "NHS numbers", "remove it from the source"),
        Code::PublicCaseNumber => (
            "the number of a case or child",
            "numbers of cases or children",
            "remove it from the source",
        ),
        Code::PublicPostcode => {
            ("a postcode", "postcodes", "check that it is not the home of a person")
        }
        Code::PublicBirthDate => ("a date of birth", "dates of birth", "remove it from the source"),
        _ => (
            "a small number of children",
            "small numbers of children",
            "check that no one can tell who they are; otherwise write “a small number”",
        ),
    }
}

struct DisclosureCollector<'a> {
    plan: &'a Plan,
    all: Vec<Disclosure>,
}

/// Where words stand.
#[derive(Clone, Copy)]
struct TextLocation<'a> {
    place: Option<&'a Place>,
    reference: &'a str,
}

impl DisclosureCollector<'_> {
    fn plan(&mut self) {
        let Plan {
            version: _,
            title,
            organisation,
            period: _,
            cycle: _,
            introduction,
            recommendations,
            scheme,
            columns: _,
            assigned_references: _,
            themes,
            notes,
        } = self.plan;
        let nowhere = TextLocation { place: None, reference: "" };
        self.words("Title", title, nowhere);
        self.words("Organisation", organisation, nowhere);
        self.text("Introduction", introduction, nowhere);
        for Recommendation { reference, area, deadline: _, text, origin } in recommendations {
            let at = TextLocation { place: origin.as_ref(), reference };
            self.words("Recommendations", area, at);
            self.text("Recommendations", text, at);
        }
        for State { id: _, label: _, category: _, colour: _, definition } in &scheme.states {
            self.words("Key to the statuses", definition, nowhere);
        }
        for Theme { title, introduction, objectives, origin } in themes {
            let at = TextLocation { place: origin.as_ref(), reference: title };
            let header = self.header(Field::Theme, "Theme");
            self.words(&header, title, at);
            self.text(&header, introduction, at);
            for objective in objectives {
                self.objective(objective);
            }
        }
        self.text("Notes", notes, nowhere);
    }

    fn objective(&mut self, objective: &Objective) {
        let Objective {
            reference,
            text,
            introduction,
            recommendation: _,
            extra,
            evidence,
            notes,
            actions,
            origin,
        } = objective;
        let at = TextLocation { place: origin.as_ref(), reference };
        let header = self.header(Field::Objective, "Objective");
        self.text(&header, text, at);
        self.text(&header, introduction, at);
        self.text(&self.header(Field::Evidence, "Evidence"), evidence, at);
        for note in notes {
            self.text("Comments", &note.text, at);
        }
        for (header, text) in &extra.0 {
            self.text(header, text, at);
        }
        for action in actions {
            self.action(action);
        }
    }

    fn action(&mut self, action: &Action) {
        let Action {
            reference,
            owners,
            owner_text,
            action,
            success_measures,
            target,
            earlier_targets,
            updates,
            status: _,
            review,
            extra,
            notes,
            origin,
        } = action;
        let at = TextLocation { place: origin.as_ref(), reference };
        self.text(&self.header(Field::Action, "Action"), action, at);
        self.owners(owners, owner_text, at);
        self.text(&self.header(Field::SuccessMeasures, "Success measures"), success_measures, at);
        let header = self.header(Field::Target, "Target date");
        if let Some(target) = target {
            self.words(&header, &target.text, at);
        }
        for EarlierTarget { target, moved: _, by } in earlier_targets {
            self.words(&header, &target.text, at);
            self.words(&header, by, at);
        }
        let header = self.header(Field::Update, "Updates");
        for Update { period: _, label, text, status: _, by } in updates {
            self.words(&header, label, at);
            self.text(&header, text, at);
            self.words(&header, by, at);
        }
        for text in [&review.progress, &review.evidence] {
            self.text("Review", text, at);
        }
        self.words("Review", &review.reviewer, at);
        for (header, text) in &extra.0 {
            self.text(header, text, at);
        }
        for note in notes {
            self.text("Comments", &note.text, at);
        }
    }

    /// The owners that are shaped like people, and what else stands in their cell.
    fn owners(&mut self, owners: &[String], owner_text: &str, at: TextLocation<'_>) {
        let header = self.header(Field::Owner, "Owner");
        let is_person = |owner: &str| {
            !owner.contains('@')
                && shape(owner, &ExtraWords::default())
                    .is_some_and(|shape| shape.kind == OwnerKind::Person)
        };
        let people: Vec<&String> = owners.iter().filter(|owner| is_person(owner)).collect();
        for owner in &people {
            self.add(Code::PublicName, &header, owner, at);
        }
        let known = |words: &str| {
            people.iter().any(|owner| owner.contains(words) || words.contains(owner.as_str()))
        };
        for (code, words) in find::all(owner_text) {
            if code != Code::PublicName || !known(words) {
                self.add(code, &header, words, at);
            }
        }
    }

    fn text(&mut self, column: &str, text: &Text, at: TextLocation<'_>) {
        self.words(column, &text.plain(), at);
        for address in text.blocks.iter().flat_map(|block| &block.spans).filter_map(|span| {
            let address = span.link.as_deref()?.strip_prefix("mailto:")?;
            (!span.text.contains(address)).then_some(address)
        }) {
            self.add(Code::PublicEmail, column, address, at);
        }
    }

    fn words(&mut self, column: &str, words: &str, at: TextLocation<'_>) {
        for (code, found) in find::all(words) {
            self.add(code, column, found, at);
        }
    }

    fn add(&mut self, code: Code, column: &str, words: &str, at: TextLocation<'_>) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let (place, reference) = (at.place.cloned(), at.reference.to_owned());
        self.all.push(Disclosure { code, column: column.to_owned(), words, place, reference });
    }

    /// The source's own header of a column, else a name for it.
    fn header(&self, field: Field, otherwise: &str) -> String {
        let own = self
            .plan
            .columns
            .iter()
            .find(|column| column.field == field && !column.header.is_empty());
        own.map_or_else(|| otherwise.to_owned(), |column| column.header.clone())
    }
}
