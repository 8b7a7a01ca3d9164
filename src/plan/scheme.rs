//! The scheme that a plan declares: its key to statuses, as a table ([`from_key`]) or in a line of
//! text ([`from_line`]).
//!
//! A state gets its id from what its words say, its label's first and its definition's next: no
//! colour has a meaning of its own. So “Green = action complete” is the state `complete`, and “Blue
//! = business as usual” is `blue`. Its label and definition are the source's words, its colour is
//! the one that fills it in the source, else the shade that goes with the name of its colour.

mod line;
mod table;

use super::hue::Hue;
use super::status::{self, OwnStatus, StateMeaning, StatusWordMeaning};
use super::{Colour, Scheme, State};
use crate::vocabulary::{documents, normalize};

pub(crate) use line::from_line;
pub(crate) use table::{KeyCell, from_key};

/// More lines than this are no key.
const MOST_STATES: usize = 32;

/// A state as a key has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct KeyState {
    label: String,
    definition: String,
    fill: Option<Colour>,
    /// A letter or colour that stands beside the label: “G”.
    mark: String,
}

impl KeyState {
    /// What its words say of an action's state.
    fn meaning(&self) -> Option<StateMeaning> {
        match status::of_words(&normalize(&self.label)) {
            // a doubted status is not that status
            _ if self.label.contains('?') => None,
            Some(StatusWordMeaning::Means(meaning)) => Some(meaning),
            _ if self.definition.is_empty() => status::of_definition(&self.label),
            _ => status::of_definition(&self.definition),
        }
    }

    /// The shade that its words name.
    fn shade(&self) -> Option<Colour> {
        let named = |words: &str| normalize(words).split(' ').find_map(shade);
        named(&self.mark).or_else(|| named(&self.label))
    }

    /// Whether it is a status beyond doubt, rather than a line of some other list.
    fn is_recognised(&self) -> bool {
        let words = normalize(&self.label);
        let first = words.split(' ').next().unwrap_or_default();
        let is_colour = shade(first).is_some() && (first.len() > 1 || !self.definition.is_empty());
        let is_marked = shade(&self.mark.to_lowercase()).is_some();
        let is_filled = self.fill.is_some_and(|fill| Hue::of(fill).is_some());
        is_colour
            || is_marked
            || status::of_words(&words).is_some()
            || (is_filled && self.meaning().is_some())
    }
}

/// The shade that a colour's name or letter stands for: those of the default scheme, and others as
/// easy to read.
fn shade(word: &str) -> Option<Colour> {
    Some(match word {
        "red" | "r" => Colour::new(0xd4, 0x35, 0x1c),
        "amber" | "a" | "yellow" => Colour::new(0xff, 0xdd, 0x00),
        "orange" => Colour::new(0xf4, 0x77, 0x38),
        "green" | "g" => Colour::new(0x00, 0x70, 0x3c),
        "blue" | "b" => Colour::new(0x1d, 0x70, 0xb8),
        "grey" | "gray" => Colour::new(0x50, 0x5a, 0x5f),
        "purple" => Colour::new(0x4c, 0x2c, 0x92),
        "pink" => Colour::new(0xf4, 0x99, 0xbe),
        "turquoise" => Colour::new(0x28, 0xa1, 0x97),
        "black" => Colour::new(0x0b, 0x0c, 0x0c),
        "white" => Colour::new(0xff, 0xff, 0xff),
        _ => return None,
    })
}

/// The state of a status in the plan's own words, to be added to a scheme.
pub(crate) fn added(own: &OwnStatus, states: &[State]) -> State {
    let default = Scheme::default();
    let usual = default.state(&own.id).filter(|s| states.iter().all(|known| known.id != s.id));
    let is_free = !own.id.is_empty() && states.iter().all(|known| known.id != own.id);
    let id = if is_free { own.id.clone() } else { own_id(&own.label, states) };
    let shade = usual.map(|s| s.colour).or_else(|| shade(&own.id));
    let definition =
        usual.filter(|s| s.label == own.label).map(|s| s.definition.clone()).unwrap_or_default();
    State {
        id,
        label: own.label.clone(),
        category: own.category,
        colour: free(shade, states),
        definition,
    }
}

