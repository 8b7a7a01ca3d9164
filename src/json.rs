//! The plan file: a plan as JSON, key for key as [`Plan`] has it.
//!
//! What is written here reads back as the same plan, places in the source aside.

mod escape;

use std::fmt::Display;
use std::io::{BufWriter, Write};

use serde::Serialize;

use crate::changes::Changes;
use crate::error::{Error, Kind};
use crate::place::Place;
use crate::plan::Plan;
use crate::publish::Published;

pub(crate) use escape::escaped;

/// Writes a plan file: UTF-8, indented by two spaces, with a line end at the end. Characters that move a terminal's cursor or turn round
/// text (C1 controls, marks of direction) are written by their numbers.
///
/// ```
/// use planwright::{Plan, PublishOptions, json, publish};
///
/// let plan = publish(Plan { title: "Improvement plan".to_owned(), ..Plan::default() }, &PublishOptions::internal());
/// let file = json::write(&plan)?;
/// assert_eq!(&json::read(file.as_bytes())?, plan.plan());
/// # Ok::<(), planwright::Error>(())
/// ```
///
/// # Errors
///
/// None that a plan can bring about; the signature leaves room for what the JSON library may refuse.
pub fn write(published: &Published) -> Result<String, Error> {
    written(published.plan())
}

/// Writes what changed between two versions of a plan: UTF-8, indented by two spaces, with a line end at the end.
///
/// The keys are `plan`, `recommendations`, `themes`, `objectives` and `actions`, in this order and always there; each holds a list. Of
/// the plan, that is a list of changes. The others list what changed, each with `reference`, `theme`, `text`, `likeness` and `changes`,
/// in this order; what is empty is left out. A change says in `change` what it is, then the rest of what [`Change`](crate::changes::Change)
/// holds, in its order; texts are CommonMark, as in the plan file.
///
/// # Errors
///
/// None that changes can bring about, as for [`write`](fn@write).
pub fn write_changes(changes: &Changes) -> Result<String, Error> {
    written(changes)
}

/// Writes a plan file as [`write`](fn@write) does, a piece at a time, into `out`.
pub(crate) fn write_into(plan: &Plan, out: impl Write) -> Result<(), Error> {
    let mut out = BufWriter::new(out);
    serde_json::to_writer_pretty(&mut out, plan).map_err(unwritable)?;
    out.write_all(b"\n").and_then(|()| out.flush()).map_err(unwritable)
}

/// Writes a plan file for programs: as [`write`](fn@write) does, without the indentation and line ends that are there for people.
pub(crate) fn write_close(plan: &Plan) -> Result<Vec<u8>, Error> {
    let mut file = room_for(plan);
    serde_json::to_writer(&mut file, plan).map_err(unwritable)?;
    Ok(file)
}

/// Room for a plan as JSON, set aside at once: to grow is to copy what is there already.
pub(crate) fn room_for(plan: &Plan) -> Vec<u8> {
    /// How many bytes an action takes, more or less.
    const ACTION: usize = 1_000;
    Vec::with_capacity(plan.actions().count().saturating_mul(ACTION))
}

fn written(value: &impl Serialize) -> Result<String, Error> {
    let mut file = escaped(serde_json::to_string_pretty(value).map_err(unwritable)?);
    file.push('\n');
    Ok(file)
}

fn unwritable(error: impl Display) -> Error {
    Error::new(Kind::Unwritable, error.to_string())
}

/// Reads a plan file.
///
/// # Errors
///
/// If the bytes are not JSON, or hold a key, value or version that a plan file does not have; the error names the place.
pub fn read(bytes: &[u8]) -> Result<Plan, Error> {
    parse(bytes).map_err(|(fault, place)| {
        Error::new(Kind::Unreadable, format!("this is not a plan file that can be read: {fault}"))
            .at(place)
            .help("write the plan file again from its source, or correct it at this place; `planwright schema` prints what it may hold")
    })
}

/// The plan of a plan file, or what is wrong with it, and where.
pub(crate) fn parse(bytes: &[u8]) -> Result<Plan, (String, Place)> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let read = serde_json::from_slice(bytes).map(|mut plan: Plan| {
        plan.upgrade();
        plan
    });
    read.map_err(|e| {
        let message = e.to_string();
        // serde_json ends its message with the place, which the error carries by itself
        let fault = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what).to_owned();
        let line = u32::try_from(e.line()).unwrap_or(u32::MAX).max(1);
        let column = u32::try_from(e.column()).unwrap_or(u32::MAX).max(1);
        (fault, Place::in_text(line, column, 0))
    })
}

/// The JSON Schema (draft 2020-12) of the plan file.
///
/// # Errors
///
/// None today; the signature leaves room for what the JSON library may refuse.
pub fn schema() -> Result<String, Error> {
    let mut schema = schemars::schema_for!(Plan);
    schema.insert("title".to_owned(), "planwright plan file".into());
    written(&schema)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_named_with_its_place() {
        let error = read(b"{\n  \"planwright\": 1,\n  \"themes\": [],\n  \"mood\": \"good\"\n}").unwrap_err();
        assert!(error.to_string().contains("unknown field `mood`"), "{error}");
        assert_eq!(error.place().unwrap().to_string(), "4:8");
    }

    #[test]
    fn a_newer_version_is_refused() {
        let error = read(b"{\"planwright\": 2, \"themes\": []}").unwrap_err();
        assert!(error.to_string().contains("version 2"), "{error}");
    }
}
