//! Cuts a text into words: UAX #29 with what German needs.
//!
//! A word is a run of letters and digits. Beyond the letters, inside a word only:
//!
//! - apostrophes between letters: O'Neill, geht’s
//! - `.` and `,` between digits: 3.500,75; `.` between single letters: z.B, U.S.A
//! - `_` between letters or digits; `:` and `*` before the endings `in` and `innen`
//! - soft hyphens, joiners and combining marks
//!
//! A word cut at the end of a line (`Verteidigungs-` newline `minister`) is one word. Hyphenated
//! words come as a whole and in parts. Where the last part of a compound is left out before und,
//! oder and the like (Militär- und Energieinfrastruktur), the completed word comes as well. Scripts without spaces between words are left
//! to the `unicode-segmentation` crate.

mod sought;

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::compounds::last_part;
use crate::fold::is_invisible;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// The word as it stands in the text: borrowed, and then exactly `range` of it, line break and
    /// hyphen of a word cut at the end of a line included. Owned only for
    /// [`WordKind::Completed`], which does not stand there as such.
    pub text: Cow<'t, str>,
    /// Where it stands: bytes in the text given to [`words`].
    pub range: Range<usize>,
    /// Counts words from 0; never decreases, and neither does `range.start`.
    pub position: u32,
    /// Whether the word is hyphenated, a part of such a word, or neither.
    pub kind: WordKind,
}

/// What a word is to its hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordKind {
    /// A word without hyphens.
    Simple,
    /// A hyphenated word as a whole; stands at the position of its first part.
    Whole,
    /// A part of a hyphenated word.
    Part,
    /// A word completed from what follows: Militärinfrastruktur where the text has Militär- und
    /// Energieinfrastruktur. Stands at the position, and has the range, of what is written of it.
    Completed,
}

/// Iterator over the words of a text; see [`words`].
#[derive(Clone, Debug)]
pub struct Words<'t> {
    text: &'t str,
    /// Where to look for the next word, in bytes.
    at: usize,
    position: u32,
    /// The end of the hyphenated word whose parts are being given; 0 outside of one.
    hyphenated_end: usize,
    /// The completed form of the word given last.
    completed: Option<Word<'t>>,
}

/// Cuts a text into its words, in order.
///
/// A hyphenated word comes first as a whole, at the position of its first part, then part by part,
/// so that the phrase Kim Jong Un meets Kim Jong-un. Works on any text; nothing is allocated for
/// ordinary words; linear time.
///
/// ```
/// use dossier_german::words;
///
/// let found: Vec<_> = words("Kim Jong-un").map(|w| (w.text, w.range, w.position)).collect();
/// assert_eq!(
///     found,
///     [
///         ("Kim".into(), 0..3, 0),
///         ("Jong-un".into(), 4..11, 1),
///         ("Jong".into(), 4..8, 1),
///         ("un".into(), 9..11, 2),
///     ]
/// );
/// ```
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0, position: 0, hyphenated_end: 0, completed: None }
}

impl<'t> Iterator for Words<'t> {
    type Item = Word<'t>;

    fn next(&mut self) -> Option<Word<'t>> {
        if let Some(completed) = self.completed.take() {
            return Some(completed);
        }
        let range = next_word(self.text, self.at)?;
        if range.start < self.hyphenated_end {
            self.at = range.end;
            return Some(self.counted(range, WordKind::Part));
        }
        let hyphen = stands_before_hyphen(self.text, range.end);
        let end = if hyphen { end_of_hyphenated(self.text, range.end) } else { range.end };
        if end > range.end {
            // The parts follow: `at` moves to the first of them, and the position stays.
            self.at = range.start;
            self.hyphenated_end = end;
            let range = range.start..end;
            let text = Cow::Borrowed(&self.text[range.clone()]);
            return Some(Word { text, range, position: self.position, kind: WordKind::Whole });
        }
        self.at = range.end;
        if !hyphen {
            return Some(self.counted(range, WordKind::Simple));
        }
        if let Some(text) = completed(self.text, &range) {
            let (range, position) = (range.clone(), self.position);
            let kind = WordKind::Completed;
            self.completed = Some(Word { text: Cow::Owned(text), range, position, kind });
        }
        Some(self.counted(range, WordKind::Simple))
    }
}

impl<'t> Words<'t> {
    /// Gives the word at `range` and moves on by one position.
    fn counted(&mut self, range: Range<usize>, kind: WordKind) -> Word<'t> {
        let position = self.position;
        // Texts are far shorter than 2^32 words; saturating keeps positions from decreasing.
        self.position = self.position.saturating_add(1);
        Word { text: Cow::Borrowed(&self.text[range.clone()]), range, position, kind }
    }
}

