//! What may have been meant by words that no document holds.

use crate::dictionary::for_each_pair;
use crate::expand::PlanTerm;
use crate::plan::Plan;
use crate::query::{Query, Word, WordMode};
use crate::ranking::TextField;
use crate::results::MatchKind;
use crate::searcher::{Searcher, Terms};

/// The query with each word that no document holds replaced by the nearest one, if there is one for
/// each; `None` if none is replaced. `plan` is what was searched in its place: any of the words, those
/// unknown with typing errors.
pub(crate) fn corrected(
    searcher: &Searcher,
    plan: &Plan,
    query: &Query,
) -> tantivy::Result<Option<Query>> {
    let clauses = match query {
        Query::Words(clauses) => clauses.as_slice(),
        Query::Word(_) => std::slice::from_ref(query),
        _ => return Ok(None),
    };
    let mut replaced = false;
    let mut meant = Vec::with_capacity(clauses.len());
    for clause in clauses {
        let Query::Word(word @ Word { mode: WordMode::Plain, .. }) = clause else {
            meant.push(clause.clone());
            continue;
        };
        let terms = terms_of(plan, word);
        if terms.iter().any(|term| term.kind != MatchKind::Fuzzy) {
            meant.push(clause.clone());
            continue;
        }
        // They stand nearest first.
        let Some(nearest) = terms.first() else { return Ok(None) };
        let text = as_typed(&word.text, written(searcher, &nearest.text)?);
        meant.push(Query::Word(Word { text, ..word.clone() }));
        replaced = true;
    }
    Ok(replaced.then_some(Query::Words(meant)))
}

/// What a word stands for, the best first.
fn terms_of<'p>(plan: &'p Plan, word: &Word) -> &'p [PlanTerm] {
    let alone = plan.clauses.iter().filter_map(|clause| match clause.slots.as_slice() {
        [slot] => Some(slot),
        _ => None,
    });
    // The word itself stands before its parts.
    let mut same =
        alone.filter(|slot| slot.typed.span == word.span && slot.typed.text == word.text);
    same.next().map_or(&[], |slot| &slot.terms)
}

/// How most texts write a folded word.
fn written(searcher: &Searcher, folded: &str) -> tantivy::Result<String> {
    let mut best: Option<(u32, String)> = None;
    let (mut all, mut otherwise) = (0, 0);
    for segment in searcher.segments() {
        let words = segment.terms(TextField::Body, Terms::Words).terms();
        all += words.get(folded)?.map_or(0, |info| info.doc_freq);
        for_each_pair(segment.terms(TextField::Body, Terms::Spellings), folded, |exact, info| {
            otherwise += info.doc_freq;
            if best.as_ref().is_none_or(|(most, _)| info.doc_freq > *most) {
                best = Some((info.doc_freq, exact.to_owned()));
            }
        })?;
    }
    Ok(match best {
        Some((documents, exact)) if documents >= all.saturating_sub(otherwise) => exact,
        _ => folded.to_owned(),
    })
}

/// A word in lower case, with a capital if the one typed has one.
fn as_typed(typed: &str, word: String) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) if typed.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => word,
    }
}
