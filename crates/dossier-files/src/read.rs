//! Reads one file: opens it, finds out its format, hands over its documents.

use std::fs::{self, File, Metadata};
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use dossier_engine::Document;

use crate::decode::{self, Decoded, HEAD_BYTES};
use crate::format::{self, Format};
use crate::headline::{heading, headline};
use crate::problem::{FileProblem, ProblemKind, RecordProblem};
use crate::record::Record;
use crate::records::{self, Place};
use crate::stamp::stamp_of;
use crate::walk::FoundFile;

/// A report keeps so many problems, and so many notices; the rest is counted. Nobody reads more,
/// and a file of nothing but faults must not fill the memory.
const KEPT_PROBLEMS: usize = 100;

/// Read at once; larger does not make reading faster.
const BUFFER_BYTES: usize = 256 << 10;

/// What a single document may cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest text file and the longest line of JSON Lines, in bytes. Reading takes up to
    /// five times as much memory for a moment. 64 MiB by default: books have less than 10.
    pub document_bytes: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { document_bytes: 64 << 20 }
    }
}

/// What came of reading a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadReport {
    /// How many documents were handed over.
    pub documents: usize,
    /// Records that are no documents, in order; the first 100 of them.
    pub skipped: Vec<RecordProblem>,
    /// How many there are in all.
    pub skipped_total: usize,
    /// What was noticed about documents that were handed over all the same, in order; the first
    /// 100 of these.
    pub notices: Vec<RecordProblem>,
    /// How many there are in all.
    pub notices_total: usize,
    /// Something wrote to the file while its records were read: the documents may be part old,
    /// part new. Its stamp has changed as well, so the next run reads it again.
    pub changed: bool,
}

impl ReadReport {
    pub(crate) fn skip(&mut self, place: &Place<'_>, at: usize, reason: String) {
        self.skipped_total += 1;
        keep(&mut self.skipped, place, at, reason);
    }

    pub(crate) fn notice(&mut self, place: &Place<'_>, reason: String) {
        self.notices_total += 1;
        keep(&mut self.notices, place, 0, reason);
    }
}

fn keep(list: &mut Vec<RecordProblem>, place: &Place<'_>, at: usize, reason: String) {
    if list.len() < KEPT_PROBLEMS {
        list.push(RecordProblem {
            path: place.file.path.clone(),
            line: place.number,
            byte: place.byte + at as u64,
            reason,
        });
    }
}

/// Reads one file as documents, in order, until its end or until `each` breaks off.
///
/// The ending tells the format (text, Markdown, JSON Lines); a file with another ending is JSON
/// Lines if its first line is an object, else text. A text is one document; its id is the file's.
/// A record is named by its own id, or by the file's and its line (`a.jsonl#17`), and a second one
/// of the same id in a file gets its line added (`x#17`). `path` is the file's id everywhere.
///
/// Records are read one at a time: memory is bounded by [`Limits`] (and some bytes for each id)
/// whatever the size of the file. What is appended while a file is read is left for the next
/// time.
///
/// # Errors
///
/// What concerns the file as a whole: it cannot be opened or read, is too large, binary, empty or
/// in a format that is not read, or it keeps changing. If reading fails half-way through records,
/// the documents before were already handed over. Single records that cannot be read are no
/// error but part of the report.
pub fn read(
    file: &FoundFile,
    limits: &Limits,
    each: &mut dyn FnMut(Document) -> ControlFlow<()>,
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
    each: &mut dyn FnMut(Document) -> ControlFlow<()>,
) -> Result<ReadReport, ProblemKind> {
    let mut opened = Opened::open(&file.path)?;
    if opened.metadata.len() == 0 {
        return Err(ProblemKind::Empty);
    }
    if let Some(name) = format::unsupported(&opened.head) {
        return Err(ProblemKind::Unsupported(name));
    }
    let format = match Format::of_ending(&file.path) {
        Some(format) => format,
        None if opened.starts_with_record(limits)? => Format::Records,
        None => Format::Text,
    };
    let mut report = ReadReport::default();
    match format {
        Format::Records => read_records(opened, file, limits, each, &mut report)?,
        Format::Text | Format::Markdown => {
            let bytes = read_text(opened, file, limits)?;
            let document = text_document(bytes, format, file, &mut report)?;
            report.documents = 1;
            // Whether to go on makes no difference after the only document.
            let _ = each(document);
        }
    }
    Ok(report)
}

fn text_document(
    bytes: Vec<u8>,
    format: Format,
    file: &FoundFile,
    report: &mut ReadReport,
) -> Result<Document, ProblemKind> {
    let Decoded { mut text, damage } = decode::decode(bytes).ok_or(ProblemKind::Binary)?;
    if text.trim_start().is_empty() {
        return Err(ProblemKind::Empty);
    }
    if let Some(damage) = damage {
        let place = Place { file, number: damage.line as u64, byte: damage.byte as u64 };
        report.notice(&place, damage.reason);
    }
    let title = match format {
        Format::Markdown => heading(&text),
        Format::Text | Format::Records => headline(&text),
    };
    let title = title.map(|title| {
        text.replace_range(title.range, "");
        title.text
    });
    Ok(Document {
        id: file.id.clone(),
        title: title.unwrap_or_default(),
        body: text,
        path: Some(file.id.clone()),
        ..Default::default()
    })
}

