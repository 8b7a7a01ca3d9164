//! States recognised by the colour that fills a cell, where no word says them.

use std::collections::HashMap;

use super::words;
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::hue::Hue;
use crate::plan::{Colour, Scheme, State};

/// The state that a fill stands for: the one with this very colour, else the one with the same hue.
///
/// White, grey and black say nothing unless the scheme has that very colour, nor do the pale tints
/// of banded rows.
pub(crate) fn state(fill: Colour, scheme: &Scheme) -> Option<&State> {
    let mut same = scheme.states.iter().filter(|s| s.colour == fill);
    if let Some(state) = same.next() {
        return same.next().is_none().then_some(state);
    }
    let hue = Hue::of(fill).filter(|hue| *hue != Hue::Grey)?;
    let shades = || scheme.states.iter().filter(|s| Hue::of(s.colour) == Some(hue));
    let nearest = shades().min_by_key(|s| distance(s.colour, fill));
    nearest.or_else(|| words::of_hue(hue, scheme))
}

/// A fill in words: "green (#00b050)".
pub(crate) fn described(fill: Colour) -> String {
    Hue::of(fill).map_or_else(|| fill.to_string(), |hue| format!("{} ({fill})", hue.name()))
}

fn distance(a: Colour, b: Colour) -> u32 {
    let part = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
    part(a.red, b.red) + part(a.green, b.green) + part(a.blue, b.blue)
}

/// The fills from which statuses were read, counted through the plan: they are reported once, not
/// for each action.
#[derive(Debug, Default)]
pub(crate) struct FillCounts {
    counts: Vec<(Colour, String, usize)>,
    known: HashMap<Colour, usize>,
}

impl FillCounts {
    /// Counts a status that was read from this fill, as a state with this id.
    pub(crate) fn count(&mut self, fill: Colour, state: &str) {
        let at = *self.known.entry(fill).or_insert_with(|| {
            self.counts.push((fill, state.to_owned(), 0));
            self.counts.len() - 1
        });
        self.counts[at].2 += 1;
    }

    /// What is to be reported of them, if there were any.
    pub(crate) fn diagnostics(&self, scheme: &Scheme) -> Option<Diagnostic> {
        let found = self.described(scheme)?;
        let all: usize = self.counts.iter().map(|(_, _, n)| n).sum();
        let actions = if all == 1 { "action" } else { "actions" };
        let message =
            format!("the status of {all} {actions} was read from the fill of the cell: {found}");
        Some(
            Diagnostic::new(Code::StatusFromFill, message)
                .help("if a colour means something else, say so in a key or in planwright.toml"),
        )
    }

    /// Each fill with its count and state, if there were any: "7 green (#00b050) as On track".
    pub(crate) fn described(&self, scheme: &Scheme) -> Option<String> {
        const MOST: usize = 8;
        if self.counts.is_empty() {
            return None;
        }
        let label = |id: &str| scheme.state(id).map_or_else(|| id.to_owned(), |s| s.label.clone());
        let mut found: Vec<String> = self
            .counts
            .iter()
            .take(MOST)
            .map(|(fill, id, n)| format!("{n} {} as {}", described(*fill), label(id)))
            .collect();
        match self.counts.len().saturating_sub(MOST) {
            0 => {}
            1 => found.push("and those of 1 more colour".to_owned()),
            more => found.push(format!("and those of {more} more colours")),
        }
        Some(found.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(digits: &str) -> Colour {
        serde_json::from_value(format!("#{digits}").into()).unwrap()
    }

    #[test]
    fn fills_stand_for_the_states_of_their_hue() {
        let scheme = Scheme::default();
        for (fill, expected) in [
            ("00b050", Some("on-track")),
            ("92d050", Some("on-track")),
            ("ffc000", Some("at-risk")),
            ("ffff00", Some("at-risk")),
            ("ff0000", Some("off-track")),
            ("c00000", Some("off-track")),
            ("0070c0", Some("complete")),
            ("00b0f0", Some("complete")),
            ("808080", None),
            ("ddebf7", None),
            ("7030a0", None),
            // the very colour of a state, as our own workbooks have it
            ("505a5f", Some("not-started")),
        ] {
            assert_eq!(state(colour(fill), &scheme).map(|s| s.id.as_str()), expected, "{fill}");
        }
    }

    #[test]
    fn two_greens_of_a_key_are_told_apart() {
        let mut scheme = Scheme::default();
        for (id, shade) in [("complete", "00b050"), ("on-track", "92d050")] {
            scheme.states.iter_mut().find(|s| s.id == id).unwrap().colour = colour(shade);
        }
        for (fill, expected) in
            [("00b050", "complete"), ("00a933", "complete"), ("81d41a", "on-track")]
        {
            assert_eq!(state(colour(fill), &scheme).unwrap().id, expected, "{fill}");
        }
    }

    #[test]
    fn fills_are_told_once() {
        let mut fills = FillCounts::default();
        assert_eq!(fills.diagnostics(&Scheme::default()), None);
        for _ in 0..7 {
            fills.count(colour("00b050"), "on-track");
        }
        fills.count(colour("ff0000"), "off-track");
        assert_eq!(
            fills.diagnostics(&Scheme::default()).unwrap().message,
            "the status of 8 actions was read from the fill of the cell: 7 green (#00b050) as On track, 1 red (#ff0000) as Off track"
        );
    }
}
