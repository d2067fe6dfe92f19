//! Finding the dossier: the folder with the articles, its `dossier.toml`, and its index.
//!
//! No set-up: whatever folder the command is called in is a dossier, unless one is found around
//! it. The index lies in `.dossier/index`, unless another folder is named or the dossier cannot be
//! written.

use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use dossier_engine::{Aliases, IndexOptions};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use crate::messages::Language;

/// What the command knows of its surroundings, read once.
#[derive(Clone, Debug)]
pub struct Surroundings {
    pub folder: PathBuf,
    pub home: Option<PathBuf>,
    /// The user's cache folder.
    pub cache: Option<PathBuf>,
    /// DOSSIER_INDEX
    pub index: Option<PathBuf>,
    pub language: Language,
}

/// A dossier and its index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// The folder that ids are relative to.
    pub base: PathBuf,
    /// The folder of the index; it need not exist.
    pub index: PathBuf,
    /// Where the index goes if `index` cannot be made because the dossier cannot be written.
    pub fallback: Option<PathBuf>,
    /// The sources that `dossier.toml` names.
    pub sources: Option<Vec<PathBuf>>,
    /// Words that `dossier.toml` adds to the lexicon. None where the index was named: it has its
    /// own.
    pub words: Option<Vec<String>>,
    /// Groups of names that mean the same, of its `aliases.toml`.
    pub aliases: Aliases,
    /// Whether the index was named by the user: then it holds what it was told to hold, whatever
    /// dossier lies around.
    pub named: bool,
}

/// The folder within a dossier that is ours.
pub const OWN_FOLDER: &str = ".dossier";

const CONFIG: &str = "dossier.toml";

const ALIASES: &str = "aliases.toml";

/// What `aliases.toml` says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AliasGroups {
    /// Names that mean the same, of one word or several.
    groups: Vec<Spanned<Vec<String>>>,
}

/// What `dossier.toml` may say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// Files and folders with articles, relative to the file itself.
    sources: Option<Vec<PathBuf>>,
    #[serde(default)]
    lexicon: Lexicon,
}

/// What is added to the lexicon.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lexicon {
    words: Option<WordList>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "`words` is a list of words, or the path of a file with a word a line"
)]
enum WordList {
    Here(Vec<String>),
    /// Relative to `dossier.toml`.
    In(PathBuf),
}

/// What was read from `dossier.toml`.
#[derive(Default)]
struct Configured {
    sources: Option<Vec<PathBuf>>,
    words: Vec<String>,
}

impl Dossier {
    /// How its index is made and opened.
    pub fn options(&self) -> IndexOptions {
        match &self.words {
            Some(words) => IndexOptions::default().words(words),
            None => IndexOptions::default(),
        }
    }
}

impl Surroundings {
    /// Reads the environment.
    pub fn read() -> Result<Surroundings> {
        let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        let path = |name| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let text = |name| variable(name).and_then(|value: OsString| value.into_string().ok());
        let (all, messages, lang) = (text("LC_ALL"), text("LC_MESSAGES"), text("LANG"));
        let language = Language::of_locale([all.as_deref(), messages.as_deref(), lang.as_deref()]);
        // The current folder is told without links, so the home folder must be, too.
        let home = path("HOME").map(|home| home.canonicalize().unwrap_or(home));
        let cache = path("XDG_CACHE_HOME").or_else(|| Some(home.as_ref()?.join(".cache")));
        let folder = std::env::current_dir().context("the current folder cannot be found")?;
        Ok(Surroundings {
            folder,
            home,
            cache,
            index: variable("DOSSIER_INDEX").map(PathBuf::from),
            language,
        })
    }

    /// An absolute path without `.` and `..`; symbolic links stay, so that a file keeps the name
    /// the user knows.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        let path = self.folder.join(path);
        if path.components().any(|part| part == Component::ParentDir) {
            // Only the file system knows what lies above a link.
            if let Ok(path) = path.canonicalize() {
                return path;
            }
        }
        path.components().collect()
    }

    /// Whether a folder holds so much besides articles that nobody wants all of it searched: the
    /// root, the home folder, and what lies around it.
    pub fn is_too_wide(&self, folder: &Path) -> bool {
        folder.parent().is_none() || self.home.as_ref().is_some_and(|home| home.starts_with(folder))
    }
}

