//! What can be wrong with a file, a folder or a record, as values that say what to do next.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a file or folder could not be read. Displayed as `path: reason; next step`.
///
/// The path comes from outside and may hold control characters: make it harmless before it
/// reaches a terminal.
#[derive(Debug)]
#[non_exhaustive]
pub struct FileProblem {
    /// The file or folder, as it was to be opened.
    pub path: PathBuf,
    /// Its id.
    pub id: String,
    pub(crate) kind: ProblemKind,
}

/// What kind of thing is wrong: a reason without the next step and without what is particular to one
/// place (numbers, values in quotation marks, what stands in brackets). What is of one kind can be
/// counted together.
///
/// ```
/// use dossier_files::kind_of_reason;
/// let reason = "has 70000000 bytes, more than the limit of 67108864; split it";
/// assert_eq!(kind_of_reason(reason), "has … bytes, more than the limit of …");
/// assert_eq!(kind_of_reason("is a damaged PDF (no page); get it anew"), "is a damaged PDF");
/// ```
pub fn kind_of_reason(reason: &str) -> String {
    let reason = reason.split("; ").next().unwrap_or_default();
    let mut kind = String::new();
    let mut closing = None;
    for char in reason.chars() {
        match (closing, char) {
            (Some(end), _) if char == end => closing = None,
            (Some(_), _) => {}
            (None, '(') => {
                kind.truncate(kind.trim_end().len());
                closing = Some(')');
            }
            // An apostrophe within a word quotes nothing.
            (None, '\'') if !kind.is_empty() && !kind.ends_with(' ') => kind.push(char),
            (None, '\'' | '`' | '0'..='9') => {
                if !kind.ends_with('…') {
                    kind.push('…');
                }
                closing = Some(char).filter(|char| !char.is_ascii_digit());
            }
            (None, _) => kind.push(char),
        }
    }
    kind.truncate(kind.char_indices().nth(KIND_CHARS).map_or(kind.len(), |(at, _)| at));
    kind
}

/// The longest kind of reason.
const KIND_CHARS: usize = 120;

