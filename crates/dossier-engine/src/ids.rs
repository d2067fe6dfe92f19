//! Ids that may be meant where no document has the one given.

use crate::automata::Near;
use crate::query::MOST_EDITS;
use crate::searcher::Searcher;

/// Ids named at most.
const MOST_NAMED: usize = 5;

/// Longer ids (in characters) are not compared letter by letter: an automaton for each grows with it.
const LONGEST: usize = 200;

/// Ids like one that no document has, the likeliest first: the same in another case, with it as a
/// part, with a few other letters. Takes time linear in the number of documents.
pub(crate) fn near(searcher: &Searcher, id: &str) -> tantivy::Result<Vec<String>> {
    let wanted = id.trim().to_lowercase();
    if wanted.is_empty() || wanted.chars().count() > LONGEST {
        return Ok(Vec::new());
    }
    let letters = Near::new(&wanted, MOST_EDITS);
    let mut found: Vec<(u8, usize, String)> = Vec::new();
    for segment in searcher.segments() {
        let ids = segment.reader.inverted_index(searcher.fields().id)?;
        let mut terms = ids.terms().stream()?;
        while terms.advance() {
            let Ok(known) = std::str::from_utf8(terms.key()) else { continue };
            let lower = known.to_lowercase();
            let rank = match letters.distance(lower.as_bytes()) {
                Some(edits) => edits,
                None if lower.ends_with(&wanted) => MOST_EDITS + 1,
                None if lower.contains(&wanted) => MOST_EDITS + 2,
                None => continue,
            };
            found.push((rank, known.len(), known.to_owned()));
            if found.len() > MOST_NAMED * 100 {
                found.sort_unstable();
                found.truncate(MOST_NAMED);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST_NAMED);
    Ok(found.into_iter().map(|(.., id)| id).collect())
}
