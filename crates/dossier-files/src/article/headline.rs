//! The headline among the first lines, and the lines that repeat it.
//!
//! A wrong headline does more harm than none (without one, the first words are displayed).

use super::lines::{Line, folded};
use super::shapes;

/// A headline is at most this long, in characters. Newspapers' longest have some 150; what is
/// longer is a first paragraph.
const HEADLINE_CHARS: usize = 200;

/// Lines above a headline that may be passed over because they say what it is about
/// (`Ukraine-Krieg`), in words.
const KICKER_WORDS: usize = 3;

/// A headline without a blank line behind it must be followed by a paragraph in one line, which
/// no text has whose lines were broken to fit a page.
const PARAGRAPH_BYTES: usize = 120;

/// Repeated lines must be that long: short ones repeat by chance.
const TWIN_BYTES: usize = 12;

/// Whether a line reads like a headline: at most 200 characters, at least two words, no sentence
/// mark at its end but `?` and `!` (closing quotes are fine).
fn reads_like_one(line: &str) -> bool {
    let words = line.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    line.chars().nth(HEADLINE_CHARS).is_none()
        && words.count() >= 2
        && !line.ends_with(['.', ':', ',', ';', '…'])
}

/// The line that is the headline, by its index. `is_passed` tells the lines that are noise.
///
/// The first line that is not passed over must be it, or stand below short lines that name the
/// topic. More text must follow behind a blank line, or a paragraph in one line.
pub(super) fn headline(lines: &[Line<'_>], is_passed: impl Fn(usize) -> bool) -> Option<usize> {
    let mut kickers = 0;
    for (index, line) in lines.iter().enumerate() {
        if is_passed(index) {
            continue;
        }
        let next = lines[index + 1..].iter().find(|line| !line.text.is_empty())?;
        let is_set_off = line.ends_block
            || next.is_prose
                && next.text.len() > PARAGRAPH_BYTES
                && line.text.len() <= PARAGRAPH_BYTES;
        if reads_like_one(line.text) && is_set_off && !line.is_prose {
            return Some(index);
        }
        let is_kicker = line.text.split_whitespace().count() <= KICKER_WORDS
            && !line.text.ends_with(['.', ',', ';', '…', '!', '?'])
            && line.text.contains(char::is_alphabetic);
        kickers += 1;
        if !is_kicker || kickers > 2 {
            return None;
        }
    }
    None
}

/// Which of the lines that say the same is the headline, and which are its twins.
///
/// Of lines that differ only in marks and umlauts (`Militärdelegation`, `Militaerdelegation`) the
/// one with umlauts is it, else the first. A line of bread crumbs or the title of a page (`Home
/// Nachricht Kim empfängt …`, `Kim empfängt … | Zeitung`) gives way to the line it repeats.
pub(super) fn with_twins(lines: &[Line<'_>], found: usize) -> (usize, Vec<usize>) {
    let shortest = (found + 1..lines.len())
        .filter(|index| {
            !lines[*index].is_prose && contains_headline(lines[found].text, lines[*index].text)
        })
        .min_by_key(|index| lines[*index].text.len());
    let found = shortest.unwrap_or(found);
    let headline = lines[found].text;
    let is_equal = |index: usize| folded(lines[index].text).eq(folded(headline));
    let is_long = folded(headline).map(char::len_utf8).sum::<usize>() >= TWIN_BYTES;
    let mut same: Vec<usize> = (0..lines.len())
        .filter(|index| {
            *index == found
                || is_long && is_equal(*index)
                || contains_headline(lines[*index].text, lines[found].text)
        })
        .collect();
    let umlauts = |index: usize| lines[index].text.chars().filter(|char| !char.is_ascii()).count();
    let best = same
        .iter()
        .copied()
        .filter(|index| is_equal(*index))
        .max_by_key(|index| (umlauts(*index), std::cmp::Reverse(*index)))
        .unwrap_or(found);
    same.retain(|index| *index != best);
    (best, same)
}

/// Whether two titles differ only in marks, case and umlauts, or in the site's name.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    folded(one).eq(folded(other)) || contains_headline(one, other) || contains_headline(other, one)
}

/// Whether a line is the headline with bread crumbs before it, or the site's name behind it.
fn contains_headline(line: &str, headline: &str) -> bool {
    if headline.len() < TWIN_BYTES
        || line.len() <= headline.len()
        || line.len() > 2 * headline.len() + 80
    {
        return false;
    }
    let is_crumbs = line.strip_suffix(headline).is_some_and(shapes::starts_at_home);
    let is_title = line.strip_prefix(headline).is_some_and(|behind| {
        let name =
            behind.trim_start().trim_start_matches(['|', '-', '–', '—', '•', '·', ':', '«', '»']);
        name.len() < behind.trim_start().len() && name.split_whitespace().count() <= 4
    });
    is_crumbs || is_title
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let lines = lines(text, 1000).unwrap_or_default();
        let found = headline(&lines, |_| false).map(|index| lines[index].text);
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn headlines() {
        let long = format!("Ein {}", "x".repeat(196));
        check(&format!("{long}\n\nText."), Some(&long));
        check(&format!("{long}x\n\nText."), None);
        let paragraph = "Der Minister reiste am Freitag in die Hauptstadt und traf dort den Präsidenten, wie die Agentur am Abend aus der Stadt meldete.";
        check(&format!("Kim empfängt Minister\n{paragraph}"), Some("Kim empfängt Minister"));
        for (text, title) in [
            ("Putin in Pjöngjang\n\nText.", Some("Putin in Pjöngjang")),
            ("\n \n  Putin reist \n \t\n\nText.\n", Some("Putin reist")),
            ("Kommt Putin?\n\nText.", Some("Kommt Putin?")),
            ("Er kommt!\n\nText.", Some("Er kommt!")),
            ("Kim: \"Ich stehe\"\n\nText.", Some("Kim: \"Ich stehe\"")),
            ("Kim: „Ich stehe“\n\nText.", Some("Kim: „Ich stehe“")),
            ("Kim: ”Ich stehe.”\n\nText.", Some("Kim: ”Ich stehe.”")),
            ("Ukraine-Krieg\n\nPutin in Pjöngjang\n\nText.", Some("Putin in Pjöngjang")),
            // One word, a sentence, a paragraph, all of the text, nothing.
            ("Politik\n\nText.", None),
            ("— — —\n\nText.", None),
            ("Putin kam an.\n\nText.", None),
            ("Putin sagte:\n\nText.", None),
            ("Putin kam und …\n\nText.", None),
            ("Putin in Pjöngjang\nText.\n\nText.", None),
            ("Putin in Pjöngjang\n\n \n", None),
            ("Putin in Pjöngjang\n", None),
            ("Putin in Pjöngjang", None),
            ("", None),
            ("\n\n", None),
        ] {
            check(text, title);
        }
    }

    #[test]
    fn twins() {
        for (text, headline, twins) in [
            ("Kim empfängt Minister\n\nKim empfaengt Minister\n\nText.", 0, vec![1]),
            ("Kim empfaengt Minister\n\nKim empfängt Minister\n\nText.", 1, vec![0]),
            ("Kim empfängt Minister\n\nKim empfängt Minister\n\nText.", 0, vec![1]),
            ("Home Nachricht Kim empfängt Minister\n\nKim empfängt Minister\n\nText.", 1, vec![0]),
            ("Kim empfängt Minister | Zeitung\n\nKim empfängt Minister\n\nText.", 1, vec![0]),
            ("Kim empfängt Minister\n\nKim empfängt Ministerin\n\nText.", 0, vec![]),
            ("Kim empfängt Minister heute\n\nKim empfängt Minister\n\nText.", 0, vec![]),
        ] {
            let lines = lines(text, 1000).unwrap_or_default();
            assert_eq!(with_twins(&lines, 0), (headline, twins), "{text:?}");
        }
    }
}