#[derive(Debug)]
pub(crate) enum ProblemKind {
    MissingRoot,
    /// A folder that cannot be listed.
    Folder(io::Error),
    /// A file that cannot be looked at, opened or read.
    File(io::Error),
    /// A `.dossierignore` that cannot be read, as a whole or from some line on.
    IgnoreFile(String),
    /// A FIFO, socket or device.
    Special,
    Binary,
    /// A known format that is not read, with its article: `a PDF`.
    Unsupported(&'static str),
    RecordsInUtf16,
    Empty,
    TooLarge {
        bytes: u64,
        limit: u64,
    },
    Changed,
    /// The format, and what is wrong with it.
    Damaged(&'static str, String),
    /// The format, with its article.
    Encrypted(&'static str),
    TooMuchUnpacked(u64),
    TooManyMembers,
    /// The seconds it may take.
    TooSlow(u64),
    /// The format whose reader crashed, or took too much memory.
    Crashed(&'static str),
    /// The worker cannot be started.
    NoWorker(String),
    /// Pictures of text.
    NoText,
    /// A table whose columns are called neither title nor text.
    NoColumns,
    /// It lies in so many archives.
    TooDeep(usize),
    /// It has or is what, and how much is allowed.
    TooComplex(&'static str, usize),
}

impl ProblemKind {
    /// The reason and the next step.
    pub(crate) fn text(&self) -> String {
        match self {
            ProblemKind::MissingRoot => {
                "does not exist; check the spelling, and that its drive is mounted".to_owned()
            }
            ProblemKind::Folder(error) => {
                format!("the folder cannot be listed ({error}); check its permissions")
            }
            ProblemKind::File(error) => {
                format!("cannot be read ({error}); check that it is there and its permissions")
            }
            ProblemKind::IgnoreFile(why) => format!("{why}; mend it, the rest of it is respected"),
            ProblemKind::Special => {
                "is neither a file nor a folder; name one of these instead".to_owned()
            }
            ProblemKind::Binary => "looks like a binary file; convert it to text first".to_owned(),
            ProblemKind::Unsupported(format) => {
                format!("is {format}, which cannot be read; convert it to text first")
            }
            ProblemKind::RecordsInUtf16 => {
                "holds JSON Lines in UTF-16; convert it to UTF-8".to_owned()
            }
            ProblemKind::Empty => "is empty; there is nothing to search in it".to_owned(),
            ProblemKind::TooLarge { bytes, limit } => {
                format!("has {bytes} bytes, more than the limit of {limit}; split it")
            }
            ProblemKind::Changed => {
                "changed while it was read; try again when nothing writes to it".to_owned()
            }
            ProblemKind::Damaged(format, why) => {
                format!("is a damaged {format} ({why}); get it anew")
            }
            ProblemKind::Encrypted(format) => {
                format!("is {format} with a password; save it without one")
            }
            ProblemKind::TooMuchUnpacked(limit) => format!(
                "unpacks to more than {limit} bytes, far more than its size; unpack it yourself if \
                 it is to be trusted"
            ),
            ProblemKind::TooManyMembers => {
                "holds more members than the limit; unpack it yourself if it is to be trusted"
                    .to_owned()
            }
            ProblemKind::TooSlow(seconds) => {
                format!("takes longer to read than {seconds} seconds; save it as text")
            }
            ProblemKind::Crashed(format) => {
                format!(
                    "crashes the reader of {format} files, or takes too much memory; save it as text"
                )
            }
            ProblemKind::NoWorker(why) => {
                format!("cannot be read, as the process for it does not start ({why})")
            }
            ProblemKind::NoText => {
                "holds no text, perhaps pictures of it; have the text recognised (OCR)".to_owned()
            }
            ProblemKind::NoColumns => {
                "has no column called title or text; name its columns in the first row".to_owned()
            }
            ProblemKind::TooComplex(what, limit) => {
                format!("is {what} ({limit}); save it as text")
            }
            ProblemKind::TooDeep(depth) => {
                format!("lies in {depth} archives in each other; unpack them first")
            }
        }
    }
}

impl FileProblem {
    pub(crate) fn new(path: &Path, id: &str, kind: ProblemKind) -> FileProblem {
        FileProblem { path: path.to_path_buf(), id: id.to_owned(), kind }
    }

    /// What is to be said of one of [`Walk::missing_roots`](crate::Walk::missing_roots).
    pub fn missing_root(root: &Path) -> FileProblem {
        FileProblem::new(root, &crate::id_of(root), ProblemKind::MissingRoot)
    }

    /// It is a root that does not exist, maybe on a drive that is not mounted: what is indexed
    /// from there must not be taken for deleted.
    pub fn is_missing_root(&self) -> bool {
        matches!(self.kind, ProblemKind::MissingRoot)
    }

    /// It is a folder that cannot be listed: the files below are unknown, not gone (see
    /// [`Walk::is_unknown`](crate::Walk::is_unknown)).
    pub fn is_folder(&self) -> bool {
        matches!(self.kind, ProblemKind::Folder(_))
    }

    /// The file has no text in it: nothing, only white space, only blank lines.
    pub fn is_empty(&self) -> bool {
        matches!(self.kind, ProblemKind::Empty)
    }

    /// The reason and the next step, without the path.
    pub fn reason(&self) -> String {
        self.kind.text()
    }
}

impl fmt::Display for FileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.reason())
    }
}

impl Error for FileProblem {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.kind {
            ProblemKind::Folder(error) | ProblemKind::File(error) => Some(error),
            _ => None,
        }
    }
}

/// What is wrong with one record or member of a file, or with a part of a text file.
/// Displayed as `path:line: reason (at byte N)`, `path!member: reason`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordProblem {
    /// The file, as it was opened.
    pub path: PathBuf,
    /// The member of an archive, mailbox or the like that it is about.
    pub member: Option<String>,
    /// The line in the file or member, counted from 1; 0 if all of it is meant.
    pub line: u64,
    /// The place in the file or member, in bytes from its start: where the fault is, or where the
    /// line starts.
    pub byte: u64,
    /// The reason and, where there is one, the next step.
    pub reason: String,
}

impl RecordProblem {
    /// Where it is, with the file called as the caller calls it: `a.jsonl:17`, `a.zip!b.txt`,
    /// `a.zip!b.jsonl:17`.
    pub fn place(&self, file: &str) -> String {
        let mut place = file.to_owned();
        if let Some(member) = &self.member {
            place.push('!');
            place.push_str(member);
        }
        if self.line > 0 {
            place.push_str(&format!(":{}", self.line));
        }
        place
    }
}

impl fmt::Display for RecordProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place(&self.path.display().to_string()), self.reason)?;
        if self.line > 0 { write!(f, " (at byte {})", self.byte) } else { Ok(()) }
    }
}

impl Error for RecordProblem {}
