//! The only place that opens, reads and writes files.
#![expect(clippy::disallowed_methods, reason = "the binary alone opens files; the library takes and gives bytes")]

use std::fs::{self, File, Permissions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::failure::{Failure, reason};

/// The largest input that is read, in bytes; it keeps a device or an endless pipe from filling the memory.
const LARGEST_INPUT: u64 = 512 << 20;

/// The whole of standard input.
pub(super) fn read_stdin() -> Result<Vec<u8>, Failure> {
    read_all(io::stdin().lock(), 0, "standard input")
}

/// The whole of a file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let name = path.display().to_string();
    if path.is_dir() {
        return Err(folder_as_input(path));
    }
    let file = File::open(path).map_err(|e| cannot_open(&name, &e))?;
    let size = file.metadata().map_or(0, |known| known.len());
    read_all(file, size, &name)
}

/// A folder stands where a file should.
pub(super) fn folder_as_input(path: &Path) -> Failure {
    Failure::unreadable(path.display().to_string(), "this is a folder, not a file").with_help("name a file in it")
}

/// Whether a folder stands at this path.
pub(super) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether a file, rather than a folder or nothing, stands at this path.
pub(super) fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Reads to the end of what is probably of a size, in bytes.
fn read_all(from: impl Read, size: u64, name: &str) -> Result<Vec<u8>, Failure> {
    // a byte more is asked for, to learn that there is none
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(LARGEST_INPUT) + 1).unwrap_or(0));
    from.take(LARGEST_INPUT + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Failure::unreadable(name, format!("it could not be read: {}", reason(&e))))?;
    if bytes.len() as u64 > LARGEST_INPUT {
        return Err(Failure::unreadable(name, format!("it is larger than {} MB, the most that is read", LARGEST_INPUT >> 20))
            .with_help("look whether it is the right file"));
    }
    Ok(bytes)
}

fn cannot_open(name: &str, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => {
            Failure::unreadable(name, "there is no such file").with_help("look at the spelling, and at the folder that you are in")
        }
        io::ErrorKind::PermissionDenied => {
            Failure::unreadable(name, "you are not allowed to read it").with_help("ask its owner, or copy it to a folder of your own")
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
    whole.ok().or_else(by_folder).or_else(|| std::path::absolute(path).ok()).unwrap_or_else(|| path.to_path_buf())
}

/// The folder in which a file stands.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Writes outputs, all or none: each whole beside its place first, and only then all of them renamed.
///
/// Folders that are missing are made. A device or pipe cannot be renamed onto, so it is written to directly.
pub(super) fn write(outputs: &[(&Path, &[u8])]) -> Result<(), Failure> {
    let mut ready = Vec::new();
    let mut direct = Vec::new();
    for (path, bytes) in outputs {
        let fail = |e: &io::Error| cannot_write(path, e);
        match fs::metadata(path) {
            Ok(there) if there.is_dir() => return Err(folder_as_output(path, "plan.pdf")),
            Ok(there) if !there.is_file() => direct.push((path, bytes)),
            Ok(there) => {
                // The file that a link leads to is replaced, not the link.
                let place = fs::canonicalize(path).map_err(|e| fail(&e))?;
                if there.permissions().readonly() {
                    return Err(fail(&io::ErrorKind::PermissionDenied.into()));
                }
                ready.push((path, stage(&place, bytes, Some(there.permissions())).map_err(|e| fail(&e))?, place));
            }
            Err(_) => ready.push((path, stage(path, bytes, None).map_err(|e| fail(&e))?, path.to_path_buf())),
        }
    }
    for (path, bytes) in direct {
        File::options()
            .write(true)
            .open(path)
            .and_then(|mut f| f.write_all(bytes))
            .or_else(unless_closed)
            .map_err(|e| cannot_write(path, &e))?;
    }
    for (path, staged, place) in ready {
        staged.persist(place).map_err(|e| cannot_write(path, &e.error))?;
    }
    Ok(())
}

/// Writes a file that must not be there yet: whole beside its place first, then renamed.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let there_already = || {
        Failure::unwritable(path.display().to_string(), "it is there already, and is not replaced")
            .with_help("give the file another name, or move the one that is there")
    };
    if path.symlink_metadata().is_ok() {
        return Err(there_already());
    }
    let staged = stage(path, bytes, None).map_err(|e| cannot_write(path, &e))?;
    let placed = staged.persist_noclobber(path).map_err(|e| e.error);
    match placed {
        Ok(_) => Ok(()),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Err(there_already()),
        Err(e) => Err(cannot_write(path, &e)),
    }
}

/// A folder stands where an output should; `file` is one that might stand in it.
pub(super) fn folder_as_output(path: &Path, file: &str) -> Failure {
    let example = path.join(file);
    Failure::unwritable(path.display().to_string(), "this is a folder, not a file")
        .with_help(format!("name a file in it, such as {}", example.display()))
}

/// A whole output under a name that no one looks at yet, in the folder where it is to stand.
fn stage(place: &Path, bytes: &[u8], like: Option<Permissions>) -> io::Result<NamedTempFile> {
    let folder = folder_of(place);
    fs::create_dir_all(folder)?;
    let mut staged = with_usual_permissions(tempfile::Builder::new().prefix(".planwright-")).tempfile_in(folder)?;
    staged.write_all(bytes)?;
    if let Some(permissions) = like {
        staged.as_file().set_permissions(permissions)?;
    }
    staged.as_file().sync_all()?;
    Ok(staged)
}

/// Such as any new file gets; by itself, a temporary file is closed to all but its owner.
#[cfg(unix)]
fn with_usual_permissions<'a, 'b>(builder: &'a mut tempfile::Builder<'b, 'b>) -> &'a mut tempfile::Builder<'b, 'b> {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn with_usual_permissions<'a, 'b>(builder: &'a mut tempfile::Builder<'b, 'b>) -> &'a mut tempfile::Builder<'b, 'b> {
    builder
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
