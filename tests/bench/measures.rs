//! What the benches measure by.
#![allow(dead_code)] // not every bench needs all of it

/// The middle one of some numbers.
pub(crate) fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// Milliseconds of processor time of this process, all threads together (proc(5): utime and stime,
/// in hundredths of a second, are too coarse, so the scheduler's own count in nanoseconds is added
/// up over the threads).
pub(crate) fn processor_time() -> f64 {
    let threads = std::fs::read_dir("/proc/self/task").unwrap();
    let of_thread = |path: std::path::PathBuf| -> f64 {
        let said = std::fs::read_to_string(path.join("schedstat")).unwrap_or_default();
        said.split(' ').next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
    };
    threads.map(|t| of_thread(t.unwrap().path())).sum()
}

/// The most memory that this process has had, in MB.
pub(crate) fn peak_memory() -> f64 {
    let said = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = said.lines().find(|l| l.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}
