//! What an index remembers of its own making: the roots it was filled from, as a text that the
//! engine keeps with every commit.

use std::path::{Path, PathBuf};

use dossier_files::{id_of, path_of};
use serde::{Deserialize, Serialize};

use crate::dossier::Dossier;

/// Of the form of the note; another one is not understood.
const VERSION: u32 = 1;

/// The roots of an index. Paths are written as ids are (any bytes, no `\`), relative to the base
/// where they lie below it: a dossier may be moved as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    version: u32,
    base: String,
    /// Roots that came with the dossier: the folder itself, or what `dossier.toml` named.
    roots: Vec<String>,
    /// Roots that were added by name (`index PATH`).
    added: Vec<String>,
}

impl Note {
    /// Reads the note of an index; none if it is not one of this kind.
    pub fn read(text: &str) -> Option<Note> {
        serde_json::from_str(text).ok().filter(|note: &Note| note.version == VERSION)
    }

    /// The text to keep in the index.
    pub fn text(&self) -> String {
        // Strings and lists of strings always serialize.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The note of a new index.
    pub fn new(base: &Path, roots: &[PathBuf], added: &[PathBuf]) -> Note {
        let mut note = Note {
            version: VERSION,
            base: id_of(base),
            roots: roots.iter().map(|root| name(base, root)).collect(),
            added: Vec::new(),
        };
        for root in added {
            note.add(base, root);
        }
        note
    }

    /// The note brought up to date with its dossier, and the base that its paths are relative to.
    /// `dossier.toml` has the say over what came with the dossier, unless the index was named.
    pub fn in_dossier(mut self, dossier: &Dossier) -> (Note, PathBuf) {
        if dossier.named {
            let base = path_of(&self.base);
            return (self, base);
        }
        self.base = id_of(&dossier.base);
        if let Some(sources) = &dossier.sources {
            self.roots = sources.iter().map(|root| name(&dossier.base, root)).collect();
        }
        (self, dossier.base.clone())
    }

    /// Adds a root by name.
    pub fn add(&mut self, base: &Path, root: &Path) {
        let root = name(base, root);
        if !self.added.contains(&root) && !self.roots.contains(&root) {
            self.added.push(root);
        }
    }

    /// All roots, as paths that can be opened.
    pub fn roots(&self, base: &Path) -> Vec<PathBuf> {
        let mut roots: Vec<PathBuf> = Vec::new();
        for root in self.roots.iter().chain(&self.added) {
            let root: PathBuf = base.join(path_of(root)).components().collect();
            if !roots.contains(&root) {
                roots.push(root);
            }
        }
        roots
    }

    /// Whether two notes name the same roots, wherever the dossier lies.
    pub fn same_roots(&self, other: &Note) -> bool {
        self.roots == other.roots && self.added == other.added
    }
}

fn name(base: &Path, root: &Path) -> String {
    match root.strip_prefix(base) {
        Ok(inside) if inside.as_os_str().is_empty() => ".".to_owned(),
        Ok(inside) => id_of(inside),
        Err(_) => id_of(root),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dossier(base: &str, sources: Option<&[&str]>, named: bool) -> Dossier {
        Dossier {
            words: None,
            aliases: Default::default(),
            base: base.into(),
            index: "/i".into(),
            fallback: None,
            sources: sources.map(|sources| sources.iter().map(PathBuf::from).collect()),
            named,
        }
    }

    #[test]
    fn a_note_survives_its_text() {
        let base = Path::new("/a");
        let note = Note::new(base, &["/a".into()], &["/a/b".into(), "/c".into(), "/c".into()]);
        assert_eq!(Note::read(&note.text()), Some(note.clone()));
        assert_eq!(note.roots(base), [Path::new("/a"), Path::new("/a/b"), Path::new("/c")]);
        assert_eq!(Note::read(""), None);
        assert_eq!(Note::read(&note.text().replace("\"version\":1", "\"version\":9")), None);
    }

    #[test]
    fn a_moved_dossier_takes_its_roots_along() {
        let note = Note::new(Path::new("/a"), &["/a/b".into()], &["/c".into()]);
        let (moved, base) = note.clone().in_dossier(&dossier("/z", None, false));
        assert_eq!(moved.roots(&base), [Path::new("/z/b"), Path::new("/c")]);
        assert!(moved.same_roots(&note) && moved != note);
        let (named, base) = note.in_dossier(&dossier("/z", None, true));
        assert_eq!(named.roots(&base), [Path::new("/a/b"), Path::new("/c")]);
    }

    #[test]
    fn the_config_has_the_say_over_what_came_with_the_dossier() {
        let note = Note::new(Path::new("/a"), &["/a/b".into()], &["/c".into()]);
        let (now, base) = note.clone().in_dossier(&dossier("/a", Some(&["/a/d"]), false));
        assert_eq!(now.roots(&base), [Path::new("/a/d"), Path::new("/c")]);
        let (named, base) = note.in_dossier(&dossier("/a", Some(&["/a/d"]), true));
        assert_eq!(named.roots(&base), [Path::new("/a/b"), Path::new("/c")]);
    }
}
