//! Finds the files below some roots.
//!
//! Nothing is opened here but folders and their ignore files, and no link is followed but a root
//! that is one: there are no loops, and FIFOs and devices cannot stop a walk.

use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{self, Component, Path, PathBuf};
use std::rc::Rc;

use crate::format::Format;
use crate::id::{encode, id_of};
use crate::ignored::Ignored;
use crate::problem::{FileProblem, ProblemKind};
use crate::stamp::{identity_of, stamp_of};

/// A file that can be read, as found by walking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Where to open it: below the root as that was given.
    pub path: PathBuf,
    /// Its path relative to the base, as [`id_of`](crate::id_of) writes it; absolute if it is not
    /// below the base.
    pub id: String,
    /// A hash of its size and its time of modification, which no other run, machine or version
    /// of the compiler computes otherwise.
    pub stamp: u64,
    /// Stays the same while the file is moved within its file system, and is that of no other file
    /// there; `None` where the system does not tell.
    pub identity: Option<u64>,
    /// Its size.
    pub bytes: u64,
}

/// What a walk found.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Walk {
    /// The files that can be read, ordered by id (by its bytes), each of them once.
    pub files: Vec<FoundFile>,
    /// Folders and files that cannot be looked at, ordered by id.
    pub problems: Vec<FileProblem>,
    /// The roots that do not exist; these are in no other list.
    /// [`FileProblem::missing_root`] says it in words.
    pub missing_roots: Vec<PathBuf>,
    /// How many files with other endings, links and special files there are below the folders,
    /// not counting what is hidden or ignored.
    pub passed_over: usize,
    /// The ids of what nothing is known about: missing roots, folders that cannot be listed.
    unknown: Vec<String>,
}

impl Walk {
    /// Whether nothing can be said about a file of that id, which was not found: it lies in a
    /// folder that cannot be listed, or below a root that is missing. It may still be there, so
    /// what an index has of it should stay.
    pub fn is_unknown(&self, id: &str) -> bool {
        self.unknown.iter().any(|unknown| {
            id.strip_prefix(unknown.as_str()).is_some_and(|rest| {
                rest.is_empty()
                    || rest.starts_with('/')
                    || unknown.is_empty()
                    || unknown.ends_with('/')
            })
        })
    }
}

/// Walks files and folders below roots.
///
/// Roots and base are paths that can be opened: absolute, or relative to the current folder.
///
/// - Below folders, files whose ending names a format that is read (in any case of letters) are
///   taken; a file that is itself a root always is.
/// - What is hidden (its name starts with a dot) or named in a `.dossierignore` (patterns as in
///   `.gitignore`, also in the folders between the base and a root) is passed over, unless it is
///   a root.
/// - Links are not followed, unless they are roots. A file in overlapping roots is found once;
///   if it has two names, by the one below the base.
///
/// Takes a look at the metadata of each file that it finds and memory for its path and id.
pub fn walk(roots: &[PathBuf], base: &Path) -> Walk {
    let base = Base::new(base);
    let mut walker = Walker { base: &base, walk: Walk::default(), roots_of_files: Vec::new() };
    for (index, root) in roots.iter().enumerate() {
        walker.root(root);
        walker.roots_of_files.resize(walker.walk.files.len(), index);
    }
    let Walker { mut walk, roots_of_files, .. } = walker;
    if overlap(roots) {
        walk.files = each_once(walk.files, &roots_of_files, roots);
    }
    walk.files.sort_unstable_by(|one, other| one.id.cmp(&other.id));
    walk.problems.sort_by(|one, other| one.id.cmp(&other.id));
    walk.problems.dedup_by_key(|problem| (problem.id.clone(), problem.reason()));
    walk.missing_roots.sort();
    walk.missing_roots.dedup();
    walk
}

struct Walker<'a> {
    base: &'a Base,
    walk: Walk,
    /// For each file the index of the root it was found below.
    roots_of_files: Vec<usize>,
}

/// A folder to be listed.
struct Folder {
    path: PathBuf,
    /// Its path as in its id, but not encoded.
    name: PathBuf,
    id: String,
    ignored: Option<Rc<Ignored>>,
}

