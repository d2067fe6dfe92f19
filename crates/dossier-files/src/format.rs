//! Which format a file is in: by its content where that is unmistakable, else by its ending, else
//! by a closer look at its content.

use std::path::Path;

use crate::decode::utf16;
use crate::problem::ProblemKind;

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Plain text.
    Text,
    /// Text with a `# ` heading as its title.
    Markdown,
    /// JSON Lines: a record a line.
    Records,
    /// A saved web page.
    Html,
}

/// First bytes that tell formats which are not read, whatever the file is called. None of them
/// can start a text by chance.
const UNSUPPORTED: [(&[u8], &str); 6] = [
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (or DOCX, ODT, EPUB)"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"{\\rtf", "a document in RTF"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
];

impl Format {
    /// The format of a file or member that starts so and has that name; `None` if nothing tells.
    ///
    /// # Errors
    ///
    /// It is in a format that is not read.
    pub(crate) fn of(head: &[u8], name: &str) -> Result<Option<Format>, ProblemKind> {
        if let Some((_, name)) = UNSUPPORTED.iter().find(|(magic, _)| head.starts_with(magic)) {
            return Err(ProblemKind::Unsupported(name));
        }
        let ending = Format::of_ending(Path::new(name));
        if is_html(head) {
            return Ok(Some(Format::Html));
        }
        Ok(match ending {
            // What some programs call a page is plain text.
            Some(Format::Html) if !head.contains(&b'<') && utf16(head).is_none() => None,
            ending => ending,
        })
    }

    /// The format that a file's ending promises; case does not matter.
    pub(crate) fn of_ending(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?;
        let is = |names: &[&str]| names.iter().any(|name| ending.eq_ignore_ascii_case(name));
        if is(&["txt", "text"]) {
            Some(Format::Text)
        } else if is(&["md", "markdown"]) {
            Some(Format::Markdown)
        } else if is(&["jsonl", "ndjson"]) {
            Some(Format::Records)
        } else if is(&["html", "htm", "xhtml", "shtml"]) {
            Some(Format::Html)
        } else {
            None
        }
    }
}

/// Whether content starts as web pages do, behind a mark, blanks and comments.
fn is_html(head: &[u8]) -> bool {
    let start = lower_start(head);
    let mut start = start.as_str();
    if start.starts_with("<?xml") {
        start = start.split_once("?>").map_or("", |(_, rest)| rest.trim_start());
    }
    while let Some(comment) = start.strip_prefix("<!--") {
        start = comment.split_once("-->").map_or("", |(_, rest)| rest.trim_start());
    }
    start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<head>")
}

/// The first bytes in lower case, without a byte order mark and blanks; other encodings than
/// UTF-16 share the letters of ASCII.
fn lower_start(head: &[u8]) -> String {
    let head = &head[..head.len().min(2048)];
    let text = match utf16(head) {
        Some(encoding) => encoding.decode_with_bom_removal(&head[..head.len() & !1]).0,
        None => String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head)),
    };
    text.trim_start().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings() {
        for (path, format) in [
            ("a.txt", Some(Format::Text)),
            ("a.TXT", Some(Format::Text)),
            ("a.b.text", Some(Format::Text)),
            ("a.md", Some(Format::Markdown)),
            ("a.Markdown", Some(Format::Markdown)),
            ("a.jsonl", Some(Format::Records)),
            ("a.ndjson", Some(Format::Records)),
            ("a.json", None),
            ("a.jsonl.gz", None),
            ("txt", None),
            (".txt", None),
            ("a.txt~", None),
            ("a", None),
        ] {
            assert_eq!(Format::of_ending(Path::new(path)), format, "{path}");
        }
    }
}