/// Finds the dossier: of the index that is named, else around the current folder, else the current
/// folder itself.
///
/// Errors: a `dossier.toml` or `aliases.toml` that cannot be read or understood.
pub fn locate(named: Option<&Path>, around: &Surroundings) -> Result<Dossier> {
    let base = around
        .folder
        .ancestors()
        .find(|folder| folder.join(OWN_FOLDER).is_dir() || folder.join(CONFIG).is_file())
        .unwrap_or(&around.folder);
    let Configured { sources, words } = configured(base, around)?;
    let aliases = aliases(base, around)?;
    if let Some(index) = named.or(around.index.as_deref()) {
        return Ok(Dossier {
            base: base.to_path_buf(),
            index: around.absolute(index),
            fallback: None,
            sources,
            words: None,
            aliases,
            named: true,
        });
    }
    let own = base.join(OWN_FOLDER).join("index");
    let fallback = around.cache.as_ref().map(|cache| in_cache(cache, base));
    let index = match &fallback {
        Some(fallback) if !own.exists() && fallback.exists() => fallback.clone(),
        _ => own,
    };
    Ok(Dossier {
        base: base.to_path_buf(),
        index,
        fallback,
        sources,
        words: Some(words),
        aliases,
        named: false,
    })
}

/// Whether an error says that a folder cannot be written by us at all.
pub fn is_unwritable(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// The folder for the index of a dossier that cannot be written: readable for people, and another
/// one for each dossier.
fn in_cache(cache: &Path, base: &Path) -> PathBuf {
    let name = base.file_name().map(|name| name.to_string_lossy().into_owned());
    let hash = fnv(base.as_os_str().as_encoded_bytes());
    cache.join("dossier-search").join(format!("{}-{hash:016x}", name.as_deref().unwrap_or("root")))
}

/// FNV-1a: the same in every version, as the name of a folder has to be.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn configured(base: &Path, around: &Surroundings) -> Result<Configured> {
    let path = base.join(CONFIG);
    let Some(text) = read_if_there(&path)? else { return Ok(Configured::default()) };
    let config: Config = parse(&text, &path, around)?;
    if config.sources.as_ref().is_some_and(Vec::is_empty) {
        // Taken at its word, it would empty the index.
        let line = 1 + text.lines().position(|line| line.contains("sources")).unwrap_or(0);
        return Err(anyhow!(around.language.in_config(&path, line, "`sources` is empty")));
    }
    let words = match config.lexicon.words {
        None => Vec::new(),
        Some(WordList::Here(words)) => words,
        Some(WordList::In(list)) => {
            let list = base.join(list);
            let text = std::fs::read_to_string(&list)
                .map_err(|error| anyhow!("{}: {error}", crate::terminal::visible_path(&list)))?;
            text.lines().map(str::to_owned).collect()
        }
    };
    let absolute = |source: &PathBuf| around.absolute(&base.join(source));
    let sources = config.sources.map(|sources| sources.iter().map(absolute).collect());
    Ok(Configured { sources, words })
}

/// The groups of names in `aliases.toml`.
fn aliases(base: &Path, around: &Surroundings) -> Result<Aliases> {
    let path = base.join(ALIASES);
    let Some(text) = read_if_there(&path)? else { return Ok(Aliases::default()) };
    let AliasGroups { groups } = parse(&text, &path, around)?;
    let is_name = |name: &&String| name.contains(char::is_alphanumeric);
    if let Some(lonely) =
        groups.iter().find(|group| group.as_ref().iter().filter(is_name).count() < 2)
    {
        let line = line_at(&text, lonely.span().start);
        let why = "a group is a list of at least two names";
        return Err(anyhow!(around.language.in_config(&path, line, why)));
    }
    Ok(Aliases::new(groups.iter().map(AsRef::as_ref)))
}

fn read_if_there(path: &Path) -> Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(anyhow!("{}: {error}", crate::terminal::visible_path(path))),
    }
}

fn parse<T: DeserializeOwned>(text: &str, path: &Path, around: &Surroundings) -> Result<T> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        let line = line_at(text, error.span().map_or(0, |span| span.start));
        anyhow!(around.language.in_config(path, line, error.message()))
    })
}

