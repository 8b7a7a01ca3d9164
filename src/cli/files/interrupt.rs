//! Ctrl-C and SIGTERM: temporary files are removed before the program ends.

use std::sync::Once;

use super::temporary::pending;

static WATCHING: Once = Once::new();

/// Watches for interruptions from now on. Where that is not possible, the next run removes what
/// this one leaves.
pub(super) fn watch() {
    WATCHING.call_once(start);
}

#[cfg(unix)]
fn start() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    use std::thread;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU, SIGXFSZ};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    // a write beyond the limit of file sizes then fails as on a full disk, rather than ending the
    // program
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
    let ignored = ignored();
    let watched = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU]
        .into_iter()
        .filter(|signal| ignored & (1 << (signal - 1)) == 0);
    let Ok(mut signals) = Signals::new(watched) else { return };
    let _ = thread::Builder::new().spawn(move || {
        if let Some(signal) = signals.forever().next() {
            let mut pending = pending();
            pending.remove_all();
            let _ = emulate_default_handler(signal);
        }
    });
}

/// The signals that were ignored when the program began, as under nohup: they stay ignored. A bit
/// each.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = super::contents("/proc/self/status".as_ref()).unwrap_or_default();
    let status = String::from_utf8_lossy(&status);
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

#[cfg(windows)]
fn start() {
    /// The exit status of programs that Ctrl-C ended, as shells report it.
    const INTERRUPTED: i32 = 130;
    let _ = ctrlc::set_handler(|| {
        let mut pending = pending();
        pending.remove_all();
        std::process::exit(INTERRUPTED);
    });
}

#[cfg(not(any(unix, windows)))]
fn start() {}
