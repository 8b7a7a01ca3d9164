//! `planwright schema`, `completions` and `man`: what is generated from the program itself.

use clap::Command;
use clap_complete::Shell;

use super::Exit;
use super::failure::Failure;
use super::stream::OutputStream;

/// Prints the JSON Schema of the plan file.
pub(super) fn schema(out: &mut OutputStream) -> Result<Exit, Failure> {
    let schema =
        planwright::json::schema().map_err(|error| Failure::library(error, "the schema", None))?;
    out.say(&schema);
    Ok(Exit::Done)
}

/// Prints completions for a shell.
pub(super) fn completions(shell: Shell, mut command: Command, out: &mut OutputStream) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "planwright", &mut script);
    out.write(&script);
    Exit::Done
}

/// Prints the manual page.
pub(super) fn man(command: Command, out: &mut OutputStream) -> Result<Exit, Failure> {
    let mut page = Vec::new();
    let made = clap_mangen::Man::new(command).render(&mut page);
    made.map_err(|e| Failure::unwritable("the manual page", super::failure::reason(&e)))?;
    out.write(&page);
    Ok(Exit::Done)
}
