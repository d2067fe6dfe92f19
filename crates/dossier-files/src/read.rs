//! Reads one file: opens it, finds out its format, hands over its articles.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;

use dossier_engine::Document;

use crate::archive;
use crate::decode::{self, Decoded};
use crate::document::{Article, Metadata, TextKind, article};
use crate::feed;
use crate::format::Format;
use crate::html;
use crate::input::{Input, Opened};
use crate::intake::{Intake, Outcome, Place, Stop};
use crate::mail;
use crate::problem::{FileProblem, ProblemKind, RecordProblem};
use crate::records;
use crate::table;
use crate::walk::FoundFile;
use crate::web_archive;
use crate::worker::{self, Fault, Worker};

/// What a single file may cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest text, page, message or other single document and the longest line of JSON
    /// Lines, in bytes. Reading takes up to five times as much memory for a moment. 64 MiB by
    /// default: books have less than 10.
    pub document_bytes: u64,
    /// What all archives in a file may unpack to, in bytes; 64 GiB by default. Whatever the
    /// limit, no file unpacks to more than 200 times its size (32 MiB are always allowed).
    pub unpacked_bytes: u64,
    /// How many members all archives in a file may have; 500,000 by default. The directory of a
    /// ZIP file takes some 400 bytes of memory for each.
    pub members: usize,
    /// How deep archives may lie in each other, mails with attachments included; 6 by default.
    pub archive_depth: usize,
    /// Who reads PDFs; without one, the default, they are not read.
    pub worker: Option<Worker>,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            document_bytes: 64 << 20,
            unpacked_bytes: 64 << 30,
            members: 500_000,
            archive_depth: 6,
            worker: None,
        }
    }
}

/// What came of reading a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadReport {
    /// How many documents were handed over.
    pub documents: usize,
    /// Records and members that are no documents, in order; the first 100 of them.
    pub skipped: Vec<RecordProblem>,
    /// How many there are in all.
    pub skipped_total: usize,
    /// How many of each [kind](crate::kind_of_reason); beyond 100 kinds, those of the first.
    pub skipped_kinds: BTreeMap<String, usize>,
    /// What was noticed about documents that were handed over all the same, in order; the first
    /// 100 of these.
    pub notices: Vec<RecordProblem>,
    /// How many there are in all.
    pub notices_total: usize,
    /// Something wrote to the file while its records were read: the documents may be part old,
    /// part new. Its stamp has changed as well, so the next run reads it again.
    pub changed: bool,
}

/// Reads one file as documents, as [`articles`] does; noise stays in their texts.
///
/// # Errors
///
/// Those of [`articles`].
pub fn read(
    file: &FoundFile,
    limits: &Limits,
    each: &mut dyn FnMut(Document) -> ControlFlow<()>,
) -> Result<ReadReport, FileProblem> {
    articles(file, limits, &mut |article| each(article.into_document()))
}

/// Reads one file as articles, in order, until its end or until `each` breaks off.
///
/// The content tells the format where it is unmistakable, else the ending; a file with another
/// ending is JSON Lines if its first line is an object, else text. A text is one article; its id
/// is the file's. A record is named by its own id, or by the file's and its line (`a.jsonl#17`),
/// and a second one of the same id in a file gets its line added (`x#17`). What lies in an
/// archive is named `archive!member`. `path` is the file's id everywhere.
///
/// Records, messages and members are read one at a time: memory is bounded by [`Limits`] (and
/// some bytes for each id) whatever the size of the file. What is appended while a file is read
/// is left for the next time.
///
/// # Errors
///
/// What concerns the file as a whole: it cannot be opened or read, is too large, binary, empty or
/// in a format that is not read, or it keeps changing. If reading fails half-way, the articles
/// before were already handed over. Single records and members that cannot be read are no error
/// but part of the report.
pub fn articles(
    file: &FoundFile,
    limits: &Limits,
    each: &mut dyn FnMut(Article) -> ControlFlow<()>,
) -> Result<ReadReport, FileProblem> {
    read_any(file, limits, each).map_err(|kind| FileProblem::new(&file.path, &file.id, kind))
}

