//! The statuses that a plan uses, and the categories that they fall in.

use super::status;
use crate::colour::Colour;
use crate::vocabulary::Category;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A set of states, each with a meaning that this plan declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// What the scheme is called.
    pub name: String,
    /// Its states, in the order of the key.
    pub states: Vec<State>,
}

/// One state of a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// What a status refers to it by.
    pub id: String,
    /// Its word: what readers see.
    pub label: String,
    /// What kind of status it is; none where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
    /// Its colour, `#rrggbb`; never the only sign of it (WCAG 2.2, 1.4.1).
    pub colour: Colour,
    /// What it means in this plan.
    pub definition: String,
}

impl Default for Scheme {
    /// Complete, on track, at risk, off track, not started: blue, green, amber, red and grey.
    fn default() -> Self {
        let state = |id: &str, label: &str, category: Category, colour, definition: &str| State {
            id: id.to_owned(),
            label: label.to_owned(),
            category: Some(category),
            colour,
            definition: definition.to_owned(),
        };
        let (on_track, at_risk) = (
            "Work is under way and will meet its target date.",
            "Behind, or may miss its target date, but can be recovered.",
        );
        Self {
            name: "BRAG".to_owned(),
            states: vec![
                state(
                    "complete",
                    "Complete",
                    Category::Complete,
                    Colour::new(0x1d, 0x70, 0xb8),
                    "The action has been done.",
                ),
                state(
                    "on-track",
                    "On track",
                    Category::UnderWay,
                    Colour::new(0x00, 0x70, 0x3c),
                    on_track,
                ),
                state(
                    "at-risk",
                    "At risk",
                    Category::AtRisk,
                    Colour::new(0xff, 0xdd, 0x00),
                    at_risk,
                ),
                state(
                    "off-track",
                    "Off track",
                    Category::OffTrack,
                    Colour::new(0xd4, 0x35, 0x1c),
                    "Will not meet its target date, or has missed it.",
                ),
                state(
                    "not-started",
                    "Not started",
                    Category::NotStarted,
                    Colour::new(0x50, 0x5a, 0x5f),
                    "No work has begun.",
                ),
            ],
        }
    }
}

impl Scheme {
    /// The state with this id.
    pub fn state(&self, id: &str) -> Option<&State> {
        self.states.iter().find(|s| s.id == id)
    }
}

impl Scheme {
    /// Sets the category of each state that has none, as far as its id, words or colour tell.
    pub fn fill_categories(&mut self) {
        for state in self.states.iter_mut().filter(|state| state.category.is_none()) {
            state.category = status::category(state);
        }
    }
}
