//! The only place that opens, reads and writes files.
#![expect(
    clippy::disallowed_methods,
    reason = "the binary alone opens files; the library takes and gives bytes"
)]

mod interrupt;
mod leftovers;
mod replace;
mod temporary;

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::failure::{Failure, reason};

/// The largest input that is read, in bytes; it keeps a device or an endless pipe from filling the
/// memory.
const LARGEST_INPUT: u64 = 512 << 20;

/// Lets tests write one set of outputs at a time, as the program does: an interruption removes what
/// any of them has begun.
#[cfg(test)]
pub(super) fn alone() -> MutexGuard<'static, ()> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The whole of standard input.
pub(super) fn read_stdin() -> Result<Vec<u8>, Failure> {
    let stdin = Path::new("/dev/stdin");
    read_so_far().extend(fs::metadata(stdin).ok().map(|known| InputFile::new(&known, stdin)));
    read_all(io::stdin().lock(), 0, "standard input")
}

/// The largest logo or font that settings may name, in bytes.
const MAX_OF_SETTINGS: u64 = 32 << 20;

/// A logo or font that settings name: a regular file of limited size in their folder, wherever
/// links lead. Else why it is refused.
pub(super) fn read_of_settings(
    folder: &Path,
    named: &Path,
) -> Result<Result<Vec<u8>, String>, Failure> {
    let path = folder.join(named);
    let folder = if folder == Path::new("") { Path::new(".") } else { folder };
    let (Ok(inside), Ok(whole)) = (fs::canonicalize(folder), fs::canonicalize(&path)) else {
        return read(&path).map(Ok); // which says what is wrong
    };
    let name = path.display();
    if !whole.starts_with(&inside) {
        return Ok(Err(format!("{name} is not inside the folder of the settings")));
    }
    // nothing but a regular file is opened: to open a pipe waits for its writer
    let is_regular = fs::metadata(&whole).is_ok_and(|known| known.is_file());
    if !is_regular {
        return Ok(Err(format!("{name} is not a regular file")));
    }
    if fs::metadata(&whole).is_ok_and(|known| known.len() > MAX_OF_SETTINGS) {
        return Ok(Err(format!(
            "{name} is larger than {} MB, the most that a logo or font may have",
            MAX_OF_SETTINGS >> 20
        )));
    }
    read(&path).map(Ok)
}

/// What an output would replace, if it is there and can be read.
pub(super) fn read_output(path: &Path) -> Option<Vec<u8>> {
    contents(path).ok()
}

/// A file that was read, however it was reached.
struct InputFile {
    path: PathBuf,
    #[cfg(unix)]
    identity: (u64, u64),
}

impl InputFile {
    fn new(known: &Metadata, path: &Path) -> Self {
        #[cfg(not(unix))]
        let _ = known;
        Self {
            path: resolved(path),
            #[cfg(unix)]
            identity: identity(known),
        }
    }

    fn is(&self, other: &Self) -> bool {
        #[cfg(unix)]
        if self.identity == other.identity {
            return true;
        }
        self.path == other.path
    }
}

/// The files that this command has read: none of them is ever replaced.
fn read_so_far() -> MutexGuard<'static, Vec<InputFile>> {
    static READ: Mutex<Vec<InputFile>> = Mutex::new(Vec::new());
    READ.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The whole of a file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let name = path.display().to_string();
    if path.is_dir() {
        return Err(folder_as_input(path));
    }
    let file = File::open(path).map_err(|e| cannot_open(&name, &e))?;
    let known = file.metadata().ok();
    let size = known.as_ref().map_or(0, Metadata::len);
    read_so_far().extend(known.map(|known| InputFile::new(&known, path)));
    read_all(file, size, &name)
}

/// A folder stands where a file should.
pub(super) fn folder_as_input(path: &Path) -> Failure {
    Failure::unreadable(path.display().to_string(), "this is a folder, not a file")
        .with_help("name a file in it")
}

/// Whether a folder stands at this path.
pub(super) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether a file, rather than a folder or nothing, stands at this path.
pub(super) fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// The files that an argument names: itself; those in it, if it is a folder, whose names are
/// `accepted`; or those that match it, if it is a pattern, which Windows shells leave to the
/// program. In the order of their names.
pub(super) fn named(
    path: &Path,
    accepted: impl Fn(&Path) -> bool,
) -> Result<Vec<PathBuf>, Failure> {
    let name = path.display().to_string();
    if path.is_dir() {
        let entries = fs::read_dir(path).map_err(|e| cannot_open(&name, &e))?;
        let mut files: Vec<PathBuf> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|file| file.is_file() && !is_aside(file) && accepted(file))
            .collect();
        files.sort();
        if files.is_empty() {
            return Err(Failure::unreadable(
                name,
                "there is no file in this folder that can be read here",
            )
            .with_help("name a file or another folder"));
        }
        return Ok(files);
    }
    if path.symlink_metadata().is_ok() || !name.contains(['*', '?']) {
        return Ok(vec![path.to_path_buf()]);
    }
    // a bracket is a part of a name, as no shell of Windows knows it otherwise
    let pattern = name.replace('[', "[[]");
    let options = glob::MatchOptions {
        case_sensitive: !cfg!(windows),
        require_literal_separator: true,
        require_literal_leading_dot: true,
    };
    let found = glob::glob_with(&pattern, options).map_err(|e| {
        Failure::unreadable(&name, format!("this is not a pattern that can be read: {}", e.msg))
    })?;
    let files: Vec<PathBuf> =
        found.flatten().filter(|file| file.is_file() && !is_aside(file)).collect();
    if files.is_empty() {
        return Err(Failure::unreadable(name, "no file matches this pattern")
            .with_help("check the folder that you are in, and the pattern"));
    }
    Ok(files)
}

