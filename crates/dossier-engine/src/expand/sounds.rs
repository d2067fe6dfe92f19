//! Gathers the spellings of an index that sound like a typed name, at a bounded cost.

use std::ops::ControlFlow;

use dossier_german::{KeyMatch, NameKey, TypedName, fold};
use rustc_hash::FxHashMap;

use crate::automata::NearKeys;
use crate::dictionary::{count_pairs, for_each_near_key, for_each_pair, for_each_pair_from};
use crate::searcher::Segment;

/// Spellings that are read for one name at most: each takes some tenths of a microsecond. No name
/// sounds like so many in an index of a few hundred thousand names, unless it is very short.
const MOST_READ: usize = 3_000;

/// Spellings in the index that may be of a name, each with how its key relates to the name's.
pub(super) type Spellings = FxHashMap<Box<str>, KeyMatch>;

/// Gathers spellings under the keys of a name and those near them. `exact` is the name as it was
/// typed, in lower case; `in_lower_case`, if a reader typed it so, how many documents hold it.
///
/// None where too few of these have it with a capital: it is an ordinary word to them, whatever a
/// dictionary says.
pub(super) fn spellings_like(
    name: &TypedName,
    exact: &str,
    in_lower_case: Option<u64>,
    segments: &[Segment],
) -> tantivy::Result<Spellings> {
    let typed = in_lower_case.map(|_| fold(exact));
    let (read, capitals, found) = (0, 0, Spellings::default());
    let mut gathering = Gathering { name, typed, segments, read, capitals, found };
    for (number, key) in name.keys().iter().enumerate() {
        let share = (MOST_READ - gathering.read) / (name.keys().len() - number);
        gathering.equal(&key.to_string(), exact, share)?;
    }
    if in_lower_case.is_some_and(|all| !name.is_written_as_name(gathering.capitals, all)) {
        return Ok(Spellings::default());
    }
    gathering.near()?;
    Ok(gathering.found)
}

struct Gathering<'g> {
    name: &'g TypedName,
    /// The typed word, folded, if it is to be counted with a capital.
    typed: Option<String>,
    segments: &'g [Segment],
    read: usize,
    /// Documents that have the typed word with a capital.
    capitals: u64,
    found: Spellings,
}

impl Gathering<'_> {
    /// Reads what is kept under a key; where that is more than `most`, only what begins with the
    /// same letters as the name, with as many as it takes.
    fn equal(&mut self, key: &str, exact: &str, most: usize) -> tantivy::Result<()> {
        let beginnings = exact.char_indices().map(|(at, _)| &exact[..at]).chain([exact]);
        for beginning in beginnings {
            let mut count = 0;
            for segment in self.segments {
                count += count_pairs(&segment.names, key, beginning)?;
            }
            if count > most {
                continue;
            }
            self.read += count;
            let mut capitals = 0;
            for segment in self.segments {
                for_each_pair_from(&segment.names, key, beginning, |spelling, info| {
                    keep(&mut self.found, spelling, KeyMatch::Equal);
                    let Some(typed) = &self.typed else { return };
                    // Folding leaves the first letter alone, but for its diacritics.
                    let first = spelling.bytes().find(u8::is_ascii_alphanumeric);
                    let begins_so = first == typed.bytes().next();
                    if (begins_so || !spelling.is_ascii()) && fold(spelling) == *typed {
                        capitals += u64::from(info.doc_freq);
                    }
                })?;
            }
            // What has several keys stands under each.
            self.capitals = self.capitals.max(capitals);
            break;
        }
        Ok(())
    }

    /// Reads what is kept under keys near those of the name. Nothing, if that is too much: among so
    /// many, what sounds the same is enough, and the rest are strangers.
    fn near(&mut self) -> tantivy::Result<()> {
        let keys = self.name.keys().iter().filter_map(|key| {
            let least = (1..=NameKey::MOST).find(|sounds| self.name.near(*key, *sounds).is_some());
            Some((*key, key.to_string(), least?))
        });
        let keys: Vec<(NameKey, String, usize)> = keys.collect();
        if keys.is_empty() {
            return Ok(());
        }
        let around = NearKeys::new(keys.iter().map(|(_, key, least)| (&**key, *least)));
        // Many of one key are counted before they are read: most of short names are too many.
        let mut gathered: Vec<(Box<str>, KeyMatch)> = Vec::new();
        let mut left: Vec<(&Segment, Box<str>, KeyMatch)> = Vec::new();
        for segment in self.segments {
            // The key at hand, and how it relates to the nearest of the name's.
            let mut at: (Box<str>, Option<KeyMatch>) = Default::default();
            for_each_near_key(&segment.names, &around, |key, spelling, more| {
                if *key != *at.0 {
                    let relations = around.near(key).map(|number| keys[number].0);
                    let relations = relations.filter_map(|own| self.name.near(own, key.len()));
                    at = (key.into(), relations.min());
                }
                if let Some(relation) = at.1 {
                    gathered.push((spelling.into(), relation));
                    if more > 0 {
                        left.push((segment, key.into(), relation));
                    }
                }
                self.read += 1 + more;
                match self.read > MOST_READ {
                    true => ControlFlow::Break(()),
                    false => ControlFlow::Continue(()),
                }
            })?;
            if self.read > MOST_READ {
                return Ok(());
            }
        }
        for (spelling, relation) in gathered {
            keep(&mut self.found, &spelling, relation);
        }
        for (segment, key, relation) in left {
            for_each_pair(&segment.names, &key, |spelling, _| {
                keep(&mut self.found, spelling, relation);
            })?;
        }
        Ok(())
    }
}

/// Keeps a spelling once, by the nearest of the keys under which it stands.
fn keep(found: &mut Spellings, spelling: &str, relation: KeyMatch) {
    match found.get_mut(spelling) {
        Some(best) => *best = relation.min(*best),
        None => drop(found.insert(spelling.into(), relation)),
    }
}
