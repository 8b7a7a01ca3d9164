//! The only place that reads the clock: today's date, and how long a stage took.
#![expect(
    clippy::disallowed_methods,
    reason = "the binary alone knows what day it is and times its stages; the library is told"
)]

use std::time::{Duration, Instant};

use planwright::Date;

/// Today, where the computer is.
pub(super) fn today() -> Option<Date> {
    let now = jiff::ZonedDateTime::now().date();
    Date::new(now.year(), now.month(), now.day())
}

/// Does a piece of work and says how long it took.
pub(super) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}
