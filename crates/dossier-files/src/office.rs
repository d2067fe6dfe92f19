//! Documents of office programs: DOCX and ODT become text, a paragraph a line.

use std::io::{Read, Seek};

use zip::ZipArchive;

use crate::archive::member;
use crate::document::{Metadata, TextKind, article};
use crate::intake::{Intake, Outcome, Stop};
use crate::problem::ProblemKind;
use crate::xml::{self, Item, value};

/// Reads a DOCX: its paragraphs and tables, without headers and footers.
pub(crate) fn word<R: Read + Seek>(
    intake: &mut Intake<'_>,
    id: &str,
    archive: &mut ZipArchive<R>,
) -> Outcome {
    let document = required(intake, archive, "word/document.xml")?;
    let properties = optional(intake, archive, "docProps/core.xml")?;
    let mut text = Paragraphs::default();
    // Text of fields and deleted text has elements of its own, which are not read.
    let mut is_text = false;
    let read = xml::walk(&document, |item, attributes| match item {
        Item::Start("t") => is_text = true,
        Item::End("t") => is_text = false,
        Item::Start("tab") => text.push("\t"),
        Item::Start("br" | "cr") => text.push("\n"),
        Item::Start("noBreakHyphen") => text.push("-"),
        Item::Start("pStyle") => text.style = value(attributes, "val").map(str::to_lowercase),
        Item::End("p") => text.end(),
        Item::Text(part) if is_text => text.push(&part),
        _ => {}
    });
    give(intake, id, text, properties.as_deref(), "creator", read)
}

/// Reads an ODT: its headings, paragraphs, lists and tables, without comments and what was
/// deleted.
pub(crate) fn open_text<R: Read + Seek>(
    intake: &mut Intake<'_>,
    id: &str,
    archive: &mut ZipArchive<R>,
) -> Outcome {
    if optional(intake, archive, "META-INF/manifest.xml")?
        .is_some_and(|manifest| manifest.contains("encryption-data"))
    {
        return Err(ProblemKind::Encrypted("a document").into());
    }
    let document = required(intake, archive, "content.xml")?;
    let properties = optional(intake, archive, "meta.xml")?;
    let mut text = Paragraphs::default();
    let (mut paragraphs, mut passed_over) = (0usize, 0usize);
    let read = xml::walk(&document, |item, attributes| match item {
        Item::Start("annotation" | "tracked-changes" | "note-citation") => passed_over += 1,
        Item::End("annotation" | "tracked-changes" | "note-citation") => {
            passed_over = passed_over.saturating_sub(1);
        }
        _ if passed_over > 0 => {}
        Item::Start(name @ ("p" | "h")) => {
            paragraphs += 1;
            let style = value(attributes, "style-name").unwrap_or_default().to_lowercase();
            let is_first_level = name == "h" && value(attributes, "outline-level") == Some("1");
            text.style = Some(if is_first_level { "heading1".to_owned() } else { style });
        }
        Item::End("p" | "h") => {
            paragraphs = paragraphs.saturating_sub(1);
            text.end();
        }
        Item::Start("s") => {
            let count = value(attributes, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
            text.push(&" ".repeat(count.min(100)));
        }
        Item::Start("tab") => text.push("\t"),
        Item::Start("line-break") => text.push("\n"),
        Item::Text(part) if paragraphs > 0 => text.push(&part),
        _ => {}
    });
    give(intake, id, text, properties.as_deref(), "initial-creator", read)
}

fn give(
    intake: &mut Intake<'_>,
    id: &str,
    text: Paragraphs,
    properties: Option<&str>,
    creator: &str,
    read: Result<(), ProblemKind>,
) -> Outcome {
    if text.text.trim().is_empty() {
        read?;
        return Err(ProblemKind::Empty.into());
    }
    if let Err(kind) = read {
        intake.notice(&crate::intake::Place::whole(id), kind.text());
    }
    let property = |name: &str| properties.and_then(|xml| xml::first_text(xml, name));
    let metadata = Metadata {
        title: text.title.or_else(|| property("title").filter(|title| !is_file_name(title))),
        author: property(creator).or_else(|| property("creator")),
        language: property("language"),
        ..Metadata::default()
    };
    let path = &intake.file.id;
    intake.give(article(id.to_owned(), path, text.text, metadata, TextKind::Given))
}

/// What programs write as a title when nobody gave one: `Microsoft Word - Bericht.doc`.
fn is_file_name(title: &str) -> bool {
    let lower = title.to_lowercase();
    lower.starts_with("microsoft word")
        || lower.starts_with("dokument")
        || lower.starts_with("unbenannt")
        || [".doc", ".docx", ".odt", ".rtf", ".dotx"].iter().any(|ending| lower.ends_with(ending))
}

/// Text by paragraphs, and the first that is styled as a title or heading.
#[derive(Default)]
struct Paragraphs {
    text: String,
    title: Option<String>,
    style: Option<String>,
    start: usize,
}

impl Paragraphs {
    fn push(&mut self, part: &str) {
        self.text.push_str(part);
    }

    fn end(&mut self) {
        let style = self.style.take().unwrap_or_default();
        let is_title = matches!(
            style.as_str(),
            "title" | "titel" | "heading1" | "berschrift1" | "heading_20_1"
        ) || style.starts_with("überschrift1");
        let paragraph = self.text[self.start..].trim();
        if is_title && self.title.is_none() && !paragraph.is_empty() && paragraph.len() < 500 {
            self.title = Some(paragraph.to_owned());
            // The title is kept apart.
            self.text.truncate(self.start);
        } else if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.start = self.text.len();
    }
}

fn required<R: Read + Seek>(
    intake: &Intake<'_>,
    archive: &mut ZipArchive<R>,
    name: &str,
) -> Result<String, Stop> {
    let missing = || ProblemKind::Damaged("document", format!("{name} is missing"));
    Ok(optional(intake, archive, name)?.ok_or_else(missing)?)
}

/// A member as text; XML in other encodings than UTF-8 and UTF-16 is not used by these formats.
pub(crate) fn optional<R: Read + Seek>(
    intake: &Intake<'_>,
    archive: &mut ZipArchive<R>,
    name: &str,
) -> Result<Option<String>, Stop> {
    let Some(bytes) = member(intake, archive, name)? else { return Ok(None) };
    let damaged = || ProblemKind::Damaged("document", format!("{name} is no text"));
    let decoded = crate::html::decode(bytes, None).ok_or_else(damaged)?;
    Ok(Some(decoded.text))
}
