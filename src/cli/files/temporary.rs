//! The temporary files of this run: made, counted, and removed again however the run ends.
//!
//! `.planwright-PID-N.lock` stands in each folder that is written to, locked as long as the run
//! lives; `.planwright-PID-N.K.new` and `.planwright-PID-N.K.old` beside it are outputs to come and
//! outputs as they were. Whatever a kill leaves can be recognised by its name, and by a lock that
//! no process holds.
#![expect(
    clippy::disallowed_methods,
    reason = "the binary alone opens files; the library takes and gives bytes"
)]

use std::fs::{self, File, Metadata, TryLockError};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::interrupt;

const PREFIX: &str = ".planwright-";
/// More runs of one process id than this are not tried.
const MAX_ATTEMPTS: usize = 1000;

/// What a temporary file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TemporaryKind {
    Lock,
    New,
    Old,
}

/// The run that a temporary file belongs to, and what it is; none for a file that is not ours.
pub(super) fn parse_name(name: &str) -> Option<(&str, TemporaryKind)> {
    let (stem, extension) = name.strip_prefix(PREFIX)?.rsplit_once('.')?;
    let number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let run = |run: &str| {
        run.split_once('-').is_some_and(|(pid, attempt)| number(pid) && number(attempt))
    };
    let (of, kind) = match extension {
        "lock" => (stem, TemporaryKind::Lock),
        "new" => (stem.split_once('.').filter(|(_, file)| number(file))?.0, TemporaryKind::New),
        "old" => (stem.split_once('.').filter(|(_, file)| number(file))?.0, TemporaryKind::Old),
        _ => return None,
    };
    run(of).then_some((of, kind))
}

/// What is removed when the run is interrupted or fails, in the order in which it was made.
#[derive(Debug, Default)]
pub(super) struct PendingFiles {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl PendingFiles {
    /// Removes everything that is pending; folders only if they are empty.
    pub(super) fn remove_all(&mut self) {
        for file in self.files.drain(..).rev() {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.drain(..).rev() {
            let _ = fs::remove_dir(folder);
        }
    }

    /// Keeps a file that would be removed.
    pub(super) fn keep(&mut self, file: &Path) {
        self.files.retain(|pending| pending != file);
    }

    /// Keeps the folders that were made: there is something in them now.
    pub(super) fn keep_folders(&mut self) {
        self.folders.clear();
    }
}

static PENDING: Mutex<PendingFiles> =
    Mutex::new(PendingFiles { files: Vec::new(), folders: Vec::new() });

/// What is pending. As long as the guard lives, an interruption waits.
pub(super) fn pending() -> MutexGuard<'static, PendingFiles> {
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes a folder and those above it, to be removed again if nothing comes to stand in them.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut pending = pending();
    let missing: Vec<PathBuf> = folder
        .ancestors()
        .take_while(|f| !f.as_os_str().is_empty() && !f.exists())
        .map(Path::to_path_buf)
        .collect();
    pending.folders.extend(missing.into_iter().rev());
    fs::create_dir_all(folder)
}

/// This run's place in a folder: the names of its temporary files there, which no other run uses or
/// removes.
#[derive(Debug)]
pub(super) struct FolderClaim {
    pub(super) folder: PathBuf,
    run: String,
    lock: File,
    files: usize,
}

impl FolderClaim {
    /// Claims names in a folder. Where the file system has no locks, the age of the files must do.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        interrupt::watch();
        for attempt in 0..MAX_ATTEMPTS {
            let run = format!("{}-{attempt}", process::id());
            let path = folder.join(format!("{PREFIX}{run}.lock"));
            let lock = match create(&path, FileAccess::Private) {
                Ok(lock) => lock,
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(e) => return Err(e),
            };
            // a run that clears the folder may have met the file before it was locked, and removed
            // it
            let taken = matches!(lock.try_lock(), Err(TryLockError::WouldBlock));
            if !taken && is_at(&lock, &path) {
                return Ok(Self { folder: folder.to_path_buf(), run, lock, files: 0 });
            }
            pending().keep(&path);
        }
        Err(io::Error::other("no name for a temporary file is free"))
    }

