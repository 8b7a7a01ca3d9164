//! Choices that several commands share, from their arguments.

use std::collections::HashMap;

use planwright::Encoding;
use planwright::plan::Field;

use crate::cli::args::{DiagnosticArgs, ReadingArgs};
use crate::cli::config;
use crate::cli::config::ColumnMeaning;
use crate::cli::diagnostic_output::{DiagnosticOutput, Verbosity};
use crate::cli::failure::Failure;
use crate::cli::format::InputFormat;

use super::{PublishingChoices, ReadingChoices};

pub(super) fn reading(
    args: &ReadingArgs,
) -> Result<(Option<InputFormat>, ReadingChoices), Failure> {
    let from = args.from.as_deref().and_then(InputFormat::from_extension);
    let columns = args.column.iter().map(|typed| column(typed)).collect::<Result<Vec<_>, _>>()?;
    refuse_two_meanings(&columns)?;
    let reading = ReadingChoices {
        config: args.config.clone(),
        encoding: args.encoding.as_deref().map(encoding).transpose()?,
        as_of: args.as_of,
        no_stitch: args.no_stitch,
        columns,
        sheets: args.sheet.clone(),
        include_hidden: args.include_hidden,
        swap_day_month: args.swap_day_month,
        publishing: PublishingChoices::default(),
    };
    Ok((from, reading))
}

pub(super) fn encoding(name: &str) -> Result<Encoding, Failure> {
    Encoding::from_name(name).ok_or_else(|| {
        let examples = Encoding::EXAMPLES.join(", ");
        Failure::usage(format!("--encoding \"{name}\" is not the name of an encoding"))
            .with_help(format!("name one such as {examples}"))
    })
}

pub(super) fn reporting(args: &DiagnosticArgs) -> DiagnosticOutput {
    let level = match (args.quiet, args.verbose) {
        (true, _) => Verbosity::Quiet,
        (_, true) => Verbosity::Verbose,
        _ => Verbosity::Usual,
    };
    DiagnosticOutput {
        form: args.diagnostics,
        strict: args.strict,
        level,
        progress: !args.no_progress,
    }
}

/// `HEADER=FIELD`: the last `=` divides them, since a header may hold one.
fn column(typed: &str) -> Result<(String, Option<Field>), Failure> {
    let bad = |what: String| Failure::usage(what).with_help(config::column_help());
    let (header, name) = typed.rsplit_once('=').ok_or_else(|| {
        bad(format!("--column \"{typed}\" has no `=` between a header and its meaning"))
    })?;
    if name.trim().eq_ignore_ascii_case(config::EXCLUDED) {
        return Ok((header.trim().to_owned(), None));
    }
    let meaning = ColumnMeaning::from_name(name);
    let meaning = meaning
        .ok_or_else(|| bad(format!("--column \"{typed}\" names a meaning that is not known")))?;
    Ok((header.trim().to_owned(), Some(meaning.0)))
}

/// Refuses two meanings of one header.
fn refuse_two_meanings(columns: &[(String, Option<Field>)]) -> Result<(), Failure> {
    let header =
        |header: &str| header.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let name = |field: Option<Field>| field.map_or(config::EXCLUDED, Field::name);
    let mut meanings: HashMap<String, Option<Field>> = HashMap::new();
    for (typed, field) in columns {
        let first = *meanings.entry(header(typed)).or_insert(*field);
        if first != *field {
            let message = format!(
                "--column gives “{typed}” two meanings: {} and {}",
                name(first),
                name(*field)
            );
            return Err(Failure::usage(message).with_help("remove one of the two"));
        }
    }
    Ok(())
}
