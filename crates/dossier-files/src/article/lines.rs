//! A text as lines, and what tells prose from everything else.

use std::ops::Range;

use memchr::{memchr_iter, memchr3, memmem};

/// A line that is not blank.
#[derive(Clone, Debug)]
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    /// Its bytes in the text, without blanks around it.
    pub(super) range: Range<usize>,
    /// Whether a blank line, or nothing, stands behind it.
    pub(super) ends_block: bool,
    /// Whether it is running text: see [`is_prose`].
    pub(super) is_prose: bool,
}

/// Shorter lines are captions, headings and labels even if they end in a dot.
const PROSE_BYTES: usize = 60;
const PROSE_WORDS: usize = 8;

/// So much of a line tells what it is; one line may be a whole book.
const LOOKED_AT: usize = 2000;

/// The lines of a text that are not blank; none if there are more than `most`, which makes it no
/// article but a book or a table.
pub(super) fn lines(text: &str, most: usize) -> Option<Vec<Line<'_>>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut at = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1).chain([text.len()]);
    for end in ends {
        let line = &text[at..end];
        let bare = line.trim_start_matches(is_blank);
        let trimmed = bare.trim_end_matches(is_blank);
        if trimmed.is_empty() {
            if let Some(last) = lines.last_mut() {
                last.ends_block = true;
            }
        } else {
            if lines.len() == most {
                return None;
            }
            let start = end - bare.len();
            let range = start..start + trimmed.len();
            lines.push(Line { text: trimmed, range, ends_block: false, is_prose: false });
        }
        at = end;
    }
    if let Some(last) = lines.last_mut() {
        last.ends_block = true;
    }
    for index in 0..lines.len() {
        let next = lines.get(index + 1).filter(|_| !lines[index].ends_block).map(|line| line.text);
        lines[index].is_prose = is_prose(lines[index].text, next);
    }
    Some(lines)
}