/// Whether a file is hidden, or one that an office program keeps beside a document that is open.
fn is_aside(file: &Path) -> bool {
    file.file_name().is_some_and(|name| {
        name.as_encoded_bytes().starts_with(b".") || name.as_encoded_bytes().starts_with(b"~$")
    })
}

/// Reads to the end of what is probably of a size, in bytes.
fn read_all(from: impl io::Read, size: u64, name: &str) -> Result<Vec<u8>, Failure> {
    // a byte more is asked for, to learn that there is none
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(LARGEST_INPUT) + 1).unwrap_or(0));
    from.take(LARGEST_INPUT + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Failure::unreadable(name, format!("it could not be read: {}", reason(&e))))?;
    if bytes.len() as u64 > LARGEST_INPUT {
        return Err(Failure::unreadable(
            name,
            format!("it is larger than {} MB, the most that is read", LARGEST_INPUT >> 20),
        )
        .with_help("check that it is the right file"));
    }
    Ok(bytes)
}

fn cannot_open(name: &str, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Failure::unreadable(name, "there is no such file")
            .with_help("look at the spelling, and at the folder that you are in"),
        io::ErrorKind::PermissionDenied => {
            Failure::unreadable(name, "you are not allowed to read it")
                .with_help("ask its owner, or copy it to a folder of your own")
        }
        _ => Failure::unreadable(name, format!("it could not be opened: {}", reason(error))),
    }
}

/// Whether two paths lead to one file, be it there already or not.
pub(super) fn same_file(a: &Path, b: &Path) -> bool {
    resolved(a) == resolved(b)
}

/// A path without links and dots, as far as the folders on it are there.
fn resolved(path: &Path) -> PathBuf {
    let whole = fs::canonicalize(path);
    let by_folder = || Some(fs::canonicalize(folder_of(path)).ok()?.join(path.file_name()?));
    whole
        .ok()
        .or_else(by_folder)
        .or_else(|| std::path::absolute(path).ok())
        .unwrap_or_else(|| path.to_path_buf())
}

/// The folder in which a file stands.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Writes outputs, all or none, and never onto a file that was read; `last` is done when all are
/// ready, and none is replaced if it fails.
pub(super) fn write(
    outputs: &[(&Path, &[u8])],
    last: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    for (path, _) in outputs {
        refuse_what_was_read(path)?;
    }
    replace::replace(outputs, last, &|from, to| fs::rename(from, to))
}

/// Writes a file that must not be there yet.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    replace::write_new(path, bytes).map_err(|e| match e.kind() {
        io::ErrorKind::AlreadyExists if path.symlink_metadata().is_ok() => Failure::unwritable(
            path.display().to_string(),
            "it is there already, and is not replaced",
        )
        .with_help("give the file another name, or move the one that is there"),
        _ => cannot_write(path, &e),
    })
}

fn refuse_what_was_read(output: &Path) -> Result<(), Failure> {
    let Ok(known) = fs::metadata(output) else { return Ok(()) };
    let there = InputFile::new(&known, output);
    if !known.is_file() || !read_so_far().iter().any(|read| read.is(&there)) {
        return Ok(());
    }
    let message = format!(
        "{} was read by this command, and what was read is never replaced",
        output.display()
    );
    Err(Failure::usage(message).with_help("give the output another name"))
}

/// A folder stands where an output should; `file` is one that might stand in it.
pub(super) fn folder_as_output(path: &Path, file: &str) -> Failure {
    let example = path.join(file);
    Failure::unwritable(path.display().to_string(), "this is a folder, not a file")
        .with_help(format!("name a file in it, such as {}", example.display()))
}

fn write_directly(path: &Path, bytes: &[u8]) -> io::Result<()> {
    File::options()
        .write(true)
        .open(path)
        .and_then(|mut device| device.write_all(bytes))
        .or_else(unless_closed)
}

/// Gives a file the owner, group and permissions of another, as far as that is allowed.
#[cfg(unix)]
fn make_alike(file: &File, other: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let known = file.metadata()?;
    let mut mode = other.mode() & 0o777;
    if known.uid() != other.uid() {
        // only root may, and for all others the new file is theirs
        let _ = fchown(file, Some(other.uid()), None);
    }
    if known.gid() != other.gid() && fchown(file, None, Some(other.gid())).is_err() {
        // another group than that of the other file may do no more than everyone may
        mode = mode & 0o707 | (mode & 0o007) << 3;
    }
    file.set_permissions(fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn make_alike(file: &File, other: &Metadata) -> io::Result<()> {
    file.set_permissions(other.permissions())
}

/// Which file it is, whatever it is called.
#[cfg(unix)]
fn identity(known: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (known.dev(), known.ino())
}

/// The bytes of a file that is no input.
fn contents(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST_INPUT).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether two files are one, or hold the same bytes.
fn same_contents(a: &Path, b: &Path) -> bool {
    #[cfg(unix)]
    if let (Ok(a), Ok(b)) = (fs::symlink_metadata(a), fs::symlink_metadata(b))
        && identity(&a) == identity(&b)
    {
        return true;
    }
    matches!((contents(a), contents(b)), (Ok(a), Ok(b)) if a == b)
}

fn unless_closed(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(error) }
}

fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    let name = path.display().to_string();
    match error.kind() {
        io::ErrorKind::PermissionDenied => Failure::unwritable(name, "you are not allowed to write there")
            .with_help("choose a folder of your own; if the file is open in another program or write-protected, close or release it"),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            Failure::unwritable(name, "a part of its path is a file, not a folder").with_help("choose another folder")
        }
        _ => Failure::unwritable(name, format!("it could not be written: {}", reason(error))),
    }
}
