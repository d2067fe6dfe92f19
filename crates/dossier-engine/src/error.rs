//! The engine's one error type.

use std::error::Error as StdError;
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError, OpenWriteError};

/// Why something could not be done. Opaque; ask its predicates what to do next.
#[derive(Debug)]
pub struct Error {
    kind: Box<ErrorKind>,
}

#[derive(Debug)]
pub(crate) enum ErrorKind {
    NoIndex(PathBuf),
    Foreign { path: PathBuf, why: String },
    Outdated { path: PathBuf, why: String },
    Corrupt { path: PathBuf, source: Option<Box<dyn StdError + Send + Sync>>, why: String },
    Locked { path: PathBuf, process: Option<u32> },
    ReadOnly { path: PathBuf, source: Option<std::io::Error> },
    Io { path: PathBuf, source: std::io::Error },
    Document(String),
    UnknownDocument { id: String, near: Vec<String> },
    NoToday,
    Internal { what: &'static str, source: Option<Box<dyn StdError + Send + Sync>> },
}

/// A result of the engine.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// There is no index at that path.
    pub fn is_missing(&self) -> bool {
        matches!(*self.kind, ErrorKind::NoIndex(_))
    }

    /// The folder holds something else than an index of this engine: it is left alone.
    pub fn is_foreign(&self) -> bool {
        matches!(*self.kind, ErrorKind::Foreign { .. })
    }

    /// The index was made by another version or analysis: rebuild it from the sources.
    pub fn is_outdated(&self) -> bool {
        matches!(*self.kind, ErrorKind::Outdated { .. })
    }

    /// The index is damaged: rebuild it from the sources.
    pub fn is_corrupt(&self) -> bool {
        matches!(*self.kind, ErrorKind::Corrupt { .. })
    }

