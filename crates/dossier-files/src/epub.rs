//! Books: each chapter of an EPUB is an article.

use std::collections::HashMap;
use std::io::{Read, Seek};

use zip::ZipArchive;

use crate::document::{Metadata, TextKind, article};
use crate::html;
use crate::intake::{Intake, Outcome};
use crate::office::optional;
use crate::problem::ProblemKind;
use crate::xml::{self, Item, value};

/// What the package file of a book tells.
#[derive(Default)]
struct Package {
    /// Title, author, publisher, day, language.
    metadata: HashMap<String, String>,
    /// The files by their names in the package.
    files: HashMap<String, String>,
    /// The names of the chapters, in order.
    spine: Vec<String>,
}

/// Reads the chapters of a book, in order.
pub(crate) fn read<R: Read + Seek>(
    intake: &mut Intake<'_>,
    id: &str,
    archive: &mut ZipArchive<R>,
) -> Outcome {
    if optional(intake, archive, "META-INF/encryption.xml")?
        .is_some_and(|encryption| encryption.contains("EncryptedKey"))
    {
        return Err(ProblemKind::Encrypted("a book").into());
    }
    let missing = |what: &str| ProblemKind::Damaged("book", format!("{what} is missing"));
    let container = optional(intake, archive, "META-INF/container.xml")?
        .ok_or_else(|| missing("META-INF/container.xml"))?;
    let root = root(&container).ok_or_else(|| missing("the name of its package"))?;
    let package = optional(intake, archive, &root)?.ok_or_else(|| missing(&root))?;
    let package = parse(&package)?;
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    for name in &package.spine {
        let Some(file) = package.files.get(name) else { continue };
        let path = resolved(folder, file);
        let member = format!("{id}!{path}");
        intake.member(&member, |intake| {
            let chapter = optional(intake, archive, &path)?.ok_or_else(|| missing(&path))?;
            let page = html::content(&chapter)?;
            // Covers and empty pages are no chapters.
            if page.text.trim().is_empty() {
                return Ok(());
            }
            let field = |name: &str| package.metadata.get(name).cloned();
            let metadata = Metadata {
                title: page.metadata.title.or_else(|| field("title")),
                author: field("creator"),
                outlet: field("publisher"),
                date: field("date"),
                language: field("language").or(page.metadata.language),
                address: None,
            };
            let path = &intake.file.id;
            intake.give(article(member.clone(), path, page.text, metadata, TextKind::Given))
        })?;
    }
    Ok(())
}

fn root(container: &str) -> Option<String> {
    let mut found = None;
    xml::walk(container, |item, attributes| {
        if item == Item::Start("rootfile") && found.is_none() {
            found = value(attributes, "full-path").map(str::to_owned);
        }
    })
    .ok()?;
    found
}

fn parse(package: &str) -> Result<Package, ProblemKind> {
    let mut found = Package::default();
    let mut field: Option<String> = None;
    xml::walk(package, |item, attributes| match item {
        Item::Start(name @ ("title" | "creator" | "publisher" | "date" | "language")) => {
            field = (!found.metadata.contains_key(name)).then(|| name.to_owned());
        }
        Item::End("title" | "creator" | "publisher" | "date" | "language") => field = None,
        Item::Text(text) => {
            if let Some(field) = &field {
                found.metadata.entry(field.clone()).or_default().push_str(&text);
            }
        }
        Item::Start("item") => {
            if let (Some(id), Some(file)) = (value(attributes, "id"), value(attributes, "href")) {
                found.files.insert(id.to_owned(), file.to_owned());
            }
        }
        Item::Start("itemref") => found.spine.extend(value(attributes, "idref").map(str::to_owned)),
        _ => {}
    })?;
    Ok(found)
}

/// A path in a book, relative to the folder of the package; percent-encoded as addresses are.
fn resolved(folder: &str, file: &str) -> String {
    let file = file.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in file.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    percent_decoded(&parts.join("/"))
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).and_then(|digits| str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (folder, file, path) in [
            ("OEBPS", "text/a.xhtml", "OEBPS/text/a.xhtml"),
            ("OEBPS/x", "../a%20b.xhtml#c", "OEBPS/a b.xhtml"),
            ("", "a.xhtml", "a.xhtml"),
            ("", "../../etc/passwd", "etc/passwd"),
            ("", "100%.html", "100%.html"),
        ] {
            assert_eq!(resolved(folder, file), path);
        }
    }
}