/// Whether a hyphen may stand at byte `at`: most words are told here to have none.
fn stands_before_hyphen(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(|byte| *byte == b'-' || !byte.is_ascii())
}

/// Finds the next word that starts at or after `from`, without regard to hyphens.
fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = from;
    while let Some(&byte) = bytes.get(start) {
        if byte.is_ascii() {
            if byte.is_ascii_alphanumeric() {
                return Some(start..end_of_word(text, start));
            }
            start += 1;
            continue;
        }
        let c = char_at(text, start)?;
        if c.is_alphanumeric() {
            return Some(start..end_of_word(text, start));
        }
        start += c.len_utf8();
    }
    None
}

/// Finds the end of the word that starts with the letter or digit at `start`.
fn end_of_word(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    while let Some(&byte) = bytes.get(end) {
        if byte.is_ascii_alphanumeric() {
            end += 1;
        } else if byte.is_ascii() {
            if !matches!(byte, b'\'' | b',' | b'.' | b'_' | b':' | b'*' | b'-') {
                break;
            }
            let next = end_of_inner_mark(text, start, end);
            match next.or_else(|| start_of_next_line(text, start, end)) {
                Some(next) => end = next,
                None => break,
            }
        } else {
            let Some(c) = char_at(text, end) else { break };
            // Most of them are ä, ö, ü and ß.
            if matches!(c, 'À'..='ɏ') && !matches!(c, '×' | '÷') {
                end += c.len_utf8();
            } else if c == '’' {
                match end_of_inner_mark(text, start, end) {
                    Some(next) => end = next,
                    None => break,
                }
            } else if is_alphabet(c) || is_combining_mark(c) || is_invisible(c) {
                end += c.len_utf8();
            } else if end == start {
                // A script whose words this scanner does not know.
                let segment = text[start..].split_word_bounds().next().unwrap_or_default();
                return start + segment.len().max(c.len_utf8());
            } else {
                break;
            }
        }
    }
    end
}

/// Says where a word goes on after the mark at `at` (apostrophe, dot, comma, underscore, colon,
/// star), or that it ends there.
fn end_of_inner_mark(text: &str, start: usize, at: usize) -> Option<usize> {
    let mark = char_at(text, at)?;
    let after = at + mark.len_utf8();
    let next = char_at(text, after)?;
    let before = text[start..at].chars().next_back()?;
    let joins = match mark {
        '\'' | '’' => before.is_alphabetic() && next.is_alphabetic() && is_alphabet(next),
        ',' => before.is_ascii_digit() && next.is_ascii_digit(),
        '.' if before.is_ascii_digit() => next.is_ascii_digit(),
        '.' => is_single_letter(text, start, at, after),
        '_' => next.is_alphanumeric() && is_alphabet(next),
        ':' | '*' => before.is_lowercase() && is_feminine_ending(&text[after..]),
        _ => false,
    };
    joins.then_some(after)
}

/// Says where a word goes on that is cut at the end of a line: after a hyphen at `at`, blanks, one
/// line break and blanks. The next line must go on in lower case, and not with und or oder.
fn start_of_next_line(text: &str, start: usize, at: usize) -> Option<usize> {
    let rest = text.get(at..)?.strip_prefix('-')?;
    let blank = |c| matches!(c, ' ' | '\t' | '\r');
    let line = rest.trim_start_matches(blank).strip_prefix('\n')?.trim_start_matches(blank);
    let before = text[start..at].chars().next_back()?;
    let next = line.chars().next()?;
    let word = line.split(|c: char| !c.is_alphanumeric()).next()?;
    let goes_on = before.is_lowercase() && next.is_lowercase() && !is_conjunction(word);
    goes_on.then(|| text.len() - line.len())
}

/// Says whether a word stands between two compounds that share their last part.
fn is_conjunction(word: &str) -> bool {
    matches!(
        word,
        "und"
            | "oder"
            | "bzw"
            | "beziehungsweise"
            | "sowie"
            | "wie"
            | "noch"
            | "als"
            | "bis"
            | "statt"
            | "u"
    )
}