impl From<io::Error> for ProblemKind {
    fn from(error: io::Error) -> ProblemKind {
        ProblemKind::File(error)
    }
}

fn read_any(
    file: &FoundFile,
    limits: &Limits,
    each: &mut dyn FnMut(Article) -> ControlFlow<()>,
) -> Result<ReadReport, ProblemKind> {
    let mut opened = Opened::open(&file.path)?;
    if opened.bytes() == 0 {
        return Err(ProblemKind::Empty);
    }
    let mut intake = Intake::new(file, limits, each);
    match content(&mut intake, &file.id, &file.id, Input::File(&mut opened)) {
        Ok(()) => {}
        Err(Stop::BrokenOff) => return Ok(intake.report),
        Err(Stop::Problem(kind)) => return Err(kind),
    }
    let mut report = intake.report;
    report.changed = opened.has_changed()?;
    if report.documents == 0 && report.skipped_total == 0 {
        return Err(ProblemKind::Empty);
    }
    Ok(report)
}

/// Reads what a file or a member of an archive holds, whatever it is. `name` is what it would be
/// called as a file.
pub(crate) fn content(
    intake: &mut Intake<'_>,
    id: &str,
    name: &str,
    mut input: Input<'_>,
) -> Outcome {
    if input.head().is_empty() {
        return Err(ProblemKind::Empty.into());
    }
    let limit = intake.limits.document_bytes;
    let format = match Format::of(input.head(), name)? {
        Some(format) => format,
        None if starts_with_record(&mut input, limit)? => Format::Records,
        None => Format::Text,
    };
    match format {
        Format::Records => read_records(intake, id, input),
        Format::Text => text(intake, id, input.whole(limit)?, TextKind::Flattened),
        Format::Markdown => text(intake, id, input.whole(limit)?, TextKind::Markdown),
        Format::Html => page(intake, id, input.whole(limit)?, &Web::default()),
        Format::Table => table::read(intake, id, input),
        Format::Zip => archive::zip(intake, id, input),
        Format::Gzip => archive::gzip(intake, id, name, input),
        Format::Mail => mail::message(intake, id, &input.whole(limit)?),
        Format::Mailbox => mail::mailbox(intake, id, input),
        Format::Feed => {
            let decoded = html::decode(input.whole(limit)?, None).ok_or(ProblemKind::Binary)?;
            let text = checked(intake, id, decoded)?;
            feed::read(intake, id, &text)
        }
        Format::WebArchive => web_archive::read(intake, id, input),
        Format::Pdf => pdf(intake, id, input),
    }
}

/// What is known of a web page from where it was kept.
#[derive(Default)]
pub(crate) struct Web {
    pub(crate) address: Option<String>,
    /// The encoding that the server or the mail named.
    pub(crate) charset: Option<String>,
}

/// Has a PDF read by the worker.
fn pdf(intake: &mut Intake<'_>, id: &str, input: Input<'_>) -> Outcome {
    let Some(worker) = &intake.limits.worker else {
        return Err(ProblemKind::Unsupported("a PDF").into());
    };
    let limit = intake.limits.document_bytes;
    let bytes = input.whole(limit)?;
    let extracted = worker::extract(worker, "pdf", &bytes, limit)?;
    match extracted.fault {
        Some(Fault::Encrypted) => return Err(ProblemKind::Encrypted("a PDF").into()),
        Some(Fault::Damaged(why)) => return Err(ProblemKind::Damaged("PDF", why).into()),
        None if extracted.text.trim().is_empty() => return Err(ProblemKind::NoText.into()),
        None => {}
    }
    let metadata =
        Metadata { title: extracted.title, author: extracted.author, ..Metadata::default() };
    let path = &intake.file.id;
    intake.give(article(id.to_owned(), path, extracted.text, metadata, TextKind::Flattened))
}

