//! Where German sentences begin and end, well enough to cut passages.

use std::ops::Range;

/// Abbreviations that a full stop belongs to; in lower case, without it.
const ABBREVIATIONS: [&str; 36] = [
    "abs", "art", "bd", "bspw", "bzw", "ca", "dr", "evtl", "frhr", "gen", "ggf", "hl", "hr",
    "hrsg", "inkl", "jh", "jhd", "lt", "max", "mil", "min", "mio", "mrd", "nr", "prof", "rd",
    "sog", "st", "str", "tel", "usf", "usw", "vgl", "vs", "zzgl", "ziff",
];

/// Bytes looked at to each side: whoever writes longer sentences gets them cut.
const FARTHEST: usize = 2_000;

/// The sentence that a range of a text stands in; of several, from the first to the last. Bytes.
/// Line breaks end sentences.
pub(crate) fn sentence_around(text: &str, range: Range<usize>) -> Range<usize> {
    let mut floor = range.start.saturating_sub(FARTHEST);
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let mut ceiling = (range.end + FARTHEST).min(text.len());
    while !text.is_char_boundary(ceiling) {
        ceiling -= 1;
    }
    let mut start = floor;
    for (at, letter) in text[floor..range.start].char_indices().rev() {
        let behind = floor + at + letter.len_utf8();
        if ends_sentence(text, floor + at, letter) {
            start = behind;
            break;
        }
    }
    let mut end = ceiling;
    for (at, letter) in text[range.end..ceiling].char_indices() {
        let at = range.end + at;
        if ends_sentence(text, at, letter) {
            end = if letter == '\n' { at } else { at + letter.len_utf8() };
            break;
        }
    }
    let kept = text[start..end].trim();
    if kept.is_empty() {
        return range;
    }
    let start = kept.as_ptr() as usize - text.as_ptr() as usize;
    start.min(range.start)..(start + kept.len()).max(range.end)
}

/// Whether a sentence ends with the letter at that byte. Closing quotation marks and brackets
/// behind the stop belong to it.
fn ends_sentence(text: &str, at: usize, letter: char) -> bool {
    if letter == '\n' {
        return true;
    }
    let closing = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»' | ')' | ']' | '\'' | '’');
    let (before, behind) = (&text[..at], &text[at + letter.len_utf8()..]);
    // Only the last of stop and closing marks ends the sentence.
    if !behind.starts_with(char::is_whitespace) {
        return behind.is_empty();
    }
    let stopped = before.trim_end_matches(closing);
    let (stop, before) = if closing(letter) {
        match stopped.chars().next_back() {
            Some(stop) => (stop, &stopped[..stopped.len() - stop.len_utf8()]),
            None => return false,
        }
    } else {
        (letter, before)
    };
    match stop {
        '!' | '?' | '…' => true,
        '.' => {
            // "z. B. auch", "am 70. geburtstag": what goes on in lower case is no new sentence.
            if behind.trim_start().starts_with(char::is_lowercase) {
                return false;
            }
            let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            // "70. Jahrestag", "A. Merkel".
            let ordinal =
                !word.is_empty() && word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
            let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
            !(ordinal || initial || ABBREVIATIONS.contains(&&*word.to_lowercase()))
        }
        _ => false,
    }
}