impl Walker<'_> {
    fn root(&mut self, root: &Path) {
        let metadata = fs::metadata(root);
        let mut name = self.base.name(root);
        if name.as_os_str().is_empty() && metadata.as_ref().is_ok_and(Metadata::is_file) {
            // The base is the file itself.
            name = root.file_name().map(PathBuf::from).unwrap_or_default();
        }
        let id = id_of(&name);
        match metadata {
            Ok(metadata) if metadata.is_dir() => {
                let ignored = self.ignored_around(&name);
                self.folders(Folder { path: root.to_path_buf(), name, id, ignored });
            }
            Ok(metadata) if metadata.is_file() => {
                self.file(root.to_path_buf(), id, &metadata);
            }
            Ok(_) => self.problem(root, &id, ProblemKind::Special),
            Err(error) if is_missing(&error) => {
                self.walk.missing_roots.push(root.to_path_buf());
                self.walk.unknown.push(id);
            }
            Err(error) => self.unknown(root, id, ProblemKind::File(error)),
        }
    }

    /// The ignore files of the folders from the base down to the one above a root.
    fn ignored_around(&mut self, name: &Path) -> Option<Rc<Ignored>> {
        if name.is_absolute() || name.as_os_str().is_empty() {
            return None;
        }
        let mut around: Vec<&Path> = name.ancestors().skip(1).collect();
        around.reverse();
        around.into_iter().fold(None, |outer, name| {
            let path = self.base.path.join(name);
            self.enter(&path, name, outer)
        })
    }

    fn enter(
        &mut self,
        path: &Path,
        name: &Path,
        outer: Option<Rc<Ignored>>,
    ) -> Option<Rc<Ignored>> {
        let problems = &mut self.walk.problems;
        Ignored::enter(path, name, outer, &mut |file, why| {
            let id = id_of(&name.join(file.file_name().unwrap_or_default()));
            problems.push(FileProblem::new(file, &id, ProblemKind::IgnoreFile(why)));
        })
    }

    fn folders(&mut self, first: Folder) {
        // A list instead of recursion: folders may be nested deeper than the stack is.
        let root = first.path.clone();
        let mut folders = vec![first];
        while let Some(mut folder) = folders.pop() {
            let entries = match fs::read_dir(&folder.path) {
                Ok(entries) => entries,
                // Removed since its parent was listed. A root that was there a moment ago may
                // be a drive that is being unmounted.
                Err(error) if is_missing(&error) && folder.path != root => continue,
                Err(error) => {
                    self.unknown(&folder.path, folder.id, ProblemKind::Folder(error));
                    continue;
                }
            };
            folder.ignored = self.enter(&folder.path, &folder.name, folder.ignored.take());
            for entry in entries {
                match entry {
                    Ok(entry) => folders.extend(self.entry(&folder, &entry)),
                    Err(error) => {
                        let kind = ProblemKind::Folder(error);
                        self.unknown(&folder.path, folder.id.clone(), kind);
                        break;
                    }
                }
            }
        }
    }

    /// Takes a file in a folder, or gives back the folder it is.
    fn entry(&mut self, folder: &Folder, entry: &DirEntry) -> Option<Folder> {
        let file_name = entry.file_name();
        if file_name.as_encoded_bytes().starts_with(b".") {
            return None;
        }
        let mut id = folder.id.clone();
        if !id.is_empty() && !id.ends_with('/') {
            id.push('/');
        }
        id.push_str(&encode(&file_name));
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(error) => {
                self.unknown(&entry.path(), id, ProblemKind::File(error));
                return None;
            }
        };
        let is_ignored =
            |ignored: &Rc<Ignored>| ignored.has(&folder.name.join(&file_name), kind.is_dir());
        if folder.ignored.as_ref().is_some_and(is_ignored) {
            return None;
        }
        if kind.is_dir() {
            let name = folder.name.join(&file_name);
            return Some(Folder { path: entry.path(), name, id, ignored: folder.ignored.clone() });
        }
        if !kind.is_file() || !Format::is_read(&file_name.to_string_lossy()) {
            self.walk.passed_over += 1;
            return None;
        }
        match entry.metadata() {
            Ok(metadata) => self.file(entry.path(), id, &metadata),
            Err(error) if is_missing(&error) => {}
            Err(error) => self.unknown(&entry.path(), id, ProblemKind::File(error)),
        }
        None
    }

    fn file(&mut self, path: PathBuf, id: String, metadata: &Metadata) {
        let (stamp, identity) = (stamp_of(metadata), identity_of(metadata));
        self.walk.files.push(FoundFile { path, id, stamp, identity, bytes: metadata.len() });
    }

    fn problem(&mut self, path: &Path, id: &str, kind: ProblemKind) {
        self.walk.problems.push(FileProblem::new(path, id, kind));
    }

    fn unknown(&mut self, path: &Path, id: String, kind: ProblemKind) {
        self.problem(path, &id, kind);
        self.walk.unknown.push(id);
    }
}

fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// What names are relative to.
struct Base {
    path: PathBuf,
    /// Its absolute path as written, and with all links followed if it exists.
    names: Vec<PathBuf>,
}

impl Base {
    fn new(path: &Path) -> Base {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let mut names = vec![absolute(path)];
        names.extend(fs::canonicalize(path).ok());
        Base { path: path.to_path_buf(), names }
    }

    /// The path of a root relative to the base, or absolute if it is not below it.
    ///
    /// What the user wrote comes first: a link below the base names what it leads to. Links are
    /// followed where that does not lead to the base, as when the base was given as `/tmp` and the
    /// root as `/private/tmp/a`.
    fn name(&self, root: &Path) -> PathBuf {
        let canonical = fs::canonicalize(root).ok();
        let written = absolute(root);
        // `link/..` is not where it seems to be.
        let goes_up = root.components().any(|component| component == Component::ParentDir);
        let written = if goes_up { canonical.clone().unwrap_or(written) } else { written };
        let in_real_folder = root.file_name().zip(root.parent()).and_then(|(name, parent)| {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            Some(fs::canonicalize(parent).ok()?.join(name))
        });
        let names = [Some(written.clone()), in_real_folder, canonical.clone()];
        for name in names.iter().flatten() {
            for base in &self.names {
                if let Ok(relative) = name.strip_prefix(base) {
                    return relative.to_path_buf();
                }
            }
        }
        canonical.unwrap_or(written)
    }
}

/// The absolute path without `.` and `..`, as far as it is written: no link is followed.
fn absolute(path: &Path) -> PathBuf {
    let path = path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut folded = PathBuf::new();
    for component in path.components() {
        if component == Component::ParentDir {
            folded.pop();
        } else {
            folded.push(component);
        }
    }
    folded
}

/// Whether a file may lie below two of the roots.
fn overlap(roots: &[PathBuf]) -> bool {
    let mut real: Vec<PathBuf> =
        roots.iter().filter_map(|root| fs::canonicalize(root).ok()).collect();
    // In this order what lies below a path follows it at once.
    real.sort();
    real.windows(2).any(|pair| pair[1].starts_with(&pair[0]))
}

/// Drops files that were found twice, whatever names led to them.
fn each_once(files: Vec<FoundFile>, roots_of_files: &[usize], roots: &[PathBuf]) -> Vec<FoundFile> {
    let real: Vec<PathBuf> =
        roots.iter().map(|root| fs::canonicalize(root).unwrap_or_else(|_| root.clone())).collect();
    let mut keyed: Vec<(PathBuf, FoundFile)> = files
        .into_iter()
        .zip(roots_of_files)
        .map(|(file, root)| {
            // No links are followed below a root, so the rest of the path is real as well.
            let below = file.path.strip_prefix(&roots[*root]).unwrap_or(&file.path);
            (real[*root].join(below), file)
        })
        .collect();
    let rank = |file: &FoundFile| (Path::new(&file.id).is_absolute(), file.id.clone());
    keyed.sort_by(|(one_path, one), (other_path, other)| {
        one_path.cmp(other_path).then_with(|| rank(one).cmp(&rank(other)))
    });
    keyed.dedup_by(|(one, _), (other, _)| one == other);
    keyed.into_iter().map(|(_, file)| file).collect()
}