    /// Who owns the files that this run makes.
    pub(super) fn owner(&self) -> Option<u32> {
        self.lock.metadata().ok().and_then(|known| owner(&known))
    }

    pub(super) fn lock_path(&self) -> PathBuf {
        self.folder.join(format!("{PREFIX}{}.lock", self.run))
    }

    /// A name for an output to come, and one for the output as it was.
    pub(super) fn names(&mut self) -> (PathBuf, PathBuf) {
        self.files += 1;
        let name = |kind| self.folder.join(format!("{PREFIX}{}.{}.{kind}", self.run, self.files));
        (name("new"), name("old"))
    }

    /// Writes into the lock file what another run needs to finish or undo this one.
    pub(super) fn record(&self, journal: &[u8]) -> io::Result<()> {
        (&self.lock).rewind()?;
        self.lock.set_len(0)?;
        (&self.lock).write_all(journal)?;
        self.lock.sync_data()
    }
}

/// Who may read a new file.
#[derive(Debug, Clone, Copy)]
pub(super) enum FileAccess<'a> {
    /// Its owner.
    Private,
    /// Whoever may read any new file.
    Usual,
    /// At most those who may read another.
    Like(&'a Metadata),
}

/// Makes a file that must not be there yet, and that is removed if the run ends early.
pub(super) fn create(path: &Path, access: FileAccess<'_>) -> io::Result<File> {
    let mut pending = pending();
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        options.mode(match access {
            FileAccess::Private => 0o600,
            FileAccess::Usual => 0o666,
            // for its owner alone until it has the group of the other
            FileAccess::Like(other) => other.permissions().mode() & 0o600 | 0o200,
        });
    }
    #[cfg(not(unix))]
    let _ = access;
    let made = options.open(path)?;
    pending.files.push(path.to_path_buf());
    Ok(made)
}

/// Gives a file another's place beside it: a second name for one file, else a copy.
pub(super) fn back_up(from: &Path, to: &Path) -> io::Result<()> {
    {
        let mut pending = pending();
        if fs::hard_link(from, to).is_ok() {
            pending.files.push(to.to_path_buf());
            return Ok(());
        }
    }
    let mut source = File::open(from)?;
    let known = source.metadata()?;
    let mut copy = create(to, FileAccess::Like(&known))?;
    io::copy(&mut source, &mut copy)?;
    super::make_alike(&copy, &known)?;
    copy.sync_all()
}

/// The owner of a file, where files have one.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
pub(super) fn owner(known: &Metadata) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    Some(known.uid())
}

#[cfg(not(unix))]
pub(super) fn owner(_: &Metadata) -> Option<u32> {
    None
}

/// Whether a file still stands at a path.
fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        #[cfg(unix)]
        (Ok(open), Ok(there)) => super::identity(&open) == super::identity(&there),
        #[cfg(not(unix))]
        (Ok(_), Ok(_)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_temporary_files_are_recognised() {
        assert_eq!(parse_name(".planwright-12-0.lock"), Some(("12-0", TemporaryKind::Lock)));
        assert_eq!(parse_name(".planwright-12-3.7.new"), Some(("12-3", TemporaryKind::New)));
        assert_eq!(parse_name(".planwright-12-3.7.old"), Some(("12-3", TemporaryKind::Old)));
        for name in [
            ".planwright-notes",
            ".planwright-12.lock",
            ".planwright-12-a.lock",
            ".planwright-12-0.new",
            ".planwright-12-0.7.txt",
            ".planwright-12-0.7.8.new",
            ".planwright--.lock",
            "planwright-12-0.lock",
            ".planwright-12-0.lock.bak",
            ".planwright-12-0..new",
        ] {
            assert_eq!(parse_name(name), None, "{name}");
        }
    }
}
