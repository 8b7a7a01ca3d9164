//! How statuses look: the word of each on its colour, and where it comes from.

use crate::colour::LEAST_CONTRAST;
use crate::date::Date;
use crate::plan::{Action, Basis, Colour, Plan, State, Status, status};

use super::labels::Labels;
use super::{CALCULATED, Phrase, StatusMark};

/// What the words that no status was reported stand on.
pub(super) const NO_STATUS: Colour = Colour::new(0xb1, 0xb4, 0xb6);
const INK: Colour = Colour::new(0x0b, 0x0c, 0x0c);

/// A state: its word on its colour, black or white, whichever can be read better.
pub(super) fn mark(state: &State, words: &Labels) -> StatusMark {
    let fill = state.colour;
    let (black, white) = (INK, Colour::new(0xff, 0xff, 0xff));
    let ink =
        if fill.contrast(white) >= LEAST_CONTRAST || fill.contrast(white) > fill.contrast(black) {
            white
        } else {
            black
        };
    StatusMark { label: words.state(state), fill, ink }
}

/// The status of an action as it is shown; none where what was reported is no state.
pub(super) fn status_mark(status: &Status, plan: &Plan, words: &Labels) -> Option<StatusMark> {
    if !status::is_reported(status) {
        return Some(StatusMark { label: words.no_status.into(), fill: NO_STATUS, ink: INK });
    }
    status.state.as_deref().and_then(|id| plan.scheme.state(id)).map(|state| mark(state, words))
}

/// The mark of a status that was taken from an update or a target date; nothing for one that was
/// stated.
pub(super) fn status_source(status: &Status) -> Phrase {
    if status.basis == Basis::Inferred { CALCULATED.into() } else { Phrase::default() }
}

/// Where the status of an action comes from: the update that reports it, or what was said.
pub(super) fn status_note(
    known: &Status,
    action: &Action,
    day: Option<Date>,
    words: &Labels,
) -> Phrase {
    match known.basis {
        Basis::Inferred => status::inferred(action, day)
            .map_or_else(|| words.own(&known.because), |(_, reason)| words.reason(&reason)),
        Basis::Stated | Basis::None => words.own(&known.because),
    }
}
