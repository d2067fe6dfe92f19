//! Files that were moved: what was read of them under their old name is true under the new one, but
//! for what the name itself tells.

use std::path::Path;

use dossier_engine::Document;

use crate::format::Format;
use crate::source;

/// Whether a file of one id holds the same articles when it is called by the other: ending and
/// folder tell the same of it.
///
/// ```
/// use dossier_files::reads_alike;
/// assert!(reads_alike("a.txt", "archiv/2024/b.txt"));
/// assert!(!reads_alike("a.txt", "a.md"));
/// assert!(!reads_alike("a.txt", "zeit.de/a.txt"));
/// ```
pub fn reads_alike(from: &str, to: &str) -> bool {
    let endings = |id: &str| {
        let last = Format::of_ending(Path::new(id));
        let inner = Path::new(id).file_stem().map(Path::new).and_then(Format::of_ending);
        (last, inner.filter(|_| last == Some(Format::Gzip)))
    };
    endings(from) == endings(to) && source::of_folder(from) == source::of_folder(to)
}

/// A document of a file that was moved, as reading the file under its new id would give it. Ids
/// that records brought with them stay.
pub fn moved(mut document: Document, from: &str, to: &str) -> Document {
    if let Some(rest) = document.id.strip_prefix(from)
        && (rest.is_empty() || rest.starts_with(['!', '#']))
    {
        document.id = format!("{to}{rest}");
    }
    document.path = Some(to.to_owned());
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_format_and_the_source() {
        for (from, to, expected) in [
            ("a.txt", "b/c.text", true),
            ("a.jsonl.gz", "b.jsonl.gz", true),
            ("a.jsonl.gz", "a.csv.gz", false),
            ("a.html", "a.txt", false),
            ("zeit.de/a.txt", "alt/zeit.de/a.txt", true),
            ("zeit.de/a.txt", "orf.at/a.txt", false),
        ] {
            assert_eq!(reads_alike(from, to), expected, "{from} {to}");
        }
    }

    #[test]
    fn ids_follow_their_file() {
        for (id, expected) in [
            ("a.zip", "neu/b.zip"),
            ("a.zip!c.txt", "neu/b.zip!c.txt"),
            ("a.zip#3", "neu/b.zip#3"),
            ("a.zip2", "a.zip2"),
            ("17", "17"),
        ] {
            let document =
                Document { id: id.into(), path: Some("a.zip".into()), ..Document::default() };
            let moved = moved(document, "a.zip", "neu/b.zip");
            assert_eq!((&*moved.id, moved.path.as_deref()), (expected, Some("neu/b.zip")));
        }
    }
}
