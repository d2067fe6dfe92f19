//! Archives: ZIP and gzip. Nothing is ever written to disk, so the names in them can do no harm;
//! [`crate::intake::Budget`] bounds what they may unpack.

use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};

use flate2::bufread::MultiGzDecoder;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::format::Format;
use crate::input::Input;
use crate::intake::{Counted, Intake, Outcome, Stop};
use crate::problem::ProblemKind;
use crate::{epub, office, read};

/// Reads what is packed with gzip, one member after the other as if they were one file. Its name
/// tells what it holds: `a.jsonl.gz` holds `a.jsonl`.
pub(crate) fn gzip(intake: &mut Intake<'_>, id: &str, name: &str, input: Input<'_>) -> Outcome {
    let stem = match name.len().checked_sub(3).and_then(|end| name.split_at_checked(end)) {
        Some((stem, ending)) if ending.eq_ignore_ascii_case(".gz") => stem,
        _ => name,
    };
    let inner = MultiGzDecoder::new(input.reader()?);
    let mut unpacked = Counted { inner, budget: intake.budget.clone() };
    intake.inside(|intake| {
        let damaged = |error: io::Error| ProblemKind::Damaged("gzip file", error.to_string());
        let input = Input::stream(&mut unpacked).map_err(damaged)?;
        read::content(intake, id, stem, input)
    })
}

/// Reads what is in a ZIP file: a document of an office program, a book, or an archive.
pub(crate) fn zip(intake: &mut Intake<'_>, id: &str, input: Input<'_>) -> Outcome {
    match input {
        Input::File(opened) => {
            let file = BufReader::new(&mut opened.file);
            zip_from(intake, id, file)
        }
        other => {
            let bytes = other.whole(intake.limits.document_bytes)?;
            zip_from(intake, id, Cursor::new(bytes))
        }
    }
}

fn zip_from<R: Read + Seek>(intake: &mut Intake<'_>, id: &str, mut reader: R) -> Outcome {
    // Before its directory is read, which takes memory for each of them.
    if listed_members(&mut reader)? > intake.limits.members as u64 {
        return Err(ProblemKind::TooManyMembers.into());
    }
    let mut archive = ZipArchive::new(reader).map_err(problem)?;
    // What is damaged in a member is told when that is read.
    if archive.has_overlapping_files().unwrap_or(false) {
        let why = "its members share their content".to_owned();
        return Err(ProblemKind::Damaged("ZIP file", why).into());
    }
    match kind(&mut archive) {
        Kind::Archive => members(intake, id, &mut archive),
        Kind::Word => intake.inside(|intake| office::word(intake, id, &mut archive)),
        Kind::OpenText => intake.inside(|intake| office::open_text(intake, id, &mut archive)),
        Kind::Book => intake.inside(|intake| epub::read(intake, id, &mut archive)),
        Kind::Unread(name) => Err(ProblemKind::Unsupported(name).into()),
    }
}

/// The end of a ZIP file with the numbers of its directory: 22 bytes with a comment of at most
/// 65,535, and before them what archives of more members than that have.
const END_BYTES: u64 = 22 + 65_535 + 20 + 56;

/// How many members a ZIP file says it has; 0 if it does not say it where it should.
fn listed_members(reader: &mut (impl Read + Seek)) -> io::Result<u64> {
    let length = reader.seek(SeekFrom::End(0))?;
    reader.seek(SeekFrom::Start(length.saturating_sub(END_BYTES)))?;
    let mut end = Vec::new();
    reader.take(END_BYTES).read_to_end(&mut end)?;
    let number = |mark: &[u8], at: usize, bytes: usize| {
        let start = at + end.windows(mark.len()).rposition(|window| window == mark)?;
        let number = end.get(start..start + bytes)?.iter().rev();
        Some(number.fold(0, |number, byte| number << 8 | u64::from(*byte)))
    };
    let (small, large) = (number(b"PK\x05\x06", 10, 2), number(b"PK\x06\x06", 32, 8));
    Ok(small.unwrap_or(0).max(large.unwrap_or(0)))
}

/// What a ZIP file is.
enum Kind {
    Archive,
    /// DOCX
    Word,
    /// ODT
    OpenText,
    /// EPUB
    Book,
    /// Something else made of a ZIP file, with its article.
    Unread(&'static str),
}

fn kind<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Kind {
    let has = |name: &str| archive.index_for_name_raw(name.as_bytes()).is_some();
    if has("word/document.xml") {
        return Kind::Word;
    }
    if has("xl/workbook.xml") || has("xl/workbook.bin") {
        return Kind::Unread("a spreadsheet");
    }
    if has("ppt/presentation.xml") {
        return Kind::Unread("a presentation");
    }
    if has("META-INF/container.xml") {
        return Kind::Book;
    }
    let has_content = has("content.xml");
    let mut mimetype = String::new();
    if let Ok(file) = archive.by_name("mimetype") {
        // Too short or not text: then it is no such file.
        let _ = file.take(100).read_to_string(&mut mimetype);
    }
    match mimetype.trim() {
        "application/vnd.oasis.opendocument.text"
        | "application/vnd.oasis.opendocument.text-template" => Kind::OpenText,
        mime if mime.starts_with("application/vnd.oasis.opendocument.") => {
            Kind::Unread("an OpenDocument file other than a text")
        }
        "application/epub+zip" => Kind::Book,
        "" if has_content => Kind::OpenText,
        _ => Kind::Archive,
    }
}

/// Reads the members of an archive whose names say that they can be read; what is hidden is
/// passed over, as in folders.
fn members<R: Read + Seek>(
    intake: &mut Intake<'_>,
    id: &str,
    archive: &mut ZipArchive<R>,
) -> Outcome {
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index_data(index) else { continue };
        let Ok(name) = entry.name() else { continue };
        let name = name.replace('\\', "/");
        let is_hidden = name.split('/').any(|part| part.starts_with('.') && part != "..");
        let is_read = !name.ends_with('/')
            && !is_hidden
            && !name.starts_with("__MACOSX/")
            && Format::is_read(&name);
        if !is_read {
            continue;
        }
        let member = format!("{id}!{name}");
        let budget = intake.budget.clone();
        intake.member(&member, |intake| {
            let inner = archive.by_index(index).map_err(problem)?;
            let mut unpacked = Counted { inner, budget };
            read::content(intake, &member, &name, Input::stream(&mut unpacked)?)
        })?;
    }
    Ok(())
}

/// The bytes of a member of that name, up to the limit for documents; none if there is none.
pub(crate) fn member<R: Read + Seek>(
    intake: &Intake<'_>,
    archive: &mut ZipArchive<R>,
    name: &str,
) -> Result<Option<Vec<u8>>, Stop> {
    let inner = match archive.by_name(name) {
        Ok(inner) => inner,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(problem(error).into()),
    };
    let limit = intake.limits.document_bytes;
    let mut bytes = Vec::new();
    let mut unpacked = Counted { inner, budget: intake.budget.clone() }.take(limit + 1);
    let read = unpacked.read_to_end(&mut bytes);
    read.map_err(|error| ProblemKind::Damaged("ZIP file", error.to_string()))?;
    if bytes.len() as u64 > limit {
        return Err(ProblemKind::TooLarge { bytes: bytes.len() as u64, limit }.into());
    }
    Ok(Some(bytes))
}

fn problem(error: ZipError) -> ProblemKind {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ProblemKind::Encrypted("a ZIP file")
        }
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            ProblemKind::Unsupported("packed in an unusual way")
        }
        other => ProblemKind::Damaged("ZIP file", other.to_string()),
    }
}
