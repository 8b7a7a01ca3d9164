//! What each stage did and how long it took (`-v`), or a sign of life on a terminal once work takes
//! longer than a second.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::clock;
use super::diagnostic_output::{DiagnosticOutput, Verbosity};
use super::stream::OutputStream;

/// Work shorter than this shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// The stages of a command, told to a stream as they go.
pub(super) struct StageReporter<'a> {
    err: &'a mut OutputStream,
    verbose: bool,
    spinner: Option<Spinner>,
}

impl<'a> StageReporter<'a> {
    pub(super) fn new(reporting: &DiagnosticOutput, err: &'a mut OutputStream) -> Self {
        let verbose = reporting.level == Verbosity::Verbose;
        let watched =
            reporting.progress && reporting.level == Verbosity::Usual && err.is_terminal();
        Self { err, verbose, spinner: watched.then(Spinner::new) }
    }

    /// Does the work of a stage. `name` is a verb; `did` says what came of it.
    pub(super) fn run<T>(
        &mut self,
        name: &'static str,
        work: impl FnOnce() -> T,
        did: impl FnOnce(&T) -> String,
    ) -> T {
        if let Some(spinner) = &self.spinner {
            spinner.bar.set_message(name);
        }
        let (done, took) = clock::timed(work);
        if self.verbose {
            let milliseconds = took.as_secs_f64() * 1000.0;
            self.err.say(&format!("{name:<7} {milliseconds:>8.1} ms  {}\n", did(&done)));
        }
        done
    }
}

/// A spinner that waits for [`PATIENCE`] before it shows itself, and goes without a trace.
struct Spinner {
    bar: ProgressBar,
    /// Dropping it wakes and ends the thread that waits.
    over: Option<mpsc::Sender<()>>,
    waiting: Option<thread::JoinHandle<()>>,
}

impl Spinner {
    fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}, {elapsed} so far") {
            bar.set_style(style);
        }
        let (over, ended) = mpsc::channel();
        let shown = bar.clone();
        let waiting = thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(Duration::from_millis(100));
            }
        });
        Self { bar, over: Some(over), waiting: Some(waiting) }
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        self.over.take();
        if let Some(waiting) = self.waiting.take() {
            // The thread cannot panic; if it did, there would only be no spinner to take away.
            let _ = waiting.join();
        }
        self.bar.finish_and_clear();
    }
}
