//! Outputs that replace others together, or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::leftovers::{self, Journal, OutputReplacement};
use super::temporary::{self, FileAccess, FolderClaim, back_up, create, make_folder};
use super::{cannot_write, folder_as_output, folder_of, make_alike, write_directly};
use crate::cli::failure::{Failure, reason};

/// How a file is renamed; tests have it fail.
pub(super) type Rename<'a> = &'a dyn Fn(&Path, &Path) -> io::Result<()>;

/// An output that is ready beside its place.
struct ReadyOutput<'a> {
    /// As it was named.
    name: &'a Path,
    step: OutputReplacement,
}

/// Writes outputs: each whole beside its place first, then all renamed; if one cannot be, those
/// before it are put back.
///
/// Folders that are missing are made. A device or pipe cannot be renamed onto, so it is written to
/// directly. `last` is done when all else is ready, and keeps the outputs from being replaced if it
/// fails.
pub(super) fn replace(
    outputs: &[(&Path, &[u8])],
    last: impl FnOnce() -> Result<(), Failure>,
    rename: Rename<'_>,
) -> Result<(), Failure> {
    let mut claims = FolderClaims::default();
    // before the claims are given up
    let _guard = RemovePending;
    let mut ready = Vec::new();
    let mut direct = Vec::new();
    for (name, bytes) in outputs {
        let fail = |e: io::Error| cannot_write(name, &e);
        match fs::metadata(name) {
            Ok(there) if there.is_dir() => return Err(folder_as_output(name, "plan.pdf")),
            Ok(there) if !there.is_file() => direct.push((*name, *bytes)),
            Ok(there) if there.permissions().readonly() => {
                return Err(fail(io::ErrorKind::PermissionDenied.into()));
            }
            Ok(there) => {
                // the file that a link leads to is replaced, not the link
                let to = fs::canonicalize(name).map_err(fail)?;
                let (new, old) = claims.names(&to).map_err(fail)?;
                prepare(&new, bytes, Some(&there)).map_err(fail)?;
                ready.push(ReadyOutput {
                    name,
                    step: OutputReplacement { new, old: Some(old), to },
                });
            }
            Err(_) => {
                let to = std::path::absolute(name).map_err(fail)?;
                let (new, _) = claims.names(&to).map_err(fail)?;
                prepare(&new, bytes, None).map_err(fail)?;
                ready.push(ReadyOutput { name, step: OutputReplacement { new, old: None, to } });
            }
        }
    }
    for (name, bytes) in direct {
        write_directly(name, bytes).map_err(|e| cannot_write(name, &e))?;
    }
    last()?;
    let Some(first) = ready.first() else { return Ok(()) };
    claims.record(&ready, false).map_err(|e| cannot_write(first.name, &e))?;
    for ReadyOutput { name, step } in &ready {
        step.old
            .as_ref()
            .map_or(Ok(()), |old| back_up(&step.to, old))
            .map_err(|e| cannot_write(name, &e))?;
    }
    commit(&ready, &claims, rename)
}