/// The line, from 1, of a byte of a text.
fn line_at(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|&byte| byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn surroundings(folder: &Path) -> Surroundings {
        Surroundings {
            folder: folder.to_path_buf(),
            home: Some(folder.join("home")),
            cache: Some(folder.join("home/.cache")),
            index: None,
            language: Language::English,
        }
    }

    #[test]
    fn the_nearest_dossier_around_is_found() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path();
        std::fs::create_dir_all(root.join("presse/2024/mai")).unwrap();
        std::fs::write(root.join("presse/dossier.toml"), "sources = [\"2024\"]").unwrap();
        let found = locate(None, &surroundings(&root.join("presse/2024/mai"))).unwrap();
        assert_eq!(found.base, root.join("presse"));
        assert_eq!(found.index, root.join("presse/.dossier/index"));
        assert_eq!(found.sources, Some(vec![root.join("presse/2024")]));

        std::fs::create_dir(root.join("presse/2024/.dossier")).unwrap();
        let found = locate(None, &surroundings(&root.join("presse/2024/mai"))).unwrap();
        assert_eq!((found.base, found.sources), (root.join("presse/2024"), None));
    }

    #[test]
    fn without_a_dossier_around_the_current_folder_is_one() {
        let temp = tempfile::tempdir().unwrap();
        let found = locate(None, &surroundings(temp.path())).unwrap();
        assert_eq!(found.base, temp.path());
        assert!(!found.named);
        let found = locate(Some(Path::new("i")), &surroundings(temp.path())).unwrap();
        assert_eq!((found.index, found.named), (temp.path().join("i"), true));
    }

    #[test]
    fn a_faulty_config_is_an_error_with_its_line() {
        let temp = tempfile::tempdir().unwrap();
        for (text, expected) in [
            ("# Quellen\nsources = [\"a\"]\nsuorces = 1\n", "line 3: unknown field `suorces`"),
            ("sources = \"a\"", "line 1: invalid type"),
            ("\n\nsources = [", "line 3: "),
            ("\nsources = []", "line 2: `sources` is empty"),
        ] {
            std::fs::write(temp.path().join(CONFIG), text).unwrap();
            let error = locate(None, &surroundings(temp.path())).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn faulty_groups_of_names_are_an_error_with_their_line() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join(ALIASES);
        for (text, expected) in [
            (
                "groups = [\n  [\"Wagner\", \"Africa Corps\"],\n  [\"PMC\", \" \"],\n]",
                "line 3: a group",
            ),
            ("groups = [\"Wagner\"]", "line 1: invalid type"),
            ("\nnames = []", "line 2: unknown field `names`"),
        ] {
            std::fs::write(&path, text).unwrap();
            let error = locate(None, &surroundings(temp.path())).unwrap_err().to_string();
            assert!(error.contains(expected) && error.contains(ALIASES), "{error}");
        }
        std::fs::write(&path, "groups = [[\"Wagner\", \"Africa Corps\"]]").unwrap();
        let found = locate(None, &surroundings(temp.path())).unwrap();
        assert_eq!(found.aliases, Aliases::new([["Wagner", "Africa Corps"]]));
    }

    #[test]
    fn an_index_in_the_cache_is_used_once_it_is_there() {
        let temp = tempfile::tempdir().unwrap();
        let around = surroundings(temp.path());
        let first = locate(None, &around).unwrap();
        let fallback = first.fallback.unwrap();
        assert!(fallback.starts_with(temp.path().join("home/.cache/dossier-search")));
        std::fs::create_dir_all(&fallback).unwrap();
        assert_eq!(locate(None, &around).unwrap().index, fallback);
        std::fs::create_dir_all(temp.path().join(".dossier/index")).unwrap();
        assert_eq!(locate(None, &around).unwrap().index, temp.path().join(".dossier/index"));
    }

    #[test]
    fn paths_become_absolute() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("a/b")).unwrap();
        let around = surroundings(&root.join("a"));
        for (path, expected) in [
            ("b", "a/b"),
            ("./b/.", "a/b"),
            ("b/", "a/b"),
            ("..", ""),
            ("../a/b", "a/b"),
            (".", "a"),
        ] {
            let expected: PathBuf = root.join(expected).components().collect();
            assert_eq!(around.absolute(Path::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn wide_places() {
        let around = surroundings(Path::new("/users/max"));
        for (folder, expected) in
            [("/", true), ("/users/max/home", true), ("/users", true), ("/users/max/home/a", false)]
        {
            assert_eq!(around.is_too_wide(Path::new(folder)), expected, "{folder}");
        }
    }
}
