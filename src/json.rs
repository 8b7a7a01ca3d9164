//! The plan file: a plan as JSON, key for key as [`Plan`] has it.
//!
//! What is written here reads back as the same plan, places in the source aside.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::io::{BufWriter, Write};

use serde::Serialize;

use crate::changes::Changes;
use crate::characters::no_character;
use crate::error::{Error, ErrorKind};
use crate::json_escape::escaped;
use crate::place::Place;
use crate::plan::Plan;
use crate::publish::Published;

/// Writes a plan file: UTF-8, indented by two spaces, with a line end at the end. Characters that
/// move a terminal's cursor or turn round text (C1 controls, marks of direction) are written by
/// their numbers.
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
/// None that a plan can bring about; the signature leaves room for what the JSON library may
/// refuse.
pub fn write(published: &Published) -> Result<String, Error> {
    written(published.plan())
}

/// Writes what changed between two versions of a plan: UTF-8, indented by two spaces, with a line
/// end at the end.
///
/// The keys are `plan`, `recommendations`, `themes`, `objectives` and `actions`, in this order and
/// always there; each holds a list. Of the plan, that is a list of changes. The others list what
/// changed, each with `reference`, `theme`, `text`, `likeness` and `changes`, in this order; what
/// is empty is left out. A change says in `change` what it is, then the rest of what
/// [`Change`](crate::changes::Change) holds, in its order; texts are CommonMark, as in the plan
/// file.
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

/// Writes a plan file for programs: as [`write`](fn@write) does, without the indentation and line
/// ends that are there for people.
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
    Error::new(ErrorKind::Unwritable, error.to_string())
}

/// Reads a plan file.
///
/// # Errors
///
/// If the bytes are not JSON, or hold a key, value or version that a plan file does not have; the
/// error names the place.
pub fn read(bytes: &[u8]) -> Result<Plan, Error> {
    parse(bytes).map_err(|(fault, place)| {
        Error::new(ErrorKind::Unreadable, format!("this is not a plan file that can be read: {fault}"))
            .at(place)
            .help("write the plan file again from its source, or correct it at this place; `planwright schema` prints what it may hold")
    })
}

/// The plan of a plan file, or what is wrong with it, and where.
pub(crate) fn parse(bytes: &[u8]) -> Result<Plan, (String, Place)> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bytes = &*without_controls(bytes);
    let read = serde_json::from_slice(bytes).map(|mut plan: Plan| {
        plan.upgrade();
        plan
    });
    read.map_err(|e| {
        let message = e.to_string();
        // serde_json ends its message with the place, which the error carries by itself
        let fault =
            message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what).to_owned();
        let line = u32::try_from(e.line()).unwrap_or(u32::MAX).max(1);
        let column = u32::try_from(e.column()).unwrap_or(u32::MAX).max(1);
        (fault, Place::in_text(line, column, 0))
    })
}

/// A plan file with each control character named in its place, `[U+001F]`, as in every other
/// source: most outputs cannot hold one, and no one would see it.
fn without_controls(file: &[u8]) -> Cow<'_, [u8]> {
    // as they stand, one begins with one of these bytes; JSON allows those below a space only as
    // escapes
    let stands_so = |byte: u8| matches!(byte, 0x7f | 0xc2 | 0xef);
    let Ok(text) = std::str::from_utf8(file) else { return Cow::Borrowed(file) };
    if !file.iter().any(|byte| *byte == b'\\' || stands_so(*byte)) {
        return Cow::Borrowed(file);
    }
    let mut out = String::new();
    let (mut from, mut at) = (0, 0);
    while let Some(next) = file[at..].iter().position(|byte| *byte == b'\\' || stands_so(*byte)) {
        at += next;
        let rest = &text[at..];
        let (length, found) = match rest.as_bytes() {
            [b'\\', b'b', ..] => (2, Some('\u{8}')),
            [b'\\', b'u', ..] => (
                6.min(rest.len()),
                rest.get(2..6)
                    .and_then(|digits| char::from_u32(u32::from_str_radix(digits, 16).ok()?)),
            ),
            [b'\\', ..] => (1 + rest[1..].chars().next().map_or(0, char::len_utf8), None),
            _ => rest.chars().next().map_or((1, None), |c| (c.len_utf8(), Some(c))),
        };
        if let Some(control) = found.filter(|c| no_character(*c)) {
            out.push_str(&text[from..at]);
            let _ = fmt::Write::write_fmt(&mut out, format_args!("[U+{:04X}]", u32::from(control))); // a string takes all of it
            from = at + length;
        }
        at += length;
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    if from == 0 {
        return Cow::Borrowed(file);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out.into_bytes())
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

/// The version of a plan: eight hexadecimal digits that change with any word or value of it.
///
/// # Errors
///
/// None that a plan can bring about; the signature leaves room for what the JSON library may
/// refuse.
pub fn version(plan: &Plan) -> Result<String, Error> {
    let mut sum = flate2::CrcWriter::new(std::io::sink());
    write_into(plan, &mut sum)?;
    Ok(format!("{:08x}", sum.crc().sum()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_named_with_its_place() {
        let error = read(b"{\n  \"planwright\": 1,\n  \"themes\": [],\n  \"mood\": \"good\"\n}")
            .unwrap_err();
        assert!(error.to_string().contains("unknown field `mood`"), "{error}");
        assert_eq!(error.place().unwrap().to_string(), "4:8");
    }

    #[test]
    fn control_characters_are_named() {
        let named =
            |file: &str| String::from_utf8(without_controls(file.as_bytes()).into_owned()).unwrap();
        assert_eq!(
            named(r#""a\u0001\u001Fb\b\u0041 \\u0001 \n\u000c\u00e9""#),
            r#""a[U+0001][U+001F]b[U+0008]\u0041 \\u0001 \n\u000c\u00e9""#
        );
        assert_eq!(
            named("\"\u{7f} \u{85} é \u{ffff} \u{feff}\""),
            "\"[U+007F] [U+0085] é [U+FFFF] \u{feff}\""
        );
        for file in ["\\", "\\u", "\\u00", "\\é", "\\u00é1"] {
            assert_eq!(named(file), file);
        }
    }

    #[test]
    fn a_newer_version_is_refused() {
        let error = read(b"{\"planwright\": 2, \"themes\": []}").unwrap_err();
        assert!(error.to_string().contains("version 2"), "{error}");
    }
}
