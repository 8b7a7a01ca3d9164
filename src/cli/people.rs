//! `planwright people`: the people whose names stand in a plan, as settings on standard output.

use std::fmt::Write as _;

use planwright::{Person, people};

use super::Exit;
use super::command::PeopleCommand;
use super::diagnostic_output::Verbosity;
use super::diagnostic_output::{self, DiagnosticFormat};
use super::failure::Failure;
use super::reading;
use super::stream::OutputStream;

/// What stands above the list.
const HEAD: &str = "\
# People whose names stand in the plan. In the public version, each name is replaced by the role, or by \"[name removed]\"
# without one, unless it may stay. This is a proposal: check it, add who is missing, and remove what is no name.
";

/// Runs the command.
pub(super) fn run(
    command: &PeopleCommand,
    out: &mut OutputStream,
    err: &mut OutputStream,
) -> Result<Exit, Failure> {
    let reporting = &command.reporting;
    let mut loaded = reading::load_undated(&command.input, &command.reading, reporting, err)?;
    loaded.must_hold_a_plan(reporting, err)?;
    let people = people(&loaded.plan);
    if people.is_empty() {
        if reporting.level != Verbosity::Quiet && reporting.form == DiagnosticFormat::Text {
            err.say(&format!("{}: no names of people were found\n", loaded.name));
        }
    } else {
        out.say(&settings(&people));
    }
    Ok(diagnostic_output::exit(&loaded.diagnostics, reporting))
}

fn settings(people: &[Person]) -> String {
    let mut text = HEAD.to_owned();
    for person in people {
        let _ = write!(
            text,
            "\n[[publish.people]]\nname = {}\nrole = {}\nmay-stay = {}\n",
            quoted(person.name()),
            quoted(person.role()),
            person.may_stay()
        );
    }
    text
}

/// A basic string of TOML.
fn quoted(words: &str) -> String {
    let mut out = String::from("\"");
    for c in words.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::super::config::{NAME, Settings};
    use super::*;

    #[test]
    fn the_list_is_read_as_settings() {
        let people = [
            Person::new("Jo \"J\" O'Brien\\\u{1b}").with_role("Head of HR"),
            Person::new("Siân").allowed_to_stay(),
        ];
        let read = Settings::read(settings(&people).as_bytes(), NAME).unwrap();
        assert_eq!(read.publish.people(), people);
    }
}
