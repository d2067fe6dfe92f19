//! Which terms of an index are listed: those that are walked through often enough.
//!
//! What terms end with or hold is looked for in lists of all terms, made when first asked for. What
//! they begin with is found in a list five times as fast as in a dictionary, whose letters lie
//! scattered; but a command that asks once must not wait for a list. So terms that begin with the same
//! two letters are listed once as many of them have been walked through.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::termdict::TermDictionary;

use crate::dictionary::{Walk, behind, count_between};
use crate::ranking::TextField;
use crate::searcher::{Segment, Terms};
use crate::term_list::TermList;

/// Terms of an index that are listed; of more, the lists would take too much memory.
const MOST_LISTED: usize = 3_000_000;

/// A dictionary: number of the segment, field, and what stands in it.
pub(crate) type Place = (usize, TextField, Terms);

/// The lists of an index.
#[derive(Default)]
pub(crate) struct TermLists {
    words: OnceLock<Option<Vec<Arc<TermList>>>>,
    spellings: OnceLock<Option<Vec<Arc<TermList>>>>,
    by_beginning: Mutex<ByBeginning>,
}

/// Lists of terms that begin with the same letters.
#[derive(Default)]
struct ByBeginning {
    known: FxHashMap<(Place, Beginning), Part>,
    /// Terms in all of them.
    terms: usize,
}

/// Two letters, if they have a byte each.
type Beginning = [u8; 2];

enum Part {
    /// Terms walked through so far.
    Walked(usize),
    Listed(Arc<TermList>),
}

impl TermLists {
    /// The terms of a dictionary for a walk; `None` to walk through the dictionary.
    pub fn for_walk(
        &self,
        walk: &Walk<'_>,
        segments: &[Segment],
        place: Place,
    ) -> tantivy::Result<Option<Arc<TermList>>> {
        match walk {
            Walk::Holding { .. } => self.all(segments, place),
            Walk::Beginning(prefix) => {
                let Some(beginning) = first_letters(prefix) else { return Ok(None) };
                Ok(match self.by_beginning().known.get(&(place, beginning)) {
                    Some(Part::Listed(list)) => Some(Arc::clone(list)),
                    _ => None,
                })
            }
            Walk::Near(_) | Walk::Fitting(_) => Ok(None),
        }
    }

    /// All terms of a dictionary; `None` where those of the index are too many.
    fn all(
        &self,
        segments: &[Segment],
        (segment, field, kind): Place,
    ) -> tantivy::Result<Option<Arc<TermList>>> {
        let lists = match kind {
            Terms::Words => &self.words,
            Terms::Spellings => &self.spellings,
            Terms::Parts => return Ok(None),
        };
        if lists.get().is_none() {
            let fields =
                |segment| TextField::ALL.map(|field| Segment::terms(segment, field, kind).terms());
            let dictionaries: Vec<_> = segments.iter().flat_map(fields).collect();
            let terms: usize = dictionaries.iter().map(|terms| terms.num_terms()).sum();
            let read = match terms <= MOST_LISTED {
                true => TermList::read(&dictionaries)?,
                false => None,
            };
            // Another thread may have been faster.
            let _ = lists.set(read.map(|lists| lists.into_iter().map(Arc::new).collect()));
        }
        let lists = lists.get().and_then(Option::as_ref);
        let number = segment * TextField::ALL.len() + field as usize;
        Ok(lists.and_then(|lists| lists.get(number)).cloned())
    }

    /// Notes how many terms of a dictionary a walk went through. When those of some beginning were
    /// more by now than there are, they are listed: that at most doubles what was spent, whatever is
    /// asked from then on.
    pub fn walked(
        &self,
        walk: &Walk<'_>,
        dictionary: &TermDictionary,
        place: Place,
        terms: usize,
    ) -> tantivy::Result<()> {
        let Walk::Beginning(prefix) = walk else { return Ok(()) };
        let Some(beginning) = first_letters(prefix) else { return Ok(()) };
        let key = (place, beginning);
        let walked = {
            let mut by_beginning = self.by_beginning();
            let part = by_beginning.known.entry(key).or_insert(Part::Walked(0));
            let Part::Walked(walked) = part else { return Ok(()) };
            *walked += terms;
            *walked
        };
        let (from, to) = (&beginning[..], &behind(&beginning)[..]);
        let terms = count_between(dictionary, from, to)?;
        if walked <= terms || self.by_beginning().terms + terms > MOST_LISTED {
            return Ok(());
        }
        let range = dictionary.range().ge(from).lt(to);
        if let Some(list) = TermList::of(range.into_stream()?, terms as u64) {
            let mut by_beginning = self.by_beginning();
            by_beginning.known.insert(key, Part::Listed(Arc::new(list)));
            by_beginning.terms += terms;
        }
        Ok(())
    }

    fn by_beginning(&self) -> MutexGuard<'_, ByBeginning> {
        // Whatever panicked meanwhile left it whole.
        self.by_beginning.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn first_letters(prefix: &str) -> Option<Beginning> {
    prefix.as_bytes().first_chunk().copied()
}
