//! The `planwright` program: arguments in, streams and an exit code out. All else is in [`cli`].

mod cli;

use std::env;
use std::process::ExitCode;

/// A plan is many small texts: how fast they are allocated decides much of the time of most stages.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let mut out = cli::OutputStream::stdout();
    let mut err = cli::OutputStream::stderr();
    ExitCode::from(cli::run(env::args_os(), &mut out, &mut err) as u8)
}
