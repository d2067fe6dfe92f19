//! What made an index and where its current files are: the file with its name in a folder.

use std::path::Path;
use std::{fs, io};

use dossier_german::UserWords;
use serde::{Deserialize, Serialize};

use super::generations::generation_number;
use super::lock::LOCK;
use crate::analysis::Analysis;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::FORMAT;
use crate::storage::write_atomically;

pub(super) const HEADER: &str = "dossier-index.json";

/// What made an index: it must be read by the same.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    format: u32,
    analysis: String,
    /// Words that a user added to the lexicon, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    pub generation: String,
}

impl Header {
    pub fn of(generation: String, analysis: &Analysis) -> Header {
        Header {
            format: FORMAT,
            analysis: dossier_german::version(),
            words: analysis.user_words().iter().map(str::to_owned).collect(),
            generation,
        }
    }

    /// Reads the header of an index; `words` are those it should have been made with.
    pub fn read(folder: &Path, words: Option<&UserWords>) -> Result<Header> {
        let path = folder.join(HEADER);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(source) if source.kind() == io::ErrorKind::NotFound => {
                return Err(match stranger_in(folder) {
                    Some(name) => foreign(folder, format!("it holds '{name}' but no {HEADER}")),
                    None => ErrorKind::NoIndex(folder.to_owned()).into(),
                });
            }
            Err(source) if source.kind() == io::ErrorKind::InvalidData => String::new(),
            Err(source) => return Err(ErrorKind::Io { path, source }.into()),
        };
        let corrupt = |why: &str| ErrorKind::Corrupt {
            path: folder.to_owned(),
            source: None,
            why: format!("{HEADER}: {why}"),
        };
        // The format is read first: another format may have other fields.
        let value: serde_json::Value =
            serde_json::from_str(&text).map_err(|_| corrupt("not readable"))?;
        let format = value.get("format").and_then(serde_json::Value::as_u64);
        let outdated = |why| Error::from(ErrorKind::Outdated { path: folder.to_owned(), why });
        match format {
            None => return Err(corrupt("no format").into()),
            Some(format) if format != u64::from(FORMAT) => {
                return Err(outdated(format!("format {format}, not {FORMAT}")));
            }
            Some(_) => {}
        }
        let header: Header =
            serde_json::from_value(value).map_err(|_| corrupt("fields missing"))?;
        if generation_number(&header.generation).is_none() {
            return Err(corrupt("no generation").into());
        }
        if header.analysis != dossier_german::version() {
            return Err(outdated(format!(
                "analysis {}, not {}",
                header.analysis,
                dossier_german::version()
            )));
        }
        if words.is_some_and(|words| *words != UserWords::new(&header.words)) {
            return Err(outdated("other words were added to the lexicon".to_owned()));
        }
        Ok(header)
    }

    pub fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join(HEADER);
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        write_atomically(&path, text.as_bytes()).map_err(|source| write_error(&path, source))
    }
}

pub(super) fn foreign(folder: &Path, why: String) -> Error {
    ErrorKind::Foreign { path: folder.to_owned(), why }.into()
}

/// The name of something in a folder that no index puts there.
pub(super) fn stranger_in(folder: &Path) -> Option<String> {
    let entries = fs::read_dir(folder).ok()?;
    entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).find(|name| {
        let known = name == HEADER || name == LOCK || name == &format!("{HEADER}.new");
        !known && generation_number(name).is_none()
    })
}

pub(super) fn write_error(path: &Path, source: io::Error) -> Error {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            ErrorKind::ReadOnly { path, source: Some(source) }.into()
        }
        _ => ErrorKind::Io { path, source }.into(),
    }
}
