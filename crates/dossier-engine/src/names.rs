//! The names of a segment, by the keys of their sounds.
//!
//! They are the terms `key␟name` of a field of their own. Its dictionary is a tree of letters, and
//! is walked here node by node: the walk that tantivy offers reads every node it comes to before it
//! asks whether anything there can fit, and cannot tell how many terms begin alike without reading
//! them. A search for a name takes half the time.

mod near;

use std::sync::Arc;

use tantivy::directory::{CompositeFile, FileSlice, OwnedBytes};
use tantivy::error::DataCorruption;
use tantivy::index::{InvertedIndexReader, SegmentComponent, SegmentReader};
use tantivy::schema::Field;
use tantivy::{HasLen, TantivyError};
use tantivy_fst::raw::{CompiledAddr, Fst};

use near::Near;
pub(crate) use near::NearKeys;

use crate::schema::SEPARATOR;

/// Names have fewer bytes. A damaged index must not lead further: each letter takes a call.
const LONGEST_NAME: usize = 1_000;

/// The names of a segment.
pub(crate) struct Names {
    index: Arc<InvertedIndexReader>,
    /// The dictionary of `index`: its terms, each with its number. None without a term.
    tree: Option<Fst<OwnedBytes>>,
}

/// Terms that begin alike: a node of the tree, and the numbers of the terms below it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group {
    node: CompiledAddr,
    first: u64,
    /// The number behind that of the last.
    end: u64,
}

impl Group {
    /// How many there are.
    pub fn count(self) -> usize {
        self.end.saturating_sub(self.first) as usize
    }
}

impl Names {
    /// Opens the names of a segment.
    pub fn open(reader: &SegmentReader, field: Field) -> tantivy::Result<Names> {
        let index = reader.inverted_index(field)?;
        let files = CompositeFile::open(&reader.open_read(SegmentComponent::Terms)?)?;
        let tree = files.open_read(field).map(tree).transpose()?;
        let terms = tree.as_ref().map_or(0, Fst::len);
        if terms != index.terms().num_terms() {
            return Err(not_understood());
        }
        Ok(Names { index, tree: tree.filter(|tree| !tree.is_empty()) })
    }

    /// The names kept under a key that begin with some letters.
    pub fn under(&self, key: &str, beginning: &str) -> Option<Group> {
        let tree = self.tree.as_ref()?;
        let root = Group { node: tree.root().addr(), first: 0, end: tree.len() as u64 };
        let mut letters = key.bytes().chain([SEPARATOR as u8]).chain(beginning.bytes());
        letters.try_fold(root, |group, letter| below(tree, group, letter))
    }

    /// Whether a name is kept under a key.
    pub fn contains(&self, key: &str, name: &str) -> bool {
        let is_whole = |tree: &Fst<OwnedBytes>, node| tree.node(node).is_final();
        let tree = self.tree.as_ref();
        tree.zip(self.under(key, name)).is_some_and(|(tree, group)| is_whole(tree, group.node))
    }