/// Replaces all outputs; an interruption waits until that is done.
fn commit(
    ready: &[ReadyOutput<'_>],
    claims: &FolderClaims,
    rename: Rename<'_>,
) -> Result<(), Failure> {
    let mut pending = temporary::pending();
    for (at, ReadyOutput { name, step }) in ready.iter().enumerate() {
        if let Err(error) = rename(&step.new, &step.to) {
            // only a run that is killed meanwhile needs this
            let _ = claims.record(ready, true);
            let lost: Vec<String> =
                ready[..at].iter().filter_map(|done| put_back(done, rename)).collect();
            for ReadyOutput { step, .. } in &ready[..at] {
                // where it is the only copy of an output
                step.old
                    .as_ref()
                    .filter(|_| !lost.is_empty())
                    .into_iter()
                    .for_each(|old| pending.keep(old));
            }
            let failure = cannot_write(name, &error);
            return Err(if lost.is_empty() {
                failure
            } else {
                failure.with_help(format!("check the other outputs: {}", lost.join("; ")))
            });
        }
        pending.keep(&step.new);
        pending.keep_folders();
    }
    pending.remove_all();
    Ok(())
}

/// Puts an output back as it was; what to report if that fails.
fn put_back(done: &ReadyOutput<'_>, rename: Rename<'_>) -> Option<String> {
    let ReadyOutput { name, step } = done;
    let undone = match &step.old {
        Some(old) => rename(old, &step.to),
        None => fs::remove_file(&step.to),
    };
    let error = undone.err()?;
    let name = name.display();
    Some(match &step.old {
        Some(old) => {
            let kept = kept_as(old, &step.to, rename);
            format!(
                "{name} was replaced and could not be put back ({}); as it was, it is in {}",
                reason(&error),
                kept.display()
            )
        }
        None => format!("{name} was written and could not be removed ({})", reason(&error)),
    })
}

/// Gives an output as it was a name that people see and that no later run removes; its place if
/// that fails.
fn kept_as(old: &Path, output: &Path, rename: Rename<'_>) -> PathBuf {
    let mut name = output.file_name().unwrap_or_default().to_os_string();
    name.push(".before");
    let kept = output.with_file_name(name);
    let moved = kept.symlink_metadata().is_err()
        && (rename(old, &kept).is_ok() || fs::hard_link(old, &kept).is_ok());
    if moved { kept } else { old.to_path_buf() }
}

/// A whole output under a name that no one looks at yet, readable to no one who may not read the
/// output.
fn prepare(new: &Path, bytes: &[u8], like: Option<&fs::Metadata>) -> io::Result<()> {
    let mut file = create(new, like.map_or(FileAccess::Usual, FileAccess::Like))?;
    file.write_all(bytes)?;
    if let Some(like) = like {
        make_alike(&file, like)?;
    }
    file.sync_all()
}

/// Writes a file that must not be there yet: whole beside its place first, then named.
pub(super) fn write_new(name: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut claims = FolderClaims::default();
    let _guard = RemovePending;
    let (new, _) = claims.names(name)?;
    prepare(&new, bytes, None)?;
    let mut pending = temporary::pending();
    // a link is made only where nothing stands; some file systems have none
    match fs::hard_link(&new, name) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists && name.symlink_metadata().is_err() => {
            fs::rename(&new, name)?;
        }
        linked => linked?,
    }
    pending.keep_folders();
    Ok(())
}

/// Removes what is pending when it goes, whether the work was done or not.
struct RemovePending;

impl Drop for RemovePending {
    fn drop(&mut self) {
        temporary::pending().remove_all();
    }
}

/// The claims of this run, one for each folder.
#[derive(Default)]
struct FolderClaims {
    /// In the order in which they were made.
    all: Vec<FolderClaim>,
    by_folder: BTreeMap<PathBuf, usize>,
}

impl FolderClaims {
    /// Names for the temporary files of an output, in its folder, which is made if it is missing
    /// and cleared the first time.
    fn names(&mut self, output: &Path) -> io::Result<(PathBuf, PathBuf)> {
        let folder = folder_of(output);
        if let Some(at) = self.by_folder.get(folder) {
            return Ok(self.all[*at].names());
        }
        make_folder(folder)?;
        let mut claim = FolderClaim::new(folder)?;
        leftovers::clear(folder, claim.owner());
        let names = claim.names();
        self.by_folder.insert(folder.to_path_buf(), self.all.len());
        self.all.push(claim);
        Ok(names)
    }

    /// Records what is about to be done: in the first folder; in the others, where that is.
    fn record(&self, ready: &[ReadyOutput<'_>], undo: bool) -> io::Result<()> {
        let Some((first, others)) = self.all.split_first() else { return Ok(()) };
        for other in others {
            other.record(
                &Journal { first: Some(first.lock_path()), ..Journal::default() }.bytes(),
            )?;
        }
        let step =
            |ReadyOutput { step: OutputReplacement { new, old, to }, .. }: &ReadyOutput<'_>| {
                OutputReplacement { new: new.clone(), old: old.clone(), to: to.clone() }
            };
        let outputs = ready.iter().map(step).collect();
        let journal = Journal {
            outputs,
            also: others.iter().map(FolderClaim::lock_path).collect(),
            first: None,
            undo,
        };
        first.record(&journal.bytes())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests make files")]
    use std::cell::Cell;
    use std::sync::MutexGuard;

    use tempfile::TempDir;

    use super::super::alone;
    use super::*;

    const NAMES: [&str; 3] = ["a.json", "b.json", "new.json"];

    /// A folder with two outputs. The program writes one set of outputs at a time, and so do the
    /// tests.
    fn folder() -> (TempDir, MutexGuard<'static, ()>) {
        let alone = alone();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.json"), "old a").unwrap();
        fs::write(folder.path().join("b.json"), "old b").unwrap();
        (folder, alone)
    }

    /// What stands in a folder, with every leftover.
    fn files(folder: &Path) -> Vec<(String, String)> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<(String, String)> = entries
            .map(|path| {
                (
                    path.file_name().unwrap().to_string_lossy().into_owned(),
                    fs::read_to_string(path).unwrap_or_default(),
                )
            })
            .collect();
        files.sort();
        files
    }

