//! Gathers the spellings of an index that sound like a typed name, at a bounded cost.

use dossier_german::{KeyMatch, Nearness, TypedName, fold};
use rustc_hash::FxHashMap;

use crate::names::{Group, NearKeys};
use crate::searcher::Segment;

/// Spellings that are read for one name at most: each takes some tenths of a microsecond. In an index
/// of 800,000 words .95 of Russian names are found so from the German spelling, .97 where there are few
/// others.
const MOST_READ: usize = 2_500;

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
    // Names with many keys are mostly found under the first.
    for key in name.keys() {
        gathering.equal(&key.to_string(), exact, MOST_READ - gathering.read)?;
    }
    if in_lower_case.is_some_and(|all| !name.is_written_as_name(gathering.capitals, all)) {
        return Ok(Spellings::default());
    }
    gathering.near();
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
            let groups = self.segments.iter().map(|segment| segment.names.under(key, beginning));
            let groups: Vec<Option<Group>> = groups.collect();
            let count: usize = groups.iter().flatten().map(|group| group.count()).sum();
            if count > most {
                continue;
            }
            self.read += count;
            let mut capitals = 0;
            for (segment, group) in self.segments.iter().zip(groups) {
                let Some(group) = group else { continue };
                let mut own = Vec::new();
                segment.names.for_each(group, beginning, |spelling| {
                    keep(&mut self.found, spelling, KeyMatch::Equal);
                    if self.typed.as_deref().is_some_and(|typed| is_folded(spelling, typed)) {
                        own.push(spelling.to_owned());
                    }
                });
                for spelling in own {
                    capitals += segment.names.documents(key, &spelling)?;
                }
            }
            // What has several keys stands under each.
            self.capitals = self.capitals.max(capitals);
            break;
        }
        Ok(())
    }

    /// Reads what is kept under keys near those of the name, the likeliest first, until that is too
    /// much: most of the rest are strangers.
    fn near(&mut self) {
        if !self.name.has_near_keys() {
            return;
        }
        let keys = self.name.keys();
        let written: Vec<String> = keys.iter().map(ToString::to_string).collect();
        let mut around = NearKeys::new(written.iter().map(|key| &**key));
        let mut groups: Vec<(Nearness, &Segment, Group)> = Vec::new();
        for segment in self.segments {
            segment.names.for_each_near(&mut around, |key, near, group| {
                let nearness = near.to().filter_map(|at| self.name.near(keys[at], key)).min();
                groups.extend(nearness.map(|nearness| (nearness, segment, group)));
            });
        }
        groups.sort_by_key(|(nearness, ..)| *nearness);
        for (nearness, segment, group) in groups {
            self.read += group.count();
            if self.read > MOST_READ {
                return;
            }
            segment.names.for_each(group, "", |spelling| {
                keep(&mut self.found, spelling, nearness.relation);
            });
        }
    }
}

/// Keeps a spelling once, by the nearest of the keys under which it stands.
fn keep(found: &mut Spellings, spelling: &str, relation: KeyMatch) {
    match found.get_mut(spelling) {
        Some(best) => *best = relation.min(*best),
        None => drop(found.insert(spelling.into(), relation)),
    }
}

/// Whether a spelling, folded, is `typed`.
fn is_folded(spelling: &str, typed: &str) -> bool {
    // Folding leaves the first letter alone, but for its diacritics.
    let first = spelling.bytes().find(u8::is_ascii_alphanumeric);
    let begins_so = first == typed.bytes().next();
    (begins_so || !spelling.is_ascii()) && fold(spelling) == *typed
}
