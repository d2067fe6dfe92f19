//! What changed between the sources and the index: a comparison of names and stamps that opens no
//! file.

use std::collections::{HashMap, HashSet};

use dossier_engine::Origin;
use dossier_files::{FoundFile, reads_alike};

/// What has to be done to bring an index up to date.
#[derive(Debug, Default)]
pub struct Changes {
    /// Files the index does not know.
    pub new: Vec<FoundFile>,
    /// Files that are to be read again.
    pub changed: Vec<FoundFile>,
    /// Paths in the index of files that are gone.
    pub gone: Vec<String>,
    /// Of new files that are gone elsewhere, by their ids: where they were.
    pub moved: HashMap<String, String>,
    /// Files that are in the index as they are, of which a part could not be read.
    pub faulty: Vec<Origin>,
    /// Ids of folders and files that cannot be looked at, and why.
    pub unread: Vec<(String, String)>,
    /// All files of the sources.
    pub files: usize,
}

/// Set in the stamp of a file that could not be opened. Making it readable changes neither its
/// size nor its time, so it must not count as read; but a search should not try it every time.
const UNREADABLE: u64 = 1 << 63;

/// The stamp to record for a file that could not be opened.
pub fn unreadable(stamp: u64) -> u64 {
    stamp ^ UNREADABLE
}

/// Which files are read again although they did not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    None,
    /// Those that could not be opened.
    Unreadable,
}

impl Changes {
    /// Compares files with what the index knows: its `origins`, and the `unfinished` paths, of
    /// which it holds documents though they were not read to their end. `is_unknown` tells whether
    /// a path that was not found may still be there (on a drive that is not mounted): it stays.
    pub fn between(
        files: Vec<FoundFile>,
        origins: Vec<Origin>,
        unfinished: Vec<String>,
        retry: Retry,
        is_unknown: &dyn Fn(&str) -> bool,
    ) -> Changes {
        let mut changes = Changes { files: files.len(), ..Changes::default() };
        let unfinished: HashSet<String> = unfinished.into_iter().collect();
        let mut known: HashMap<String, Origin> =
            origins.into_iter().map(|origin| (origin.path.clone(), origin)).collect();
        let mut found = HashSet::new();
        for file in files {
            found.insert(file.id.clone());
            match known.remove(&file.id) {
                _ if unfinished.contains(&file.id) => changes.changed.push(file),
                None => changes.new.push(file),
                Some(origin) => {
                    let as_it_was = origin.stamp == file.stamp
                        || (retry == Retry::None && origin.stamp == unreadable(file.stamp));
                    if !as_it_was {
                        changes.changed.push(file);
                    } else if origin.problem.is_some() {
                        changes.faulty.push(origin);
                    }
                }
            }
        }
        changes.moved =
            moved(&changes.new, known.values().filter(|origin| !is_unknown(&origin.path)));
        let mut gone: Vec<String> = known.into_keys().chain(unfinished).collect();
        gone.retain(|path| !found.contains(path) && !is_unknown(path));
        gone.sort_unstable();
        gone.dedup();
        changes.gone = gone;
        changes
    }

    /// Whether the index is up to date.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.gone.is_empty()
    }

    /// Files and bytes to be read.
    pub fn to_read(&self) -> (usize, u64) {
        let bytes = self.new.iter().chain(&self.changed).map(|file| file.bytes).sum();
        (self.new.len() + self.changed.len(), bytes)
    }
}

/// Which of the new files are files that are gone: the same in their file system, with the same
/// size and time, and called so that they are read in the same way.
fn moved<'o>(new: &[FoundFile], gone: impl Iterator<Item = &'o Origin>) -> HashMap<String, String> {
    let whole = gone.filter(|origin| origin.problem.is_none());
    let gone: HashMap<(u64, u64), &str> = whole
        .filter_map(|origin| Some(((origin.identity?, origin.stamp), origin.path.as_str())))
        .collect();
    let mut moved = HashMap::new();
    for file in new {
        let from = file.identity.and_then(|identity| gone.get(&(identity, file.stamp)));
        if let Some(from) = from.filter(|from| reads_alike(from, &file.id)) {
            moved.insert(file.id.clone(), (*from).to_owned());
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(id: &str, stamp: u64) -> FoundFile {
        FoundFile { path: id.into(), id: id.into(), stamp, identity: Some(stamp), bytes: 1 }
    }

    fn origin(path: &str, stamp: u64, problem: Option<&str>) -> Origin {
        Origin {
            path: path.into(),
            stamp,
            identity: Some(stamp),
            problem: problem.map(str::to_owned),
        }
    }

    /// New, changed, gone, faulty.
    fn compare(retry: Retry, unfinished: &[&str]) -> [String; 4] {
        let changes = Changes::between(
            vec![file("a", 1), file("b", 2), file("c", 3), file("d", 4), file("e", 5)],
            vec![
                origin("a", 1, None),
                origin("b", 9, None),
                origin("c", 3, Some("line 3")),
                origin("d", unreadable(4), Some("no permission")),
                origin("gone", 7, None),
                origin("drive/x", 8, None),
            ],
            unfinished.iter().map(|&path| path.to_owned()).collect(),
            retry,
            &|path| path.starts_with("drive/"),
        );
        let ids = |files: &[FoundFile]| {
            files.iter().map(|file| file.id.as_str()).collect::<Vec<_>>().join(" ")
        };
        let faulty: Vec<&str> = changes.faulty.iter().map(|origin| &*origin.path).collect();
        [ids(&changes.new), ids(&changes.changed), changes.gone.join(" "), faulty.join(" ")]
    }

    #[test]
    fn only_what_changed_is_touched() {
        assert_eq!(compare(Retry::None, &[]), ["e", "b", "gone", "c d"]);
        assert_eq!(compare(Retry::Unreadable, &[]), ["e", "b d", "gone", "c"]);
    }

    #[test]
    fn what_a_run_left_unfinished_is_read_again_or_removed() {
        assert_eq!(
            compare(Retry::None, &["a", "e", "half", "drive/half"]),
            ["", "a b e", "gone half", "c d"]
        );
    }

    #[test]
    fn moved_files_are_known_by_more_than_size_and_time() {
        let identified = |id: &str, identity| FoundFile { identity, ..file(id, 7) };
        let changes = Changes::between(
            vec![
                identified("neu/a.txt", Some(1)),
                identified("copy.txt", Some(2)),
                identified("a.md", Some(1)),
                identified("anywhere.txt", None),
                FoundFile { stamp: 8, ..identified("changed.txt", Some(1)) },
            ],
            vec![Origin { identity: Some(1), ..origin("a.txt", 7, None) }],
            vec![],
            Retry::None,
            &|_| false,
        );
        assert_eq!((changes.new.len(), &*changes.gone), (5, &["a.txt".to_owned()][..]));
        assert_eq!(changes.moved, HashMap::from([("neu/a.txt".to_owned(), "a.txt".to_owned())]));
    }

    #[test]
    fn nothing_changed() {
        let changes = Changes::between(
            vec![file("a", 1)],
            vec![origin("a", 1, None), origin("b", 1, None)],
            vec![],
            Retry::None,
            &|path| path == "b",
        );
        assert!(changes.is_empty());
        assert_eq!((changes.files, changes.to_read()), (1, (0, 0)));
    }
}