    fn write_all(
        folder: &Path,
        last: impl FnOnce() -> Result<(), Failure>,
        rename: Rename<'_>,
    ) -> Result<(), Failure> {
        let paths = NAMES.map(|name| folder.join(name));
        let outputs: Vec<(&Path, &[u8])> =
            paths.iter().map(|path| (path.as_path(), b"new".as_slice())).collect();
        replace(&outputs, last, rename)
    }

    /// Renames until the call of this number, from 0.
    fn refused_from(number: usize, until: usize) -> impl Fn(&Path, &Path) -> io::Result<()> {
        let calls = Cell::new(0);
        move |from, to| {
            let call = calls.replace(calls.get() + 1);
            if (number..until).contains(&call) {
                Err(io::ErrorKind::PermissionDenied.into())
            } else {
                fs::rename(from, to)
            }
        }
    }

    fn expected(files: &[(&str, &str)]) -> Vec<(String, String)> {
        files.iter().map(|(name, words)| ((*name).to_owned(), (*words).to_owned())).collect()
    }

    #[test]
    fn whichever_output_is_refused_all_are_as_they_were() {
        for (refused, name) in NAMES.iter().enumerate() {
            let (folder, _alone) = folder();
            let failed = write_all(folder.path(), || Ok(()), &refused_from(refused, refused + 1));
            assert!(format!("{:?}", failed.unwrap_err()).contains(name));
            assert_eq!(
                files(folder.path()),
                expected(&[("a.json", "old a"), ("b.json", "old b")]),
                "{refused}"
            );
        }
    }

    #[test]
    fn all_are_replaced_and_nothing_is_left() {
        let (folder, _alone) = folder();
        write_all(folder.path(), || Ok(()), &refused_from(9, 9)).unwrap();
        assert_eq!(
            files(folder.path()),
            expected(&[("a.json", "new"), ("b.json", "new"), ("new.json", "new")])
        );
    }

    #[test]
    fn what_cannot_be_put_back_is_named_and_kept() {
        let (folder, _alone) = folder();
        // the second output is refused, and so is putting the first back
        let failed = write_all(folder.path(), || Ok(()), &refused_from(1, 3)).unwrap_err();
        let said = format!("{failed:?}");
        assert!(
            said.contains("a.json was replaced and could not be put back")
                && said.contains("a.json.before"),
            "{said}"
        );
        assert_eq!(
            files(folder.path()),
            expected(&[("a.json", "new"), ("a.json.before", "old a"), ("b.json", "old b")])
        );
    }

    #[test]
    fn what_cannot_be_put_back_is_kept_where_nothing_can_be_renamed_any_more() {
        let (folder, _alone) = folder();
        write_all(folder.path(), || Ok(()), &refused_from(1, 99)).unwrap_err();
        assert!(files(folder.path()).contains(&("a.json.before".to_owned(), "old a".to_owned())));
    }

    #[test]
    fn nothing_is_replaced_where_the_last_step_fails_or_a_folder_is_in_the_way() {
        let (folder, _alone) = folder();
        write_all(
            folder.path(),
            || Err(Failure::usage("standard output is full")),
            &refused_from(9, 9),
        )
        .unwrap_err();
        assert_eq!(files(folder.path()), expected(&[("a.json", "old a"), ("b.json", "old b")]));
        fs::create_dir(folder.path().join("new.json")).unwrap();
        write_all(folder.path(), || Ok(()), &refused_from(9, 9)).unwrap_err();
        assert_eq!(
            files(folder.path()),
            expected(&[("a.json", "old a"), ("b.json", "old b"), ("new.json", "")])
        );
        let missing = folder.path().join("made/for/it.json");
        let outputs: [(&Path, &[u8]); 1] = [(&missing, b"new")];
        replace(&outputs, || Err(Failure::usage("standard output is full")), &refused_from(9, 9))
            .unwrap_err();
        assert!(
            !folder.path().join("made").exists(),
            "folders that were made for nothing are removed"
        );
    }