/// Colours for states that have none of their own: no hue of BRAG is among them.
const SPARE: &[Colour] = &[
    Colour::new(0x4c, 0x2c, 0x92),
    Colour::new(0x28, 0xa1, 0x97),
    Colour::new(0x91, 0x2b, 0x88),
    Colour::new(0xf4, 0x99, 0xbe),
    Colour::new(0x0b, 0x7a, 0x70),
    Colour::new(0x7a, 0x4f, 0xb0),
    Colour::new(0xb8, 0xe0, 0xdc),
    Colour::new(0x3d, 0x0a, 0x5c),
    Colour::new(0xd9, 0xc8, 0xf0),
    Colour::new(0x50, 0x5a, 0x5f),
    Colour::new(0x0b, 0x0c, 0x0c),
    Colour::new(0xb1, 0xb4, 0xb6),
];

/// The scheme of these entries.
fn scheme(name: &str, entries: Vec<KeyState>) -> Scheme {
    let default = Scheme::default();
    let meanings = meanings(&entries);
    let mut states: Vec<State> = Vec::new();
    for (entry, meaning) in entries.into_iter().zip(meanings) {
        let id = meaning.map_or_else(|| own_id(&entry.label, &states), |m| m.id().to_owned());
        let usual = || meaning.and_then(|m| default.state(m.id())).map(|s| s.colour);
        let colour = entry.fill.unwrap_or_else(|| free(entry.shade().or_else(usual), &states));
        let mut state =
            State { id, label: entry.label, category: None, colour, definition: entry.definition };
        state.category = status::category(&state);
        states.push(state);
    }
    Scheme { name: name.to_owned(), states }
}

/// What each entry means, no two the same: of several, the one in BRAG's own colour keeps it, else
/// the first.
fn meanings(entries: &[KeyState]) -> Vec<Option<StateMeaning>> {
    let default = Scheme::default();
    let found: Vec<Option<StateMeaning>> = entries.iter().map(KeyState::meaning).collect();
    let in_its_colour = |i: usize, meaning: StateMeaning| {
        let own = entries[i].fill.or_else(|| entries[i].shade()).and_then(Hue::of);
        own.is_some() && own == default.state(meaning.id()).and_then(|s| Hue::of(s.colour))
    };
    let keeps = |i: usize, meaning: StateMeaning| {
        let alike = || (0..entries.len()).filter(|j| found[*j] == Some(meaning));
        alike().find(|j| in_its_colour(*j, meaning)).or_else(|| alike().next()) == Some(i)
    };
    found.iter().enumerate().map(|(i, meaning)| meaning.filter(|m| keeps(i, *m))).collect()
}

/// An id made of a label, unlike those that are taken and those that have a meaning; words that are
/// one status have the same.
fn own_id(label: &str, states: &[State]) -> String {
    if let Some(StatusWordMeaning::Own(sense)) =
        status::of_words(&normalize(label)).filter(|_| !label.contains('?'))
        && sense.together
        && states.iter().all(|s| s.id != sense.id)
    {
        return sense.id.clone();
    }
    let slug = normalize(label).replace(' ', "-");
    let slug = if slug.is_empty() { "state".to_owned() } else { slug };
    let has_a_meaning = Scheme::default().state(&slug).is_some();
    let is_free = |id: &str| states.iter().all(|s| s.id != id);
    if !has_a_meaning && is_free(&slug) {
        return slug;
    }
    (2..=states.len() + 2).map(|n| format!("{slug}-{n}")).find(|id| is_free(id)).unwrap_or(slug)
}

/// The colour wished for, unless a state has it or there is none; then one that is free.
fn free(wished: Option<Colour>, states: &[State]) -> Colour {
    let is_free = |colour: &Colour| states.iter().all(|s| s.colour != *colour);
    let spare = || SPARE.iter().copied().find(is_free);
    wished.filter(is_free).or_else(spare).unwrap_or(SPARE[SPARE.len() - 1])
}