/// What counts as blank: also the marks that web pages leave behind.
pub(crate) fn is_blank(char: char) -> bool {
    char.is_whitespace()
        || matches!(char, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' | '\u{ad}')
}

/// Whether a line is running text: at least 60 bytes and 8 words, and a sentence that ends in it
/// or goes on, in lower case, on the next line.
fn is_prose(line: &str, next: Option<&str>) -> bool {
    if line.len() < PROSE_BYTES || line.split_whitespace().nth(PROSE_WORDS - 1).is_none() {
        return false;
    }
    let start = start_of(line, LOOKED_AT);
    let goes_on = || next.is_some_and(|next| next.starts_with(char::is_lowercase));
    start.len() < line.len() || ends_at_mark(start) || sentence_end(start, 0).is_some() || goes_on()
}

/// The first bytes of a text, up to a character's end.
pub(super) fn start_of(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The last bytes of a text, from a character's start.
pub(super) fn end_of(text: &str, bytes: usize) -> &str {
    let mut start = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// Marks that may stand behind the dot of a sentence.
pub(super) const CLOSING: [char; 10] = ['"', '“', '”', '»', '«', '‘', '’', '\'', ')', ']'];

/// Where, behind `from`, the first sentence ends: the byte behind its last mark.
///
/// A dot ends one if a blank and no lower-case letter follows, and if no number, single letter or
/// common abbreviation stands before it.
pub(super) fn sentence_end(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(found) = find_mark(&text[at..]) {
        let mark = at + found;
        let length = text[mark..].chars().next().map_or(1, char::len_utf8);
        at = mark + length;
        let rest = text[at..].trim_start_matches(CLOSING);
        let end = text.len() - rest.len();
        let is_end = rest.is_empty()
            || rest.starts_with(char::is_whitespace)
                && !rest.trim_start().starts_with(char::is_lowercase);
        let is_dot = text[mark..].starts_with('.');
        if is_end && !(is_dot && ends_in_abbreviation(&text[from..mark])) {
            return Some(end);
        }
    }
    None
}

/// Whether a sentence ends with the last character: most running text does.
fn ends_at_mark(text: &str) -> bool {
    text.ends_with(['!', '?'])
        || text.strip_suffix('.').is_some_and(|before| !ends_in_abbreviation(before))
}

/// The first byte of the first mark that may end a sentence.
fn find_mark(text: &str) -> Option<usize> {
    let mark = memchr3(b'.', b'!', b'?', text.as_bytes());
    let before = &text.as_bytes()[..mark.unwrap_or(text.len())];
    memmem::find(before, "…".as_bytes()).or(mark)
}

const ABBREVIATIONS: [&str; 24] = [
    "Dr", "Prof", "Hr", "Fr", "Nr", "Mio", "Mrd", "ca", "bzw", "usw", "etc", "St", "Jan", "Feb",
    "Aug", "Sept", "Okt", "Nov", "Dez", "vgl", "Abs", "Art", "Tel", "Min",
];

fn ends_in_abbreviation(text: &str) -> bool {
    let word = text.rsplit(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
    let is_short = word.chars().nth(1).is_none();
    let is_number = word.len() < 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_short || is_number || ABBREVIATIONS.contains(&word)
}

/// Whether a sentence ends where this text ends.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end().trim_end_matches(CLOSING).ends_with(['.', '!', '?', '…', ':'])
}

/// A line in lower case, with single blanks, without the marks of lists around it.
pub(super) fn normal(line: &str) -> String {
    let line = bare_start(line).trim_end_matches(is_list_mark);
    let mut normal = String::with_capacity(line.len());
    for word in line.split(is_blank).filter(|word| !word.is_empty()) {
        if !normal.is_empty() {
            normal.push(' ');
        }
        match word.is_ascii() {
            true => normal.extend(word.chars().map(|char| char.to_ascii_lowercase())),
            false => normal.push_str(&word.to_lowercase()),
        }
    }
    normal
}

/// A line without the marks of lists before it.
pub(super) fn bare_start(line: &str) -> &str {
    // A `*` behind a word marks the fields of a form.
    line.trim_start_matches(is_list_mark).trim_start_matches(['*', '#', ' '])
}

fn is_list_mark(char: char) -> bool {
    is_blank(char)
        || matches!(char, '•' | '·' | '|' | '>' | '›' | '»' | '→' | '↗' | '-' | '–' | '—' | '✉')
}

/// Only what makes a line's words: lower case, no marks, `ä` as `ae`, `ß` as `ss`.
pub(super) fn folded(line: &str) -> impl Iterator<Item = char> + '_ {
    line.chars().flat_map(char::to_lowercase).flat_map(|char| {
        let [first, second] = match char {
            'ä' => [Some('a'), Some('e')],
            'ö' => [Some('o'), Some('e')],
            'ü' => [Some('u'), Some('e')],
            'ß' => [Some('s'), Some('s')],
            char => [Some(char).filter(|char| char.is_alphanumeric()), None],
        };
        first.into_iter().chain(second)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_ends() {
        for (text, ends) in [
            ("Er kam. Sie ging.", vec![7, 17]),
            ("Er kam am 21. November 2024 an.", vec![31]),
            ("Dr. Kim sagte: „Nein.“ Dann ging er", vec![26]),
            ("Das 2,5 Mio. Euro teure Haus", vec![]),
            ("Wirklich?! Ja!", vec![11, 15]),
            ("z. B. Kim. Und", vec![10]),
            ("Er kam (spät.) Dann", vec![14]),
            ("www.example.org", vec![]),
            ("", vec![]),
        ] {
            let mut found = Vec::new();
            let mut at = 0;
            while let Some(end) = sentence_end(text, at) {
                found.push(end);
                at = end;
            }
            // Ellipses and quotation marks take three bytes each.
            let ends: Vec<usize> = ends;
            assert_eq!(found.len(), ends.len(), "{text}: {found:?}");
        }
    }

    #[test]
    fn prose() {
        let sentence =
            "Der Minister reiste am Freitag in die Hauptstadt und traf dort den Präsidenten.";
        assert!(is_prose(sentence, None));
        let cut = sentence.trim_end_matches('.');
        assert!(!is_prose(cut, None));
        assert!(is_prose(cut, Some("und seine Frau.")));
        assert!(!is_prose(cut, Some("Politik")));
        assert!(!is_prose("Er kam am Freitag an.", None));
        assert!(!is_prose(
            "https://www.example.org/2024/11/21/kim-empfaengt-den-minister-in.html",
            None
        ));
    }
}