/// Completes a word whose last part is left out: Militär- in Militär- und Energieinfrastruktur.
fn completed(text: &str, range: &Range<usize>) -> Option<String> {
    let rest = text[range.end..].strip_prefix(['-', '‐', '‑'])?;
    let rest = rest.strip_prefix([',', ' ', '\n'])?;
    let mut at = text.len() - rest.len();
    // Luft-, Land- und Seestreitkräfte: other words without their last part may stand between.
    for _ in 0..WORDS_BETWEEN {
        let next = next_word(text, at)?;
        let gap = &text[at..next.start];
        if !gap.chars().all(|c| c.is_whitespace() || c == ',') {
            return None;
        }
        let word = &text[next.clone()];
        at = next.end;
        if let Some(rest) = text[at..].strip_prefix('-')
            && rest.starts_with([' ', ',', '\n'])
        {
            at += 1;
        } else if !is_conjunction(word) {
            return complete(&text[range.clone()], word);
        }
    }
    None
}

/// Words that may stand between a word without its last part and the word that has it.
const WORDS_BETWEEN: usize = 6;

/// Joins the beginning of a compound with the last part of another.
fn complete(beginning: &str, whole: &str) -> Option<String> {
    let last = last_part(whole)?;
    Some(format!("{beginning}{}", last.to_lowercase()))
}

/// Says whether the dot before `after` stands between two single letters, as in z.B and U.S.A.
fn is_single_letter(text: &str, start: usize, dot: usize, after: usize) -> bool {
    let mut before = text[start..dot].chars().rev();
    let mut behind = text[after..].chars();
    before.next().is_some_and(char::is_alphabetic)
        && before.next().is_none_or(|c| c == '.')
        && behind.next().is_some_and(|c| c.is_alphabetic() && is_alphabet(c))
        && behind.next().is_none_or(|c| !c.is_alphanumeric())
}