/// The bytes of a text file as they were at one moment.
fn read_text(
    mut opened: Opened,
    file: &FoundFile,
    limits: &Limits,
) -> Result<Vec<u8>, ProblemKind> {
    for is_last in [false, true] {
        let bytes = opened.metadata.len();
        if bytes > limits.document_bytes {
            return Err(ProblemKind::TooLarge { bytes, limit: limits.document_bytes });
        }
        if let Some(bytes) = opened.read_whole()? {
            return Ok(bytes);
        }
        if !is_last {
            opened = Opened::open(&file.path)?;
        }
    }
    Err(ProblemKind::Changed)
}

fn read_records(
    mut opened: Opened,
    file: &FoundFile,
    limits: &Limits,
    each: &mut dyn FnMut(Document) -> ControlFlow<()>,
    report: &mut ReadReport,
) -> Result<(), ProblemKind> {
    if decode::utf16(&opened.head).is_some() {
        return Err(ProblemKind::RecordsInUtf16);
    }
    // A damaged record may hold anything, but then the file starts like one of records.
    if decode::is_binary(&opened.head) && !starts_with_brace(&opened.head) {
        return Err(ProblemKind::Binary);
    }
    let input = opened.rewound()?;
    if records::read(input, file, limits.document_bytes, each, report)?.is_break() {
        return Ok(());
    }
    report.changed = opened.has_changed()?;
    if report.documents == 0 && report.skipped_total == 0 {
        return Err(ProblemKind::Empty);
    }
    Ok(())
}

fn starts_with_brace(head: &[u8]) -> bool {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start().starts_with(b"{")
}

/// An open regular file, and how it was at that moment.
struct Opened {
    file: File,
    metadata: Metadata,
    /// Its first bytes.
    head: Vec<u8>,
}

impl Opened {
    fn open(path: &Path) -> Result<Opened, ProblemKind> {
        // Before it is opened: opening a FIFO waits until somebody writes to it.
        if !fs::metadata(path)?.is_file() {
            return Err(ProblemKind::Special);
        }
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        let mut head = Vec::new();
        file.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        Ok(Opened { file, metadata, head })
    }

    /// The file from its start to what was its end when it was opened, so that reading a file
    /// ends even if something writes to it faster than it is read.
    fn rewound(&mut self) -> io::Result<impl BufRead + use<'_>> {
        self.file.rewind()?;
        let length = self.metadata.len();
        Ok(BufReader::with_capacity(BUFFER_BYTES, self.file.by_ref().take(length)))
    }

    /// All of its bytes; none if they changed meanwhile.
    fn read_whole(&mut self) -> io::Result<Option<Vec<u8>>> {
        let length = self.metadata.len();
        let mut bytes = Vec::with_capacity(usize::try_from(length).map_err(io::Error::other)?);
        self.file.rewind()?;
        self.file.by_ref().take(length).read_to_end(&mut bytes)?;
        let is_whole = bytes.len() as u64 == length && !self.has_changed()?;
        Ok(is_whole.then_some(bytes))
    }

    fn has_changed(&self) -> io::Result<bool> {
        Ok(stamp_of(&self.file.metadata()?) != stamp_of(&self.metadata))
    }

    /// Whether the first line that is not blank is a JSON object.
    fn starts_with_record(&mut self, limits: &Limits) -> io::Result<bool> {
        if !starts_with_brace(&self.head) {
            return Ok(false);
        }
        let mut input = self.rewound()?.take(limits.document_bytes);
        let mut line = Vec::new();
        while input.read_until(b'\n', &mut line)? > 0 {
            let content = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
            if !content.trim_ascii().is_empty() {
                return Ok(serde_json::from_slice::<Record<'_>>(content).is_ok());
            }
            line.clear();
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_file_that_changes_is_read_again() {
        let mut named = tempfile::NamedTempFile::new().unwrap();
        named.write_all(b"Erst kurz.").unwrap();
        let file = FoundFile { path: named.path().into(), id: "a.txt".into(), stamp: 0, bytes: 10 };
        let mut stale = Opened::open(named.path()).unwrap();
        named.write_all(b" Dann lang.").unwrap();
        assert_eq!(stale.read_whole().unwrap(), None);
        let bytes = read_text(stale, &file, &Limits::default()).unwrap();
        assert_eq!(bytes, b"Erst kurz. Dann lang.");
    }

    #[test]
    fn what_is_appended_meanwhile_is_left_for_the_next_time() {
        let mut named = tempfile::NamedTempFile::with_suffix(".jsonl").unwrap();
        named.write_all(b"{\"title\": 1}\n").unwrap();
        let file =
            FoundFile { path: named.path().into(), id: "a.jsonl".into(), stamp: 0, bytes: 10 };
        let report = read(&file, &Limits::default(), &mut |_| {
            named.write_all(b"{\"title\": 2}\n").unwrap();
            ControlFlow::Continue(())
        });
        let report = report.unwrap();
        assert_eq!((report.documents, report.changed), (1, true));
    }
}