/// What a key is called, by the words above it or the colours in it.
fn name(title: &str, entries: &[KeyState]) -> &'static str {
    let title = normalize(title);
    let has = |word: &str| title.split(' ').any(|w| w == word);
    let hues: Vec<Hue> =
        entries.iter().filter_map(|e| e.fill.or_else(|| e.shade()).and_then(Hue::of)).collect();
    let all = |wanted: &[Hue]| wanted.iter().all(|hue| hues.contains(hue));
    let is_rag = all(&[Hue::Red, Hue::Amber, Hue::Green]);
    if has("brag") || has("ragb") || (is_rag && hues.contains(&Hue::Blue)) {
        "BRAG"
    } else if has("rag") || is_rag {
        "RAG"
    } else {
        "Status"
    }
}

/// Whether words name what statuses are recognised by: "RAG rating", "Key to statuses".
fn names_statuses(words: &str) -> bool {
    documents::names_statuses(&normalize(words))
}

/// A label and its definition in one text, as in "Red = overdue", "Amber (behind schedule)".
fn divided(words: &str) -> Option<(&str, &str)> {
    const MARKS: &[&str] = &["=", ":", " - ", "–", "—", "("];
    let (at, mark) = MARKS
        .iter()
        .filter_map(|mark| words.find(mark).map(|at| (at, *mark)))
        .min_by_key(|(at, _)| *at)?;
    let (label, definition) = (words[..at].trim(), words[at + mark.len()..].trim());
    let definition = if mark == "(" { definition.trim_end_matches(')') } else { definition };
    (!label.is_empty() && !definition.is_empty()).then_some((label, definition))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A scheme in a line: "id label #colour: definition", a state each.
    pub(super) fn shown(scheme: &Scheme) -> Vec<String> {
        let state = |s: &State| format!("{} “{}” {}: {}", s.id, s.label, s.colour, s.definition);
        scheme.states.iter().map(state).collect()
    }

    fn entry(label: &str, definition: &str) -> KeyState {
        KeyState {
            label: label.to_owned(),
            definition: definition.to_owned(),
            ..KeyState::default()
        }
    }

    #[test]
    fn states_have_their_ids_by_what_they_mean() {
        let made = scheme(
            "BRAG",
            vec![
                entry("Blue", "Business as usual"),
                entry("Green", "Action complete"),
                entry("Amber", "On track"),
                entry("Red", "Not started, or behind schedule"),
            ],
        );
        assert_eq!(
            shown(&made),
            [
                "blue “Blue” #1d70b8: Business as usual",
                "complete “Green” #00703c: Action complete",
                "on-track “Amber” #ffdd00: On track",
                "red “Red” #d4351c: Not started, or behind schedule",
            ]
        );
    }

    #[test]
    fn of_two_states_that_mean_the_same_one_keeps_the_id() {
        let made = scheme(
            "RAG",
            vec![
                entry("Red", "High risk of delay"),
                entry("Amber", "Some risk of delay"),
                entry("Overdue", ""),
            ],
        );
        let ids: Vec<&str> = made.states.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(ids, ["red", "at-risk", "off-track"]);
        let made = scheme(
            "Status",
            vec![entry("Done", ""), entry("Closed", ""), entry("Overdue", ""), entry("Late", "")],
        );
        let ids: Vec<&str> = made.states.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(ids, ["complete", "closed", "off-track", "late"]);
    }

    #[test]
    fn every_colour_that_is_given_can_be_read() {
        let (black, white) = (Colour::new(11, 12, 12), Colour::new(255, 255, 255));
        let named = [
            "red",
            "amber",
            "orange",
            "green",
            "blue",
            "grey",
            "purple",
            "pink",
            "turquoise",
            "black",
            "white",
        ];
        for colour in SPARE.iter().copied().chain(named.into_iter().filter_map(shade)) {
            assert!(colour.contrast(black).max(colour.contrast(white)) >= 4.5, "{colour}");
        }
        assert!(SPARE.iter().all(|c| Hue::of(*c).is_none_or(|hue| hue == Hue::Grey)));
    }
}