/// Says whether a text goes on with the ending of Bürger:innen or Bürger*in.
fn is_feminine_ending(text: &str) -> bool {
    let rest = text.strip_prefix("innen").or_else(|| text.strip_prefix("in"));
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Finds the end of the hyphenated word whose first part ends at `end`; `end` itself if none.
fn end_of_hyphenated(text: &str, mut end: usize) -> usize {
    loop {
        let Some(hyphen) = char_at(text, end).filter(|c| matches!(c, '-' | '‐' | '‑')) else {
            return end;
        };
        let next = end + hyphen.len_utf8();
        match char_at(text, next) {
            Some(c) if c.is_alphanumeric() => end = end_of_word(text, next),
            _ => return end,
        }
    }
}

/// Says whether a character belongs to an alphabet written with spaces between words: Latin,
/// Greek, Cyrillic, Armenian, Hebrew, Arabic and their digits.
fn is_alphabet(c: char) -> bool {
    c.is_alphanumeric() && matches!(c, '\0'..='\u{6ff}' | '\u{1e00}'..='\u{1fff}' | 'ﬀ'..='ﬆ')
}

/// Gives the character that starts at byte `at`.
fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::LetterSet;

    /// Compares the words of a text, as `text@position`, wholes in brackets.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found: Vec<_> = words(text)
            .map(|word| match word.kind {
                WordKind::Whole => format!("[{}]@{}", word.text, word.position),
                _ => format!("{}@{}", word.text, word.position),
            })
            .collect();
        assert_eq!(found.join(" "), expected);
        check_laws(text);
    }

    fn check_laws(text: &str) {
        let mut last = (0, 0);
        for word in words(text) {
            if word.kind != WordKind::Completed {
                assert_eq!(word.text, text[word.range.clone()]);
            }
            assert!(word.text.chars().any(char::is_alphanumeric), "{text:?}: {word:?}");
            assert!((word.position, word.range.start) >= last, "{text:?}: {word:?} goes back");
            last = (word.position, word.range.start);
        }
        // Every letter and digit belongs to some word.
        let covered: Vec<_> = words(text).map(|word| word.range).collect();
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            assert!(covered.iter().any(|range| range.contains(&at)), "{text:?}: {c:?} is lost");
        }
    }

    #[test]
    fn words_of_german_text() {
        check("Der Minister, sagte er.", "Der@0 Minister@1 sagte@2 er@3");
        check("Kim Jong-un kam", "Kim@0 [Jong-un]@1 Jong@1 un@2 kam@3");
        check(
            "Russland-Nordkorea-Militärpakt!",
            "[Russland-Nordkorea-Militärpakt]@0 Russland@0 Nordkorea@1 Militärpakt@2",
        );
        check("O'Neill O’Neill 'Zitat'", "O'Neill@0 O’Neill@1 Zitat@2");
        check("3.500,75 Euro am 24.2.2022.", "3.500,75@0 Euro@1 am@2 24.2.2022@3");
        check("z.B. U.S.A. gesagt.Der", "z.B@0 U.S.A@1 gesagt@2 Der@3");
        check("a.b@c-d.de", "a.b@0 [c-d]@1 c@1 d@2 de@3");
        check("_kursiv_ und snake_case", "kursiv@0 und@1 snake_case@2");
        check("Bürger:innen, Leser*in; Punkt:Frage", "Bürger:innen@0 Leser*in@1 Punkt@2 Frage@3");
        check("Berlin–Moskau - ja -nein- ", "Berlin@0 Moskau@1 ja@2 nein@3");
        check("Straf\u{ad}recht", "Straf\u{ad}recht@0");
    }

    #[test]
    fn words_cut_at_the_end_of_a_line_are_one() {
        check("Der Verteidigungs-\nminister kam", "Der@0 Verteidigungs-\nminister@1 kam@2");
        check("Verteidi- \r\n  gung", "Verteidi- \r\n  gung@0");
        check("Russland-\nNordkorea", "Russland@0 Nordkorea@1");
        check("Verteidi-\n\ngung", "Verteidi@0 gung@1");
    }

    #[cfg(feature = "lexicon")]
    #[test]
    fn words_without_their_last_part_are_completed() {
        check(
            "Militär- und Energieinfrastruktur",
            "Militär@0 Militärinfrastruktur@0 und@1 Energieinfrastruktur@2",
        );
        check(
            "Luft-, Land- oder\nSeestreitkräfte",
            "Luft@0 Luftstreitkräfte@0 Land@1 Landstreitkräfte@1 oder@2 Seestreitkräfte@3",
        );
        check("Militär-\nund Staatschef", "Militär@0 Militärchef@0 und@1 Staatschef@2");
        check("ein- und aussteigen", "ein@0 und@1 aussteigen@2");
    }

    #[test]
    fn any_text_is_safe() {
        check("", "");
        check("\u{301}\u{301} 😀 \0", "");
        check("Ga\u{308}ste\0a", "Ga\u{308}ste@0 a@1");
        check("北京 서울시", "北@0 京@1 서울시@2");
        check("Привет, мир", "Привет@0 мир@1");
        check("--a--", "a@0");
        check("a-", "a@0");
    }

    #[test]
    fn long_texts_take_linear_time() {
        for piece in ["a", "a-", "a.", "北", "'", "a'", "\u{301}", "-"] {
            assert!(words(&piece.repeat(100_000)).count() <= 200_001);
        }
    }

    /// The words found by their letters are those that are found by looking at each.
    fn check_sought(text: &str, folded: &[&str]) {
        let sought: Vec<_> = folded.iter().map(|word| LetterSet::of_folded(word)).collect();
        let is_sought = |word: &Word<'_>| LetterSet::of(&word.text).may_fold_to_any(&sought);
        let mut left = words(text);
        let found = std::iter::from_fn(|| left.next_of_letters(&sought));
        assert!(found.eq(words(text).filter(is_sought)), "{text:?}: {folded:?}");
    }

    #[test]
    fn words_are_found_by_their_letters() {
        let text = "Der Minister-\nPräsident, O'Neill (Ende) sagte: „Ga\u{308}ste!“ z.B. am 3.5. \
                    ÄÖÜß § 3 Abs. 1, ‚so‘ – »das.« Militär- und Energieinfrastruktur.Der Kim Jong-un, a×b é北京 Straf\u{ad}recht";
        for folded in [&["der"][..], &["e", "0"], &["z"], &["kim", "un"], &["дом"], &[]] {
            check_sought(text, folded);
        }
    }

    proptest! {
        #[test]
        fn what_is_sought_is_found_in_any_text(text in "\\PC{0,30}", folded in "[a-z0-9]{1,2}") {
            check_sought(&text, &[&folded, "n"]);
        }

        #[test]
        fn so_it_is_among_marks(
            text in "[a-cÄß1'’.,_:*\u{ad}\u{308}\u{2011} in北ก×§“»\n-]{0,24}",
            folded in "[a-cin1]{1,2}",
        ) {
            check_sought(&text, &[&folded]);
        }

        #[test]
        fn laws_hold_for_any_text(text in "\\PC{0,30}") {
            check_laws(&text);
        }

        #[test]
        fn laws_hold_for_marks_and_letters(text in "[a-cÄß1'’.,_:*\u{ad}\u{308}\u{2011} in北ก\n-]{0,24}") {
            check_laws(&text);
        }
    }
}
