//! `planwright init`: a file of settings to begin with.

use super::Exit;
use super::command::Init;
use super::config::TEMPLATE;
use super::failure::Failure;
use super::files;
use super::stream::OutputStream;

/// Runs the command. A file that is there already is never replaced: someone's settings are in it.
pub(super) fn run(command: &Init, out: &mut OutputStream) -> Result<Exit, Failure> {
    match &command.output {
        Some(path) => files::write_new(path, TEMPLATE.as_bytes())?,
        None => out.say(TEMPLATE),
    }
    Ok(Exit::Done)
}