    /// Calls `each` with every key that is near others, what it is near to, and the names kept under it.
    pub fn for_each_near(&self, keys: &mut NearKeys, mut each: impl FnMut(&str, Near<'_>, Group)) {
        let Some(tree) = &self.tree else { return };
        let root = Group { node: tree.root().addr(), first: 0, end: tree.len() as u64 };
        let start = keys.start();
        walk_keys(tree, root, keys, start, &mut String::new(), &mut each)
    }

    /// Calls `each` with every name of a group that begins with `beginning`, in order.
    pub fn for_each(&self, group: Group, beginning: &str, mut each: impl FnMut(&str)) {
        let Some(tree) = &self.tree else { return };
        let mut name = beginning.as_bytes().to_vec();
        walk_names(tree, group.node, &mut name, &mut each);
    }

    /// How many documents have a name that is kept under a key, those deleted lately among them.
    pub fn documents(&self, key: &str, name: &str) -> tantivy::Result<u64> {
        let info = self.index.terms().get(format!("{key}{SEPARATOR}{name}"))?;
        Ok(info.map_or(0, |info| info.doc_freq.into()))
    }
}

/// The tree of letters in a file of terms, as tantivy writes it: the tree, what is known of each
/// term, how long that is, the version of both and the kind of the file.
fn tree(file: FileSlice) -> tantivy::Result<Fst<OwnedBytes>> {
    const KIND_AND_VERSION: usize = 2 * size_of::<u32>();
    const BEHIND: usize = size_of::<u64>() + KIND_AND_VERSION;
    if file.len() < BEHIND {
        return Err(not_understood());
    }
    let (main, behind) = file.split_from_end(BEHIND);
    let length = behind.slice_to(size_of::<u64>()).read_bytes()?;
    let length = length.as_slice().try_into().map(u64::from_le_bytes);
    let length = length.ok().and_then(|length| usize::try_from(length).ok());
    let length = length.filter(|length| *length <= main.len()).ok_or_else(not_understood)?;
    let (tree, _) = main.split_from_end(length);
    Fst::new(tree.read_bytes()?).map_err(|_| not_understood())
}

fn not_understood() -> TantivyError {
    DataCorruption::comment_only("the dictionary of names is not understood").into()
}

/// What begins with one more letter.
fn below(tree: &Fst<OwnedBytes>, group: Group, letter: u8) -> Option<Group> {
    let node = tree.node(group.node);
    let at = node.find_input(letter)?;
    let step = node.transition(at);
    // Terms are numbered in order: those of the next letter begin where these end.
    let behind = (at + 1 < node.len()).then(|| group.first + node.transition(at + 1).out.value());
    let first = group.first + step.out.value();
    Some(Group { node: step.addr, first, end: behind.unwrap_or(group.end) })
}

/// Walks down the keys, each letter of which leads from one state to another.
fn walk_keys(
    tree: &Fst<OwnedBytes>,
    group: Group,
    keys: &mut NearKeys,
    state: near::State,
    key: &mut String,
    each: &mut impl FnMut(&str, Near<'_>, Group),
) {
    let node = tree.node(group.node);
    let mut end = group.end;
    // From the last letter on, as where the terms of one end is known from the next.
    for at in (0..node.len()).rev() {
        let step = node.transition(at);
        let below = Group { node: step.addr, first: group.first + step.out.value(), end };
        end = below.first;
        if step.inp == SEPARATOR as u8 {
            if let Some(near) = keys.near(state) {
                each(key, near, below);
            }
        } else if let Some(next) = keys.step(state, step.inp) {
            key.push(char::from(step.inp));
            walk_keys(tree, below, keys, next, key, each);
            key.pop();
        }
    }
}

/// Calls `each` with all that leads to a term below a node, in order, behind `name`, which leads to
/// the node.
fn walk_names(
    tree: &Fst<OwnedBytes>,
    node: CompiledAddr,
    name: &mut Vec<u8>,
    each: &mut impl FnMut(&str),
) {
    if name.len() > LONGEST_NAME {
        return;
    }
    let node = tree.node(node);
    if node.is_final()
        && let Ok(name) = std::str::from_utf8(name)
    {
        each(name);
    }
    for step in node.transitions() {
        name.push(step.inp);
        walk_names(tree, step.addr, name, each);
        name.pop();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::automata;
    use crate::{Document, Index};

    const NAMES: &str = "Belousow Beloussow Belousov Lawrow Lavrov Larow Schoigu Shoygu Schogu Kim \
        Jong-un Jongun Selenskyj Zelensky Selensky Zelenskiy Putin Puten Pjöngjang Pyongyang Ali Bo";

    /// The names, and every `key␟name` that is kept of them.
    fn kept() -> (Names, BTreeSet<(String, String)>) {
        let index = Index::in_memory().expect("an index");
        let mut writer = index.writer().expect("a writer");
        let body = NAMES.split_whitespace().collect::<Vec<_>>().join(". ");
        writer.put(Document { id: "1".to_owned(), body, ..Document::default() }).expect("kept");
        writer.commit().expect("committed");
        let searcher = index.searcher().expect("a searcher");
        let segment = &searcher.segments()[0];
        let mut terms = segment.names.index.terms().stream().expect("terms");
        let mut kept = BTreeSet::new();
        while terms.advance() {
            let term = String::from_utf8(terms.key().to_vec()).expect("text");
            let (key, name) = term.split_once(SEPARATOR).expect("a pair");
            kept.insert((key.to_owned(), name.to_owned()));
        }
        let field = segment.reader.schema().get_field("names").expect("a field");
        (Names::open(&segment.reader, field).expect("names"), kept)
    }

    #[test]
    fn groups_hold_what_is_kept_under_a_key_and_know_how_much() {
        let (names, kept) = kept();
        assert!(kept.len() > 20, "{kept:?}");
        let beginnings = kept.iter().flat_map(|(key, name)| {
            name.char_indices().map(move |(at, _)| (key, &name[..at])).chain([(key, &**name)])
        });
        for (key, beginning) in beginnings {
            let begins_so =
                |(of, name): &&(String, String)| of == key && name.starts_with(beginning);
            let expected: Vec<&str> = kept.iter().filter(begins_so).map(|(_, it)| &**it).collect();
            let group = names.under(key, beginning).expect("a group");
            let mut found = Vec::new();
            names.for_each(group, beginning, |name| found.push(name.to_owned()));
            assert_eq!(
                (found, group.count()),
                (expected.iter().map(ToString::to_string).collect(), expected.len())
            );
            let whole = kept.contains(&(key.clone(), beginning.to_owned()));
            assert_eq!(names.contains(key, beginning), whole, "{key} {beginning}");
            assert_eq!(names.documents(key, beginning).expect("read"), u64::from(whole));
        }
        assert!(names.under("QQQ", "").is_none());
        assert!(!names.contains("QQQ", ""));
    }

    #[test]
    fn keys_near_others_are_those_with_one_sound_wrong() {
        let (names, kept) = kept();
        let keys: Vec<&str> =
            BTreeSet::from_iter(kept.iter().map(|(key, _)| &**key)).into_iter().collect();
        for typed in keys.windows(2) {
            let distance =
                |one: &str, other: &str| automata::Near::new(one, 1).distance(other.as_bytes());
            let is_near = |key: &str| {
                let distances = typed.iter().map(|typed| distance(typed, key));
                let distances: Vec<Option<u8>> = distances.collect();
                distances.contains(&Some(1)) && !distances.contains(&Some(0))
            };
            let expected: BTreeSet<&str> =
                kept.iter().filter(|(key, _)| is_near(key)).map(|(_, name)| &**name).collect();
            let (mut near, mut found) = (NearKeys::new(typed.iter().copied()), Vec::new());
            names.for_each_near(&mut near, |key, near, group| {
                for at in near.to() {
                    assert_eq!(distance(typed[at], key), Some(1), "{} {key}", typed[at]);
                }
                found.push(group);
            });
            let mut read = BTreeSet::new();
            for group in found {
                names.for_each(group, "", |name| read.extend([name.to_owned()]));
            }
            assert_eq!(
                read.iter().map(|name| &**name).collect::<BTreeSet<_>>(),
                expected,
                "{typed:?}"
            );
        }
    }

    #[test]
    fn an_index_without_names_has_no_groups() {
        let index = Index::in_memory().expect("an index");
        let mut writer = index.writer().expect("a writer");
        let document =
            Document { id: "1".to_owned(), body: "und".to_owned(), ..Document::default() };
        writer.put(document).expect("kept");
        writer.commit().expect("committed");
        let searcher = index.searcher().expect("a searcher");
        for segment in searcher.segments() {
            assert!(segment.names.under("P", "").is_none());
            let mut near = NearKeys::new(["PLSF"].into_iter());
            let mut found = 0;
            segment.names.for_each_near(&mut near, |_, _, _| found += 1);
            assert_eq!(found, 0);
        }
    }
}