/// Reads a text from the web.
pub(crate) fn web_text(intake: &mut Intake<'_>, id: &str, bytes: Vec<u8>, web: &Web) -> Outcome {
    let decoded = html::decode(bytes, web.charset.as_deref()).ok_or(ProblemKind::Binary)?;
    let text = checked(intake, id, decoded)?;
    let metadata = Metadata { address: web.address.clone(), ..Metadata::default() };
    intake.give(article(id.to_owned(), &intake.file.id, text, metadata, TextKind::Flattened))
}

/// Reads a web page.
pub(crate) fn page(intake: &mut Intake<'_>, id: &str, bytes: Vec<u8>, web: &Web) -> Outcome {
    let decoded = html::decode(bytes, web.charset.as_deref()).ok_or(ProblemKind::Binary)?;
    let text = checked(intake, id, decoded)?;
    let page = html::page(&text, web.address.as_deref())?;
    drop(text);
    let path = &intake.file.id;
    let article = article(id.to_owned(), path, page.text, page.metadata, TextKind::Flattened);
    intake.give(article)
}

fn text(intake: &mut Intake<'_>, id: &str, bytes: Vec<u8>, kind: TextKind) -> Outcome {
    let text = decoded(intake, id, bytes)?;
    let metadata = Metadata::default();
    intake.give(article(id.to_owned(), &intake.file.id, text, metadata, kind))
}

/// The bytes of a text, decoded, with a notice if they were damaged.
pub(crate) fn decoded(
    intake: &mut Intake<'_>,
    id: &str,
    bytes: Vec<u8>,
) -> Result<String, ProblemKind> {
    checked(intake, id, decode::decode(bytes).ok_or(ProblemKind::Binary)?)
}

/// The text, with a notice if it was damaged.
fn checked(intake: &mut Intake<'_>, id: &str, decoded: Decoded) -> Result<String, ProblemKind> {
    let Decoded { text, damage } = decoded;
    if text.trim_start().is_empty() {
        return Err(ProblemKind::Empty);
    }
    if let Some(damage) = damage {
        let place = Place { id, line: damage.line as u64, byte: damage.byte as u64 };
        intake.notice(&place, damage.reason);
    }
    Ok(text)
}

fn read_records(intake: &mut Intake<'_>, id: &str, input: Input<'_>) -> Outcome {
    if decode::utf16(input.head()).is_some() {
        return Err(ProblemKind::RecordsInUtf16.into());
    }
    // A damaged record may hold anything, but then the file starts like one of records.
    if decode::is_binary(input.head()) && !starts_with_brace(input.head()) {
        return Err(ProblemKind::Binary.into());
    }
    records::read(input.reader()?, id, intake)
}

fn starts_with_brace(head: &[u8]) -> bool {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start().starts_with(b"{")
}

/// Whether the first line that is not blank is a JSON object.
fn starts_with_record(input: &mut Input<'_>, limit: u64) -> io::Result<bool> {
    if !starts_with_brace(input.head()) {
        return Ok(false);
    }
    let line = input.first_line(limit)?;
    Ok(line.is_some_and(|line| records::is_record(&line)))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn what_is_appended_meanwhile_is_left_for_the_next_time() {
        let mut named = tempfile::NamedTempFile::with_suffix(".jsonl").unwrap();
        named.write_all(b"{\"title\": 1}\n").unwrap();
        let file = FoundFile {
            path: named.path().into(),
            id: "a.jsonl".into(),
            stamp: 0,
            identity: None,
            bytes: 10,
        };
        let report = read(&file, &Limits::default(), &mut |_| {
            named.write_all(b"{\"title\": 2}\n").unwrap();
            ControlFlow::Continue(())
        });
        let report = report.unwrap();
        assert_eq!((report.documents, report.changed), (1, true));
    }
}
