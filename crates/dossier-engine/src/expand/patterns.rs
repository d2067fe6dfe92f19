//! Words of the index that are like the word typed letter by letter: with typing errors, or fitting
//! its wildcards.

use super::{Expander, Found};
use crate::automata::{Glob, Near};
use crate::dictionary::{Walk, split_pair};
use crate::query::MOST_EDITS;
use crate::results::MatchKind;
use crate::schema::SEPARATOR;
use crate::searcher::Terms;

/// No typing errors are looked for in words that more documents hold: they are spelled right, and
/// their neighbours are many.
const COMMON_SHARE: f64 = 0.05;

/// In small collections a share says nothing about a word.
const COMMON_LEAST: u64 = 1_000;

/// Words of a query in which two letters may differ; in more, one. Each takes up to ten milliseconds
/// in a large index, a sixth of it with one letter.
pub(super) const MOST_FAR: usize = 12;

/// The first letter must fit in words with fewer letters: it is seldom mistyped, and short words
/// have many neighbours.
const FIRST_LETTER_FREE: usize = 5;

impl Expander<'_> {
    /// Words that differ in few letters.
    pub(super) fn fuzzy(&self, folded: &str, edits: u8, found: &mut Found) -> tantivy::Result<()> {
        let letters = folded.chars().count();
        let edits = edits.min(MOST_EDITS);
        let common = self.common();
        let typed: u64 =
            found.legs.iter().flatten().map(|(_, leg)| u64::from(leg.info.doc_freq)).sum();
        if edits == 0 || letters < 2 || typed > common {
            return Ok(());
        }
        let edits = match self.far_left.get() {
            0 if edits > 1 => {
                found.cut = true;
                1
            }
            left if edits > 1 => {
                self.far_left.set(left - 1);
                edits
            }
            _ => edits,
        };
        let first = folded.chars().next().filter(|_| letters < FIRST_LETTER_FREE);
        let first = &folded.as_bytes()[..first.map_or(0, char::len_utf8)];
        let near = Near::new(folded, edits);
        self.scan(&Walk::Near(&near), found, |word| {
            if word.starts_with(first) { near.distance(word) } else { None }
        })
    }

    /// Documents from which on a word counts as common.
    fn common(&self) -> u64 {
        COMMON_LEAST.max((self.searcher.documents() as f64 * COMMON_SHARE) as u64)
    }

    /// Words that fit a pattern.
    pub(super) fn wildcard(&self, pattern: &str, found: &mut Found) -> tantivy::Result<()> {
        let folded = each_fixed_part(pattern, dossier_german::fold);
        let Some(glob) = Glob::new(&folded) else { return Ok(()) };
        let written = each_fixed_part(pattern, |part| digraphs(&dossier_german::exact(part)));
        if written == folded {
            let terms = Walk::fitting(&folded, &glob);
            return self.scan(&terms, found, |_| Some(0));
        }
        // With an umlaut in it, only words written with one fit: `Mü*` does not mean Mutter.
        let pairs = format!("{folded}{SEPARATOR}*");
        let Some(spelled) = Glob::new(&pairs) else { return Ok(()) };
        // A pair that begins so begins with the folded word.
        let spelled = match Walk::fitting(&folded, &glob) {
            Walk::Beginning(prefix) => Walk::Beginning(prefix),
            // What the folded word holds, the pair does.
            Walk::Holding { piece, .. } => Walk::Holding { glob: &spelled, piece, at_end: false },
            _ => Walk::Fitting(&spelled),
        };
        // What all spellings begin with, where nothing else is asked of them.
        let beginning = match &spelled {
            Walk::Beginning(_) => written.strip_suffix('*'),
            _ => None,
        };
        let pattern = &written;
        let Some(written) = Glob::new(pattern) else { return Ok(()) };
        // `*uer` may also mean Mauer, whose ue is none: it stands in the folded word.
        self.scan(&Walk::fitting(pattern, &written), found, |_| Some(0))?;
        let terms = Terms::Spellings;
        let dictionaries = self.dictionaries(terms);
        let (list, all) = self.searcher.lists().on_walk(&spelled, dictionaries, |_| Some(0))?;
        let fits = |exact: &str| match beginning {
            Some(beginning) => begins_in_digraphs(exact, beginning),
            None => written.matches(digraphs(exact).as_bytes()),
        };
        let mut taken = Vec::new();
        for number in all {
            let pair = list.term(number);
            if let Some((_, exact)) = split_pair(pair)
                && fits(exact)
            {
                taken.push((number, found.add(pair.into(), MatchKind::Wildcard, 0)));
            }
        }
        self.take(&list, &taken, terms, found);
        Ok(())
    }
}

/// Letters that may differ where nobody said how many.
pub(super) fn automatic_edits(folded: &str) -> u8 {
    match folded.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Applies a function to what stands between the wildcards of a pattern.
pub(crate) fn each_fixed_part(pattern: &str, of: impl Fn(&str) -> String) -> String {
    pattern
        .split_inclusive(['*', '?'])
        .map(|piece| match piece.strip_suffix(['*', '?']) {
            Some(part) => of(part) + &piece[part.len()..],
            None => of(piece),
        })
        .collect()
}

/// The one way to write a word that was written with ä or ae, ß or ss.
fn digraphs(exact: &str) -> String {
    let mut written = String::with_capacity(exact.len());
    for letter in exact.chars() {
        match digraph(letter) {
            Some(letters) => written.push_str(letters),
            None => written.push(letter),
        }
    }
    written
}

/// Whether what [`digraphs`] makes of a word begins so.
fn begins_in_digraphs(exact: &str, mut beginning: &str) -> bool {
    for letter in exact.chars() {
        let mut bytes = [0; 4];
        let written = digraph(letter).unwrap_or_else(|| letter.encode_utf8(&mut bytes));
        match beginning.strip_prefix(written) {
            Some(rest) => beginning = rest,
            None => return written.starts_with(beginning),
        }
    }
    beginning.is_empty()
}

/// A letter written as two.
fn digraph(letter: char) -> Option<&'static str> {
    match letter {
        'ä' => Some("ae"),
        'ö' => Some("oe"),
        'ü' => Some("ue"),
        'ß' => Some("ss"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_by_how_their_digraphs_begin() {
        let words = ["", "ü", "übe", "Überfluß", "ueber", "uber", "größe", "groesse", "groß"];
        for word in words {
            for whole in words {
                let whole = digraphs(whole);
                for (end, _) in whole.char_indices().chain([(whole.len(), ' ')]) {
                    let begins = digraphs(word).starts_with(&whole[..end]);
                    assert_eq!(begins_in_digraphs(word, &whole[..end]), begins, "{word} {whole}");
                }
            }
        }
    }
}
