//! What a run left in a folder that was killed: finished or undone as a whole, then removed.
#![expect(
    clippy::disallowed_methods,
    reason = "the binary alone opens files; the library takes and gives bytes"
)]

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::temporary::{TemporaryKind, owner, parse_name};
use super::{contents, same_contents};

/// Files that no lock tells anything about are left for so long.
const OLD_ENOUGH: Duration = Duration::from_secs(24 * 60 * 60);

/// What a run is about to do, for the run that comes after it.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Journal {
    /// The outputs that replace others together.
    pub(super) outputs: Vec<OutputReplacement>,
    /// The lock files of the run in other folders.
    pub(super) also: Vec<PathBuf>,
    /// The lock file that holds the journal, if this one does not.
    pub(super) first: Option<PathBuf>,
    /// Whether an output could not be replaced, so that those before it are put back.
    pub(super) undo: bool,
}

/// An output that replaces another.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutputReplacement {
    pub(super) new: PathBuf,
    /// The output as it was; none if there was none.
    pub(super) old: Option<PathBuf>,
    pub(super) to: PathBuf,
}

impl Journal {
    /// As it stands in a lock file; empty if a path is no text, and then there is nothing to
    /// finish.
    pub(super) fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// Removes what killed runs of this owner left in a folder.
pub(super) fn clear(folder: &Path, ours: Option<u32>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut runs: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for entry in entries.flatten() {
        if let Some((run, _)) = entry.file_name().to_str().and_then(parse_name) {
            runs.entry(run.to_owned()).or_default().push(entry.path());
        }
    }
    for files in runs.into_values() {
        match files.iter().find(|file| kind(file) == Some(TemporaryKind::Lock)) {
            Some(lock) if is_ours(lock, ours) => end(lock, &files, ours),
            Some(_) => {}
            // an output as it was may be the only copy of it
            None => {
                let stale = |file: &&PathBuf| {
                    kind(file) == Some(TemporaryKind::New) && is_ours(file, ours) && is_old(file)
                };
                files.iter().filter(stale).for_each(|file| remove(file));
            }
        }
    }
}

/// Ends a run that has left its lock behind, unless it lives.
fn end(lock: &Path, files: &[PathBuf], ours: Option<u32>) {
    let Some(_held) = abandoned(lock) else { return };
    let journal = read(lock);
    if let Some(first) = journal
        .first
        .as_ref()
        .filter(|first| kind(first) == Some(TemporaryKind::Lock) && is_ours(first, ours))
    {
        let Some(_held) = abandoned(first) else { return };
        if !finish(&read(first), ours) {
            return;
        }
        remove(first);
    } else if !finish(&journal, ours) {
        return;
    }
    files.iter().filter(|file| *file != lock).for_each(|file| remove(file));
    remove(lock);
}

/// A lock file whose run has ended, locked now so that no other run clears it at the same time.
fn abandoned(lock: &Path) -> Option<File> {
    let file = File::options().read(true).write(true).open(lock).ok()?;
    match file.try_lock() {
        Ok(()) => Some(file),
        Err(TryLockError::WouldBlock) => None,
        Err(TryLockError::Error(_)) => is_old(lock).then_some(file),
    }
}

fn read(lock: &Path) -> Journal {
    contents(lock).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Brings outputs to agree of which some were replaced and others not yet, and removes what is
/// temporary of them.
///
/// Outputs that someone has changed since are left alone. Whether this could be done.
fn finish(journal: &Journal, ours: Option<u32>) -> bool {
    let steps: Vec<&OutputReplacement> =
        journal.outputs.iter().filter(|step| is_sound(step)).collect();
    let missing: Vec<&&OutputReplacement> = steps.iter().filter(|step| step.new.exists()).collect();
    if journal.undo {
        return undo(&steps);
    }
    let begun = missing.len() < steps.len() && steps.len() == journal.outputs.len();
    let unchanged = |step: &&&OutputReplacement| match &step.old {
        Some(old) => same_contents(old, &step.to),
        None => step.to.symlink_metadata().is_err(),
    };
    if begun && missing.iter().all(unchanged) {
        for step in &missing {
            if fs::rename(&step.new, &step.to).is_err() {
                return false;
            }
        }
    }
    for step in steps {
        remove(&step.new);
        if let Some(old) = &step.old {
            remove(old);
        }
    }
    journal
        .also
        .iter()
        .filter(|lock| kind(lock) == Some(TemporaryKind::Lock) && is_ours(lock, ours))
        .for_each(|lock| remove(lock));
    true
}

/// Puts back the outputs that were replaced. Whether this could be done.
fn undo(steps: &[&OutputReplacement]) -> bool {
    let replaced = |step: &&&OutputReplacement| !step.new.exists();
    let put_back = |step: &&OutputReplacement| {
        step.old.as_ref().is_none_or(|old| !old.exists() || fs::rename(old, &step.to).is_ok())
    };
    let done = steps.iter().filter(replaced).all(put_back);
    if done {
        for step in steps {
            remove(&step.new);
        }
    }
    done
}

/// Whether a step is one that this program would take: its files stand in one folder, under the
/// names of temporary files.
fn is_sound(step: &OutputReplacement) -> bool {
    let beside =
        |file: &Path, wanted| kind(file) == Some(wanted) && file.parent() == step.to.parent();
    beside(&step.new, TemporaryKind::New)
        && step.old.as_ref().is_none_or(|old| beside(old, TemporaryKind::Old))
        && kind(&step.to).is_none()
}

fn kind(file: &Path) -> Option<TemporaryKind> {
    parse_name(file.file_name()?.to_str()?).map(|(_, kind)| kind)
}

/// Whether a file, and no link or folder, stands there that belongs to who runs the program.
fn is_ours(file: &Path, ours: Option<u32>) -> bool {
    fs::symlink_metadata(file).is_ok_and(|known| known.is_file() && owner(&known) == ours)
}

fn is_old(file: &Path) -> bool {
    let changed = fs::symlink_metadata(file).and_then(|known| known.modified());
    changed.ok().and_then(|then| then.elapsed().ok()).is_some_and(|age| age > OLD_ENOUGH)
}

fn remove(file: &Path) {
    let _ = fs::remove_file(file);
}
