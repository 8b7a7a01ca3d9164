//! The command line: what the user typed ([`args`]) becomes a validated command ([`command`]); each
//! command is one file.
//!
//! Only [`files`] opens or writes files, and only [`clock`] reads the clock.

mod answers;
mod args;
mod check;
mod checklist;
mod clock;
mod command;
mod config;
mod convert;
mod diagnostic_output;
mod diff;
mod explain;
mod failure;
mod file_name;
mod files;
mod fix;
mod format;
mod generate;
mod init;
mod inspect;
mod leaks;
mod merge;
mod pack;
mod people;
mod reading;
mod returns;
mod stages;
mod stream;
mod unused;

use std::ffi::OsString;

use clap::{CommandFactory, Parser};

use args::{Args, CommandArgs};
use failure::Failure;
pub(crate) use stream::OutputStream;

/// How a command ended; the numbers are the exit codes that scripts rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Done, warnings or not.
    Done = 0,
    /// Done or checked, and the source has errors (with `--strict`, warnings too).
    SourceHasErrors = 1,
    /// Nothing could be done.
    Failed = 2,
}

/// Runs the program.
pub(crate) fn run(
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut OutputStream,
    err: &mut OutputStream,
) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // an argument that holds an escape sequence is quoted in what clap says of it
    let hostile =
        arguments.iter().any(|argument| argument.to_string_lossy().contains(char::is_control));
    let typed = match Args::try_parse_from(arguments) {
        Ok(args) => args.command,
        Err(help_or_error) => return answer(&help_or_error, hostile, out, err),
    };
    let form = typed.form();
    let done = dispatch(typed, out, err);
    let done =
        done.and_then(|exit| out.finish().map(|()| exit).map_err(|e| Failure::standard_output(&e)));
    done.unwrap_or_else(|failure| {
        failure.emit(form, err);
        Exit::Failed
    })
}

fn dispatch(
    typed: CommandArgs,
    out: &mut OutputStream,
    err: &mut OutputStream,
) -> Result<Exit, Failure> {
    match typed {
        CommandArgs::Convert(args) => convert::run(&command::convert(args)?, out, err),
        CommandArgs::Check(args) => {
            let check = command::check(&args)?;
            Ok(if check.publishing {
                checklist::run(&check, out, err)
            } else {
                check::run(&check, out, err)
            })
        }
        CommandArgs::Inspect(args) => inspect::run(&command::inspect(args)?, out, err),
        CommandArgs::Returns(args) => returns::run(&command::returns(args)?, out, err),
        CommandArgs::Merge(args) => merge::run(&command::merge(args)?, out, err),
        CommandArgs::Pack(args) => pack::run(&command::pack(args)?, out, err),
        CommandArgs::Diff(args) => diff::run(&command::diff(args)?, out, err),
        CommandArgs::People(args) => people::run(&command::people(args)?, out, err),
        CommandArgs::Init(args) => init::run(&command::init(args)?, out),
        CommandArgs::Explain(args) => explain::run(args.code.as_deref(), out),
        CommandArgs::Schema => generate::schema(out),
        CommandArgs::Completions(args) => {
            Ok(generate::completions(args.shell, Args::command(), out))
        }
        CommandArgs::Man => generate::man(Args::command(), out),
    }
}

/// What clap has to say: the help that was asked for, or what is wrong with the arguments.
fn answer(
    said: &clap::Error,
    hostile: bool,
    out: &mut OutputStream,
    err: &mut OutputStream,
) -> Exit {
    let (stream, exit) = if said.use_stderr() { (err, Exit::Failed) } else { (out, Exit::Done) };
    let words = said.render();
    if stream.colour() && !hostile {
        stream.say_styled(&words.ansi().to_string());
    } else {
        stream.say(&words.to_string());
    }
    exit
}
