//! Which terms of an index are listed: those that are walked through often enough.
//!
//! What terms end with or hold is looked for in lists of all terms, made when first asked for. What
//! they begin with is found in a list many times as fast as in dictionaries, whose letters lie
//! scattered, and which must be put together; but a command that asks once must not wait for a list.
//! So terms that begin with the same two letters are listed once as many of them have been walked
//! through.

use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use crate::dictionary::{Walk, behind, count_between};
use crate::ranking::TextField;
use crate::searcher::{Segment, Terms};
use crate::term_list::TermList;
use crate::together::{Scan, Together};

/// Terms of an index that are listed; of more, the lists would take too much memory.
const MOST_LISTED: usize = 3_000_000;

/// The lists of an index.
#[derive(Default)]
pub(crate) struct TermLists {
    words: OnceLock<Option<Vec<Arc<TermList>>>>,
    spellings: OnceLock<Option<Vec<Arc<TermList>>>>,
    by_beginning: Mutex<ByBeginning>,
}

/// Dictionaries: those of one kind of terms, in some fields of each segment. They are numbered segment
/// by segment.
#[derive(Clone, Copy)]
pub(crate) struct Dictionaries<'d> {
    pub segments: &'d [Segment],
    pub fields: &'d [TextField],
    pub kind: Terms,
}

impl<'d> Dictionaries<'d> {
    /// The number of the segment and the field of each.
    pub fn places(self) -> impl Iterator<Item = (usize, TextField)> + 'd {
        let segments = 0..self.segments.len();
        segments.flat_map(move |segment| self.fields.iter().map(move |field| (segment, *field)))
    }

    /// How many entries begin so.
    fn count_beginning(self, letters: &str) -> tantivy::Result<usize> {
        let (from, to) = (letters.as_bytes(), &behind(letters.as_bytes())[..]);
        let count = |(segment, field)| {
            count_between(
                Segment::terms(&self.segments[segment], field, self.kind).terms(),
                from,
                to,
            )
        };
        self.places().map(count).sum()
    }
}

/// Lists of terms that begin with the same letters.
#[derive(Default)]
struct ByBeginning {
    known: FxHashMap<Beginning, Part>,
    /// Entries in all of them.
    entries: usize,
}

/// Two letters, or one that has two bytes; and where they are looked for.
type Beginning = (Box<str>, Terms, Vec<TextField>);

enum Part {
    /// What was spent so far, and what there is, in entries.
    Walked {
        spent: usize,
        all: usize,
    },
    Listed(Arc<Together>),
}

/// To find where a walk through a dictionary begins takes as long as walking through so many entries.
const FINDING: usize = 20;

impl TermLists {
    /// The terms of dictionaries on a walk, as a range of a list. `edits` gives the letters in which
    /// one differs, `None` to step over it; not asked where all begin with the same.
    pub fn on_walk(
        &self,
        walk: &Walk<'_>,
        dictionaries: Dictionaries<'_>,
        edits: impl Fn(&[u8]) -> Option<u8>,
    ) -> tantivy::Result<(Arc<Together>, Range<usize>)> {
        let Walk::Beginning(prefix) = walk else {
            return Ok(whole(self.walk(walk, dictionaries, edits)?));
        };
        let letters = prefix.get(..2);
        let beginning =
            letters.map(|two| (two.into(), dictionaries.kind, dictionaries.fields.to_vec()));
        if let Some(beginning) = &beginning
            && let Some(Part::Listed(list)) = self.by_beginning().known.get(beginning)
        {
            return Ok((Arc::clone(list), list.beginning(prefix)));
        }
        let together = self.walk(walk, dictionaries, |_| Some(0))?;
        if let Some(beginning) = beginning {
            self.walked(beginning, dictionaries, together.entries_in_all())?;
        }
        Ok(whole(together))
    }

    /// Walks through dictionaries.
    fn walk(
        &self,
        walk: &Walk<'_>,
        dictionaries: Dictionaries<'_>,
        edits: impl Fn(&[u8]) -> Option<u8>,
    ) -> tantivy::Result<Together> {
        let Dictionaries { segments, kind, .. } = dictionaries;
        let mut scan = Scan::default();
        let mut fields = Vec::new();
        for (place, (segment, field)) in dictionaries.places().enumerate() {
            let list = match walk {
                Walk::Holding { .. } => self.all(segments, segment, field, kind)?,
                _ => None,
            };
            let terms = segments[segment].terms(field, kind).terms();
            walk.for_each(terms, list.as_deref(), |term, info| {
                if let Some(edits) = edits(term) {
                    scan.meet(place, term, edits, info);
                }
            })?;
            fields.push(field);
        }
        scan.together(walk.beginning().len(), &fields)
    }

    /// All terms of a dictionary; `None` where those of the index are too many.
    fn all(
        &self,
        segments: &[Segment],
        segment: usize,
        field: TextField,
        kind: Terms,
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

    /// Notes how many entries a walk went through. When that took longer by now than to go through all
    /// of some beginning, they are listed: that at most doubles what was spent, whatever is asked from
    /// then on.
    fn walked(
        &self,
        beginning: Beginning,
        dictionaries: Dictionaries<'_>,
        entries: usize,
    ) -> tantivy::Result<()> {
        let letters = &*beginning.0;
        let known = match self.by_beginning().known.get(&beginning) {
            Some(Part::Walked { spent, all }) => Some((*spent, *all)),
            Some(Part::Listed(_)) => return Ok(()),
            None => None,
        };
        let (mut spent, all) = match known {
            Some(known) => known,
            None => (0, dictionaries.count_beginning(letters)?),
        };
        spent += entries + FINDING * dictionaries.places().count();
        let part = if spent > all && self.by_beginning().entries + all <= MOST_LISTED {
            let list = self.walk(&Walk::Beginning(letters), dictionaries, |_| Some(0))?;
            Part::Listed(Arc::new(list))
        } else {
            Part::Walked { spent, all }
        };
        let mut by_beginning = self.by_beginning();
        if matches!(part, Part::Listed(_)) {
            by_beginning.entries += all;
        }
        by_beginning.known.insert(beginning, part);
        Ok(())
    }

    fn by_beginning(&self) -> MutexGuard<'_, ByBeginning> {
        // Whatever panicked meanwhile left it whole.
        self.by_beginning.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A list that was made for one walk.
fn whole(together: Together) -> (Arc<Together>, Range<usize>) {
    let all = 0..together.len();
    (Arc::new(together), all)
}
