//! PDF: its text, page by page, with lines joined to paragraphs.
//!
//! Runs in a [`crate::worker`] only: the library panics on some files and hangs on others.

use pdf_extract::{Document, Object, OutputError, extract_text_from_mem_by_pages};

use crate::worker::{Extracted, Fault};

/// Reads the text of a PDF.
pub(crate) fn extract(bytes: &[u8]) -> Result<Extracted, Fault> {
    let damaged = |error: OutputError| match error {
        OutputError::PdfError(pdf_extract::Error::Decryption(_)) => Fault::Encrypted,
        other => Fault::Damaged(other.to_string()),
    };
    let pages = extract_text_from_mem_by_pages(bytes).map_err(damaged)?;
    let document = Document::load_mem(bytes).map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(Extracted {
        text: flow(&pages),
        title: property(&document, b"Title").filter(|title| is_title(title)),
        author: property(&document, b"Author"),
        fault: None,
    })
}

/// A field of the properties of a document.
fn property(document: &Document, name: &[u8]) -> Option<String> {
    let info = document.trailer.get(b"Info").ok()?;
    let info = match info {
        Object::Reference(id) => document.get_dictionary(*id).ok()?,
        other => other.as_dict().ok()?,
    };
    let text = pdf_extract::decode_text_string(info.get(name).ok()?).ok()?;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && text.chars().nth(500).is_none()).then_some(text)
}

/// Programs write names of files where nobody gave a title.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file =
        [".doc", ".docx", ".odt", ".indd", ".qxd", ".pdf", ".tex", ".dvi", ".xls", ".ppt"]
            .iter()
            .any(|ending| lower.ends_with(ending));
    !is_file && !lower.starts_with("microsoft ") && lower != "untitled" && lower != "unbenannt"
}

/// Joins the lines of pages to paragraphs: words that were broken at the end of a line become
/// whole, ligatures become letters, numbers of pages go.
pub(crate) fn flow(pages: &[String]) -> String {
    let mut text = String::new();
    // Who writes dashes as hyphens does so within lines, too.
    let has_dashes = pages.iter().flat_map(|page| page.lines()).any(|line| line.contains(" - "));
    for page in pages {
        let mut lines: Vec<String> = page.lines().map(|line| plain(line.trim())).collect();
        for line in lines.iter_mut().filter(|line| !has_dashes && line.ends_with(" -")) {
            // It hangs out of the column, which looks like a blank before it.
            let end = line.trim_end_matches('-').trim_end().len();
            line.replace_range(end.., "-");
        }
        let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
        let last = lines.iter().rposition(|line| !line.is_empty()).unwrap_or(0);
        for (number, line) in lines.iter().enumerate() {
            let is_edge = number == first || number == last;
            if is_edge && is_page_number(line) {
                continue;
            }
            add(&mut text, line);
        }
    }
    text.trim().to_owned()
}

/// Letters that stand for two or three become these; blanks that fill a line become one.
fn plain(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    for char in line.chars() {
        match char {
            ' ' if plain.ends_with(' ') => {}
            'ﬀ' => plain.push_str("ff"),
            'ﬁ' => plain.push_str("fi"),
            'ﬂ' => plain.push_str("fl"),
            'ﬃ' => plain.push_str("ffi"),
            'ﬄ' => plain.push_str("ffl"),
            'ﬅ' | 'ﬆ' => plain.push_str("st"),
            // What is drawn is seen: some fonts call every hyphen a soft one.
            '\u{ad}' => {
                plain.truncate(plain.trim_end().len());
                plain.push('-');
            }
            '\0'..='\u{8}' | '\u{e}'..='\u{1f}' => {}
            other => plain.push(other),
        }
    }
    plain
}

fn is_page_number(line: &str) -> bool {
    let number = line.trim_matches(|char: char| char.is_whitespace() || "-–—|.".contains(char));
    let number = number.strip_prefix("Seite ").unwrap_or(number);
    !number.is_empty() && number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Words behind a hyphen that belongs to a word left out: `Vor- und Nachteile`.
const SUSPENDED: [&str; 7] = ["und", "oder", "bzw", "sowie", "bis", "als", "wie"];

/// Adds a line: to the word before, to the line before, or as a line of its own.
fn add(text: &mut String, line: &str) {
    if line.is_empty() {
        if !text.is_empty() && !text.ends_with("\n\n") && ends_paragraph(text) {
            text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
        }
        return;
    }
    if text.is_empty() || text.ends_with('\n') {
        text.push_str(line);
        return;
    }
    let first = line.split(|char: char| !char.is_alphabetic()).next().unwrap_or_default();
    let is_small = first.starts_with(char::is_lowercase);
    let before = text.strip_suffix(['-', '‐']).map(|before| before.ends_with(char::is_alphabetic));
    match before {
        Some(true) if is_small && !SUSPENDED.contains(&first) => {
            text.pop();
            text.push_str(line);
        }
        // `Russland-` and `Ukraine` are one word with its hyphen.
        Some(true) if !is_small && first.len() > 1 => text.push_str(line),
        _ if goes_on(text, line) => {
            text.push(' ');
            text.push_str(line);
        }
        _ => {
            text.push('\n');
            text.push_str(line);
        }
    }
}

/// Whether a blank line behind the text ends a paragraph: not in the middle of a sentence, as at
/// the end of a page.
fn ends_paragraph(text: &str) -> bool {
    !text.ends_with(['-', ',']) || text.ends_with("--")
}

/// Whether a line goes on with the sentence of the line before: that was long enough to have been
/// broken, and did not end.
fn goes_on(text: &str, line: &str) -> bool {
    let before = text.rsplit('\n').next().unwrap_or_default();
    let is_list = line.starts_with(['•', '–', '-', '*', '▪']);
    before.chars().count() > 40
        && !is_list
        && !(before.ends_with(['.', '!', '?', ':']) && line.chars().count() < 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined() {
        for (page, expected) in [
            ("Die Militär-\ndelegation", "Die Militärdelegation"),
            ("Vor-\nund Nachteile", "Vor-\nund Nachteile"),
            ("Der Russland-\nUkraine-Krieg", "Der Russland-Ukraine-Krieg"),
            (
                "Der Minister reiste am Freitag in die Haupt-\nstadt und traf dort am Abend\nden Präsidenten.",
                "Der Minister reiste am Freitag in die Hauptstadt und traf dort am Abend den Präsidenten.",
            ),
            ("Überschrift\n\nText", "Überschrift\n\nText"),
            ("Kurz\nKurz", "Kurz\nKurz"),
            ("oﬃziell begriﬀen", "offiziell begriffen"),
            ("Die  Militär \u{ad} \ndelegation  kam", "Die Militärdelegation kam"),
            ("Die Militär -\ndelegation kam", "Die Militärdelegation kam"),
            ("Er kam - er sah -\nund ging", "Er kam - er sah -\nund ging"),
            ("Das Erneuerbare\u{ad}Energien\u{ad}Gesetz", "Das Erneuerbare-Energien-Gesetz"),
            ("Seite 3\nText\n12", "Text"),
            ("", ""),
        ] {
            assert_eq!(flow(&[page.to_owned()]), expected);
        }
        assert_eq!(flow(&["Anfang der Dele-".into(), "gation".into()]), "Anfang der Delegation");
    }

    #[test]
    fn broken_files_are_faults() {
        for bytes in [&b""[..], b"%PDF-1.4", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\n"] {
            assert!(matches!(extract(bytes), Err(Fault::Damaged(_))), "{bytes:?}");
        }
    }
}
