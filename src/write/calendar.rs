//! A calendar as RFC 5545 has it (iCalendar, `.ics`).
//!
//! The crate that writes calendars, icalendar, asks the clock and chance for whatever it is not
//! given, and brings what it needs for that; this is a page. Tests read what is written with that
//! crate.

use crate::date::Date;
use crate::report::{Calendar, CalendarEvent};
use crate::text::{is_hidden, named};

/// How many bytes a line has at most, its end aside (RFC 5545, 3.1).
const LINE: usize = 75;

/// Writes a calendar, fit to be imported into the programs that people keep their appointments in:
/// UTF-8, with line ends as CR LF.
///
/// A plan without any date gives a calendar without events, though RFC 5545 (3.6) wants one at
/// least: there is nothing true to put there.
///
/// ```
/// use planwright::plan::Cycle;
/// use planwright::{Plan, PublishOptions, ReportOptions, publish, report, review, write};
///
/// let cycle = Cycle { next_review: "2012-03-30".parse().ok(), ..Cycle::default() };
/// let plan = Plan { title: "Care plan".to_owned(), cycle, ..Plan::default() };
/// let plan = publish(plan, &PublishOptions::internal());
/// let calendar = report::calendar(&plan, &review(&plan, "2011-11-30".parse().ok()), &ReportOptions::default());
/// let file = write::calendar(&calendar);
/// assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"));
/// assert!(file.contains("\r\nDTSTART;VALUE=DATE:20120330\r\nDTEND;VALUE=DATE:20120331\r\nSUMMARY:Next review: Care plan\r\n"));
/// ```
pub fn calendar(calendar: &Calendar) -> String {
    let mut out = CalendarLines::default();
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//planwright//planwright//EN");
    // RFC 7986 has the first of each pair; the other is what most programs know
    for name in ["NAME", "X-WR-CALNAME"] {
        out.text(name, &calendar.name);
    }
    if !calendar.edition.is_empty() {
        for name in ["DESCRIPTION", "X-WR-CALDESC"] {
            out.text(name, &calendar.edition);
        }
    }
    for event in &calendar.events {
        out.event(event, calendar.stamp);
    }
    out.line("END:VCALENDAR");
    out.0
}

/// Lines of a calendar.
#[derive(Default)]
struct CalendarLines(String);

impl CalendarLines {
    fn event(&mut self, event: &CalendarEvent, stamp: Date) {
        self.line("BEGIN:VEVENT");
        self.text("UID", &event.identifier);
        for name in ["DTSTAMP", "LAST-MODIFIED"] {
            self.line(&format!("{name}:{}T000000Z", basic(stamp)));
        }
        self.line(&format!("SEQUENCE:{}", event.moved));
        self.line(&format!("DTSTART;VALUE=DATE:{}", basic(event.day)));
        // the first day after it (RFC 5545, 3.6.1)
        if let Some(next) = event.day.later(1) {
            self.line(&format!("DTEND;VALUE=DATE:{}", basic(next)));
        }
        self.text("SUMMARY", &event.title);
        self.text("DESCRIPTION", &event.description);
        self.line("TRANSP:TRANSPARENT");
        self.line("END:VEVENT");
    }

    /// A property whose value is text (RFC 5545, 3.3.11).
    fn text(&mut self, name: &str, words: &str) {
        let mut line = format!("{name}:");
        let mut before = '\0';
        for c in words.chars() {
            match c {
                '\\' | ',' | ';' => line.extend(['\\', c]),
                '\n' if before == '\r' => {}
                // the last two end a line for some programs
                '\n' | '\r' | '\u{2028}' | '\u{2029}' => line.push_str("\\n"),
                _ if is_hidden(c) => line.push_str(&named(c)),
                _ => line.push(c),
            }
            before = c;
        }
        self.line(&line);
    }

    /// A line, folded where it is too long; no character is cut.
    fn line(&mut self, line: &str) {
        let mut room = LINE;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A day as "20111130".
fn basic(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}
