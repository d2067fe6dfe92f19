//! Which format a file is in: by its content where that is unmistakable, else by its ending, else
//! by a closer look at its content.

use std::path::Path;

use memchr::memmem;

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
    /// CSV or TSV: a record a row.
    Table,
    /// A ZIP archive, or what is made of one: DOCX, ODT, EPUB.
    Zip,
    /// Packed with gzip.
    Gzip,
    /// A mail, or a web page in one file (MHTML).
    Mail,
    /// A mailbox (mbox).
    Mailbox,
    /// RSS or Atom.
    Feed,
    /// WARC.
    WebArchive,
    /// PDF.
    Pdf,
}

/// First bytes that tell formats which are not read, whatever the file is called. None of them
/// can start a text by chance.
const UNSUPPORTED: [(&[u8], &str); 8] = [
    (b"BZh9", "compressed with bzip2"),
    (b"\xfd7zXZ\0", "compressed with xz"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"bplist00", "a property list or Web archive of Safari"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
    (b"{\\rtf", "a document in RTF"),
    (b"\xd0\xcf\x11\xe0", "an old Office document, or one with a password"),
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
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Ok(Some(Format::Zip));
        }
        if head.starts_with(b"\x1f\x8b") {
            return Ok(Some(Format::Gzip));
        }
        // Some programs write a line of their own before it.
        if memmem::find(&head[..head.len().min(1024)], b"%PDF-").is_some()
            && !is_html(&lower_start(head))
        {
            return Ok(Some(Format::Pdf));
        }
        if head.starts_with(b"WARC/") {
            return Ok(Some(Format::WebArchive));
        }
        if head.get(257..262) == Some(b"ustar") {
            return Err(ProblemKind::Unsupported("a TAR archive"));
        }
        let ending = Format::of_ending(Path::new(name));
        // Content would have told these.
        let ending = ending.filter(|ending| {
            !matches!(ending, Format::Zip | Format::Gzip | Format::WebArchive | Format::Pdf)
        });
        let start = if may_be_marked(head) { lower_start(head) } else { String::new() };
        if is_feed(&start) {
            return Ok(Some(Format::Feed));
        }
        if head.starts_with(b"From ")
            && start.split_once('\n').is_some_and(|(_, rest)| is_mail(rest))
        {
            return Ok(Some(Format::Mailbox));
        }
        if is_mail(&start) {
            return Ok(Some(Format::Mail));
        }
        if is_html(&start) {
            return Ok(Some(Format::Html));
        }
        Ok(match ending {
            // What some programs call a page is plain text.
            Some(Format::Html) if !head.contains(&b'<') && utf16(head).is_none() => None,
            ending => ending,
        })
    }

    /// Whether a file of that name is read when it is found in a folder or archive. What is packed
    /// with gzip must be called by what is in it.
    pub(crate) fn is_read(name: &str) -> bool {
        match Format::of_ending(Path::new(name)) {
            Some(Format::Gzip) => {
                let inner = Path::new(name).file_stem().unwrap_or_default();
                !matches!(Format::of_ending(Path::new(inner)), None | Some(Format::Gzip))
            }
            format => format.is_some(),
        }
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
        } else if is(&["csv", "tsv"]) {
            Some(Format::Table)
        } else if is(&["zip", "docx", "odt", "epub"]) {
            Some(Format::Zip)
        } else if is(&["gz"]) {
            Some(Format::Gzip)
        } else if is(&["eml", "mht", "mhtml"]) {
            Some(Format::Mail)
        } else if is(&["mbox"]) {
            Some(Format::Mailbox)
        } else if is(&["rss", "atom"]) {
            Some(Format::Feed)
        } else if is(&["warc"]) {
            Some(Format::WebArchive)
        } else if is(&["pdf"]) {
            Some(Format::Pdf)
        } else {
            None
        }
    }
}

/// Whether content starts as web pages do, behind a mark, blanks and comments.
fn is_html(start: &str) -> bool {
    let mut start = start;
    if start.starts_with("<?xml") {
        start = start.split_once("?>").map_or("", |(_, rest)| rest.trim_start());
    }
    while let Some(comment) = start.strip_prefix("<!--") {
        start = comment.split_once("-->").map_or("", |(_, rest)| rest.trim_start());
    }
    start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<head>")
}

/// Whether content starts as feeds do.
fn is_feed(start: &str) -> bool {
    let mut rest = start;
    while let Some(tag) = rest.find('<').map(|at| &rest[at + 1..]) {
        if ["rss", "feed", "rdf:rdf"].iter().any(|root| {
            tag.strip_prefix(root)
                .is_some_and(|rest| rest.starts_with([' ', '>', '\n', '\r', '\t']))
        }) {
            return start.starts_with('<');
        }
        if !tag.starts_with(['?', '!']) {
            return false;
        }
        rest = tag;
    }
    false
}

/// Whether content starts as mails do: two header lines at least, and one that no text has.
fn is_mail(start: &str) -> bool {
    let (mut known, mut certain) = (0, false);
    for line in start.lines().take(40) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { break };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        {
            break;
        }
        let is_certain = matches!(
            name,
            "message-id"
                | "mime-version"
                | "received"
                | "return-path"
                | "delivered-to"
                | "snapshot-content-location"
        );
        certain |= is_certain;
        known += usize::from(
            is_certain
                || matches!(
                    name,
                    "from" | "to" | "subject" | "date" | "content-type" | "cc" | "reply-to"
                ),
        );
    }
    certain && known >= 2
}

/// Whether content may start as pages, feeds or mails do: no other is looked at closely.
fn may_be_marked(head: &[u8]) -> bool {
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    // Blanks that are not ASCII, or UTF-16.
    let is_ascii = start.first().is_some_and(u8::is_ascii) && !head.contains(&0);
    !is_ascii || start.starts_with(b"<") || start.starts_with(b"From ") || line.contains(&b':')
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
            ("a.jsonl.gz", Some(Format::Gzip)),
            ("a.HTM", Some(Format::Html)),
            ("a.docx", Some(Format::Zip)),
            ("a.tsv", Some(Format::Table)),
            ("txt", None),
            (".txt", None),
            ("a.txt~", None),
            ("a", None),
        ] {
            assert_eq!(Format::of_ending(Path::new(path)), format, "{path}");
        }
        for (name, is_read) in [
            ("a.txt", true),
            ("a.txt.gz", true),
            ("a.gz", false),
            ("a.sql.gz", false),
            ("x/y.ZIP", true),
        ] {
            assert_eq!(Format::is_read(name), is_read, "{name}");
        }
    }
}