    /// What a run leaves that is killed when it has renamed `done` of its outputs, or before it has
    /// recorded them.
    fn killed(folder: &Path, done: usize, recorded: bool) {
        let run = |rest: &str| folder.join(format!(".planwright-4000000-0{rest}"));
        let mut outputs = Vec::new();
        for (at, name) in NAMES.iter().enumerate() {
            let to = folder.join(name);
            let new = run(&format!(".{at}.new"));
            let old = to.exists().then(|| run(&format!(".{at}.old")));
            fs::write(&new, "killed").unwrap();
            if let Some(old) = &old {
                fs::hard_link(&to, old).unwrap();
            }
            if at < done {
                fs::rename(&new, &to).unwrap();
            }
            outputs.push(OutputReplacement { new, old, to });
        }
        let journal = Journal { outputs, ..Journal::default() }.bytes();
        fs::write(run(".lock"), if recorded { journal } else { Vec::new() }).unwrap();
    }

    #[test]
    fn the_next_run_ends_what_a_killed_run_had_begun() {
        for (done, recorded, left) in [
            (0, false, "old"),
            (0, true, "old"),
            (1, true, "killed"),
            (2, true, "killed"),
            (3, true, "killed"),
        ] {
            let (folder, _alone) = folder();
            killed(folder.path(), done, recorded);
            replace(
                &[(folder.path().join("other").as_path(), b"")],
                || Ok(()),
                &refused_from(9, 9),
            )
            .unwrap();
            let files = files(folder.path());
            let of =
                |name: &str| files.iter().find(|(n, _)| n == name).map(|(_, words)| words.as_str());
            assert!(files.iter().all(|(name, _)| !name.starts_with('.')), "{files:?}");
            assert!(
                of("a.json").unwrap().starts_with(left) && of("b.json").unwrap().starts_with(left),
                "{done}: {files:?}"
            );
            assert_eq!(of("new.json"), (done > 0).then_some("killed"));
        }
    }

    #[test]
    fn an_output_that_changed_after_the_kill_stays_as_it_is() {
        let (folder, _alone) = folder();
        killed(folder.path(), 1, true);
        fs::remove_file(folder.path().join("b.json")).unwrap();
        fs::write(folder.path().join("b.json"), "changed since").unwrap();
        replace(&[(folder.path().join("other").as_path(), b"")], || Ok(()), &refused_from(9, 9))
            .unwrap();
        let files = files(folder.path());
        assert_eq!(
            files,
            expected(&[("a.json", "killed"), ("b.json", "changed since"), ("other", "")])
        );
    }

    #[test]
    fn the_files_of_a_run_that_lives_and_those_of_others_are_left_alone() {
        let (folder, _alone) = folder();
        killed(folder.path(), 0, true);
        let lock = fs::File::open(folder.path().join(".planwright-4000000-0.lock")).unwrap();
        lock.lock().unwrap();
        fs::write(folder.path().join(".planwright-notes"), "mine").unwrap();
        fs::write(folder.path().join(".planwright-7-0.1.new"), "of a run without a lock, made now")
            .unwrap();
        let before = files(folder.path());
        replace(
            &[(folder.path().join("a.json").as_path(), b"old a")],
            || Ok(()),
            &refused_from(9, 9),
        )
        .unwrap();
        assert_eq!(files(folder.path()), before);
    }

    #[cfg(unix)]
    #[test]
    fn a_temporary_file_is_no_more_readable_than_its_output() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, _alone) = folder();
        for (name, mode) in [("a.json", 0o600), ("b.json", 0o640)] {
            fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(mode))
                .unwrap();
        }
        let modes = |kind: &str| {
            let entries = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap());
            let of_kind =
                entries.filter(|entry| entry.file_name().to_string_lossy().ends_with(kind));
            let mut modes: Vec<u32> = of_kind
                .map(|entry| entry.metadata().unwrap().permissions().mode() & 0o777)
                .collect();
            modes.sort_unstable();
            modes
        };
        let usual = fs::File::create(folder.path().join("usual"))
            .unwrap()
            .metadata()
            .unwrap()
            .permissions()
            .mode()
            & 0o777;
        let seen = Cell::new(0);
        let rename = |from: &Path, to: &Path| {
            if seen.replace(seen.get() + 1) == 0 {
                assert_eq!(
                    (modes("new"), modes("old"), modes("lock")),
                    (vec![0o600, 0o640, usual], vec![0o600, 0o640], vec![0o600])
                );
            }
            fs::rename(from, to)
        };
        write_all(folder.path(), || Ok(()), &rename).unwrap();
        assert_eq!(modes("a.json"), [0o600]);
    }
}