    /// Whether the index is damaged in that a file is missing: it may have been merged just now.
    pub(crate) fn is_missing_file(&self) -> bool {
        let ErrorKind::Corrupt { source: Some(source), .. } = &*self.kind else { return false };
        let missing = |error: &TantivyError| {
            matches!(error, TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_)))
        };
        source.downcast_ref().is_some_and(missing)
    }

    /// Another writer, maybe in another process, holds the index.
    pub fn is_locked(&self) -> bool {
        matches!(*self.kind, ErrorKind::Locked { .. })
    }

    /// The index may be read but not written here.
    pub fn is_read_only(&self) -> bool {
        matches!(*self.kind, ErrorKind::ReadOnly { .. })
    }

    /// There is no document with the id; [`near_ids`](Error::near_ids) may be meant.
    pub fn is_unknown_document(&self) -> bool {
        matches!(*self.kind, ErrorKind::UnknownDocument { .. })
    }

    /// Ids that are like one that no document has, the likeliest first.
    pub fn near_ids(&self) -> &[String] {
        match &*self.kind {
            ErrorKind::UnknownDocument { near, .. } => near,
            _ => &[],
        }
    }

    /// The file or folder it is about.
    pub fn path(&self) -> Option<&Path> {
        match &*self.kind {
            ErrorKind::NoIndex(path)
            | ErrorKind::Foreign { path, .. }
            | ErrorKind::Outdated { path, .. }
            | ErrorKind::Corrupt { path, .. }
            | ErrorKind::Locked { path, .. }
            | ErrorKind::ReadOnly { path, .. }
            | ErrorKind::Io { path, .. } => Some(path),
            ErrorKind::Document(_)
            | ErrorKind::UnknownDocument { .. }
            | ErrorKind::NoToday
            | ErrorKind::Internal { .. } => None,
        }
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Error { kind: Box::new(kind) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.kind {
            ErrorKind::NoIndex(path) => write!(f, "no index in {}", path.display()),
            ErrorKind::Foreign { path, why } => {
                write!(
                    f,
                    "{} is no index of this engine ({why}); name another folder",
                    path.display()
                )
            }
            ErrorKind::Outdated { path, why } => {
                write!(f, "the index in {} is outdated ({why}); build it anew", path.display())
            }
            ErrorKind::Corrupt { path, why, .. } => {
                write!(f, "the index in {} is damaged ({why}); build it anew", path.display())
            }
            ErrorKind::Locked { path, process } => {
                match process {
                    Some(process) => write!(f, "process {process}")?,
                    None => write!(f, "another process")?,
                }
                write!(f, " is writing the index in {}; try again later", path.display())
            }
            ErrorKind::ReadOnly { path, .. } => {
                write!(f, "the index in {} cannot be written; name another folder", path.display())
            }
            ErrorKind::Io { path, source } => write!(f, "{}: {source}", path.display()),
            ErrorKind::Document(why) => write!(f, "{why}"),
            ErrorKind::UnknownDocument { id, near } => match &near[..] {
                [] => write!(f, "no document has the id {id}"),
                near => write!(f, "no document has the id {id}; did you mean {}?", near.join(", ")),
            },
            ErrorKind::NoToday => {
                write!(
                    f,
                    "the query asks for the last days: say which day it is in SearchOptions::today"
                )
            }
            ErrorKind::Internal { what, source: Some(source) } => write!(f, "{what}: {source}"),
            ErrorKind::Internal { what, source: None } => write!(f, "{what}"),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.kind {
            ErrorKind::Corrupt { source: Some(source), .. } => Some(source.as_ref()),
            ErrorKind::ReadOnly { source: Some(source), .. } => Some(source),
            ErrorKind::Io { source, .. } => Some(source),
            ErrorKind::Internal { source: Some(source), .. } => Some(source.as_ref()),
            _ => None,
        }
    }
}

/// What an error of tantivy means for the index at `path`.
pub(crate) fn tantivy_error(path: &Path, error: TantivyError) -> Error {
    let path = path.to_owned();
    let io_kind = |source: &std::io::Error| match source.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            ErrorKind::ReadOnly { path: path.clone(), source: Some(copy(source)) }
        }
        _ => ErrorKind::Io { path: path.clone(), source: copy(source) },
    };
    // What stands in a file is wrong, or the file is gone (a rebuild may have taken its place), not
    // the reading of it.
    let garbled = |source: &std::io::Error| {
        use std::io::ErrorKind::{InvalidData, NotFound, UnexpectedEof};
        matches!(source.kind(), NotFound | UnexpectedEof | InvalidData)
    };
    match &error {
        TantivyError::IoError(source) if !garbled(source) => io_kind(source),
        TantivyError::LockFailure(LockError::IoError(source), _) if !garbled(source) => {
            io_kind(source)
        }
        TantivyError::LockFailure(LockError::LockBusy, _) => {
            ErrorKind::Locked { path, process: None }
        }
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. })
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })
            if !garbled(io_error) =>
        {
            io_kind(io_error)
        }
        _ => {
            let why = match &error {
                TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
                    format!("{} is missing", file.display())
                }
                TantivyError::OpenDirectoryError(_) => "its files are missing".to_owned(),
                TantivyError::DataCorruption(_) => "a file is not readable".to_owned(),
                _ => "it cannot be read".to_owned(),
            };
            ErrorKind::Corrupt { path, why, source: Some(Box::new(error)) }
        }
    }
    .into()
}

/// tantivy shares its errors; ours are owned.
fn copy(source: &std::io::Error) -> std::io::Error {
    match source.raw_os_error() {
        Some(code) => std::io::Error::from_raw_os_error(code),
        None => std::io::Error::new(source.kind(), source.to_string()),
    }
}

/// Runs what reads index files. tantivy panics on some kinds of damage: that is an error here.
pub(crate) fn guard<T>(path: Option<&Path>, read: impl FnOnce() -> Result<T>) -> Result<T> {
    std::panic::catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(match path {
            Some(path) => ErrorKind::Corrupt {
                path: path.to_owned(),
                source: None,
                why: "reading it failed".to_owned(),
            },
            None => ErrorKind::Internal { what: "reading the index failed", source: None },
        }
        .into())
    })
}
