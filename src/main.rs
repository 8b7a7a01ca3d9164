//! The `planwright` program: arguments in, streams and an exit code out. All else is in [`cli`].

mod cli;

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut out = cli::Stream::stdout();
    let mut err = cli::Stream::stderr();
    ExitCode::from(cli::run(env::args_os(), &mut out, &mut err) as u8)
}
