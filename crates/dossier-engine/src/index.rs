//! An index as a whole: made, opened, rebuilt beside and swapped.
//!
//! On disk:
//!
//! ```text
//! FOLDER/dossier-index.json   what made the index, and which generation is the current one
//! FOLDER/writer.lock          held by the one writer; names its process
//! FOLDER/g1/                  the files of generation 1, tantivy's
//! ```
//!
//! A rebuild fills the next generation and then replaces `dossier-index.json`, in one step.

mod generations;
mod header;
mod lock;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dossier_german::UserWords;
use tantivy::directory::RamDirectory;
use tantivy::{IndexReader, IndexSettings, ReloadPolicy};

use self::generations::{generations, remove_generations_but};
use self::header::{HEADER, Header, foreign, stranger_in, write_error};
pub(crate) use self::lock::WriterLock;
use crate::analysis::Analysis;
#[cfg(doc)]
use crate::error::Error;
use crate::error::{ErrorKind, Result, guard, tantivy_error};
use crate::schema::{Fields, schema};
use crate::searcher::Searcher;
use crate::stems::StemsPlugin;
use crate::storage::Folder;
use crate::writer::Writer;

/// An index on disk or in memory. Cheap to clone; clones share it, also between threads.
#[derive(Clone)]
pub struct Index {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub index: tantivy::Index,
    pub reader: IndexReader,
    pub fields: Fields,
    pub analysis: Analysis,
    /// The folder with the header; none in memory.
    folder: Option<PathBuf>,
    read_only: bool,
}

/// How an index is made and opened. [`Index::create`] and its like take the default.
///
/// ```
/// use dossier_engine::{Document, IndexOptions, SearchOptions};
///
/// // The words of a field, which no dictionary holds, make compounds.
/// let index = IndexOptions::default().words(["Kibana"]).in_memory()?;
/// let mut writer = index.writer()?;
/// writer.put(Document { id: "1".into(), body: "Die Kibanaabfrage.".into(), ..Default::default() })?;
/// writer.commit()?;
/// let results = index.searcher()?.search(&"Kibana".parse()?, &SearchOptions::default())?;
/// assert_eq!(results.total, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct IndexOptions {
    words: Option<UserWords>,
}

impl IndexOptions {
    /// Adds words to the lexicon: they are known as nouns, never cut, and make parts of compounds.
    /// In any case, in any order; what is no single word is ignored.
    ///
    /// An index remembers its words. Opened with others, also with none, it is outdated; opened
    /// without a call of this, it is read with its own.
    pub fn words<W: AsRef<str>>(self, words: impl IntoIterator<Item = W>) -> IndexOptions {
        IndexOptions { words: Some(UserWords::new(words)) }
    }

    /// For an index to be made, where others were made before.
    fn analysis(&self, recorded: Option<UserWords>) -> Analysis {
        Analysis::new(self.words.clone().or(recorded).unwrap_or_default())
    }

    /// Makes a new, empty index in a folder that is empty or does not exist.
    ///
    /// # Errors
    ///
    /// [`Error::is_foreign`] if the folder holds anything else, an index included;
    /// [`Error::is_read_only`]; [`Error::is_locked`].
    pub fn create(&self, folder: &Path) -> Result<Index> {
        fs::create_dir_all(folder).map_err(|source| write_error(folder, source))?;
        let _lock = match stranger_in(folder) {
            Some(name) => return Err(foreign(folder, format!("it holds '{name}'"))),
            None => WriterLock::take(folder)?,
        };
        if folder.join(HEADER).exists() {
            return Err(foreign(folder, "there is an index already".to_owned()));
        }
        let generation = "g1".to_owned();
        remove_generations_but(folder, None);
        let analysis = self.analysis(None);
        let index = create_generation(folder, &generation, analysis.clone())?;
        Header::of(generation, &analysis).write(folder)?;
        Ok(index)
    }

    /// Opens an index for reading and writing.
    ///
    /// # Errors
    ///
    /// [`Error::is_missing`], [`Error::is_foreign`], [`Error::is_outdated`],
    /// [`Error::is_corrupt`]; [`Error::is_read_only`] where no lock can be made: use
    /// [`open_read_only`](IndexOptions::open_read_only) there.
    pub fn open(&self, folder: &Path) -> Result<Index> {
        open(folder, self.words.as_ref(), false)
    }

    /// Opens an index for reading only: without a lock, as another user, on read-only media.
    ///
    /// # Errors
    ///
    /// As [`open`](IndexOptions::open), but never [`Error::is_read_only`].
    pub fn open_read_only(&self, folder: &Path) -> Result<Index> {
        open(folder, self.words.as_ref(), true)
    }

    /// Makes an index in memory.
    ///
    /// # Errors
    ///
    /// None is expected.
    pub fn in_memory(&self) -> Result<Index> {
        build(None, RamDirectory::create().into(), self.analysis(None))
    }

    /// Starts a new index beside the one in `folder`, which stays in use until
    /// [`Rebuild::finish`]. For an index that is outdated or corrupt.
    ///
    /// # Errors
    ///
    /// [`Error::is_locked`], [`Error::is_read_only`]; [`Error::is_foreign`] if the folder holds no
    /// index.
    pub fn rebuild(&self, folder: &Path) -> Result<Rebuild> {
        if !folder.join(HEADER).exists() {
            return Err(foreign(folder, format!("it holds no {HEADER}")));
        }
        let lock = WriterLock::take(folder)?;
        let header = fs::read_to_string(folder.join(HEADER))
            .ok()
            .and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok())
            .unwrap_or_default();
        let current = header.get("generation").and_then(serde_json::Value::as_str);
        let words = header
            .get("words")
            .and_then(serde_json::Value::as_array)
            .map(|words| UserWords::new(words.iter().filter_map(serde_json::Value::as_str)));
        let last = generations(folder).max().unwrap_or(0);
        let generation = format!("g{}", last + 1);
        if current.is_some() {
            remove_generations_but(folder, current);
        }
        let index = create_generation(folder, &generation, self.analysis(words))?;
        Ok(Rebuild { index, folder: folder.to_owned(), generation, lock })
    }
}

impl Index {
    /// [`IndexOptions::create`] with the default options.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn create(folder: &Path) -> Result<Index> {
        IndexOptions::default().create(folder)
    }

    /// [`IndexOptions::open`] with the default options.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn open(folder: &Path) -> Result<Index> {
        IndexOptions::default().open(folder)
    }

    /// [`IndexOptions::open_read_only`] with the default options.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn open_read_only(folder: &Path) -> Result<Index> {
        IndexOptions::default().open_read_only(folder)
    }

    /// [`IndexOptions::in_memory`] with the default options.
    ///
    /// # Errors
    ///
    /// None is expected.
    pub fn in_memory() -> Result<Index> {
        IndexOptions::default().in_memory()
    }

    /// [`IndexOptions::rebuild`] with the default options.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn rebuild(folder: &Path) -> Result<Rebuild> {
        IndexOptions::default().rebuild(folder)
    }

    /// The one writer. It holds a lock until it is dropped.
    ///
    /// # Errors
    ///
    /// [`Error::is_locked`] while another writer, in this process or another, is at work;
    /// [`Error::is_read_only`].
    pub fn writer(&self) -> Result<Writer> {
        let lock = match &self.inner.folder {
            None => None,
            Some(folder) if self.inner.read_only => {
                return Err(ErrorKind::ReadOnly { path: folder.clone(), source: None }.into());
            }
            Some(folder) => Some(WriterLock::take(folder)?),
        };
        Writer::new(self.clone(), lock)
    }

    /// A snapshot of the last commit.
    ///
    /// # Errors
    ///
    /// [`Error::is_corrupt`].
    pub fn searcher(&self) -> Result<Searcher> {
        // A writer may remove merged files between listing and opening them. Then there is a later
        // commit, which it has to write before it can do so again.
        const TRIES: usize = 10;
        let mut tries = 0;
        loop {
            tries += 1;
            match guard(self.inner.folder.as_deref(), || Searcher::new(self.clone())) {
                Err(error) if error.is_missing_file() && tries < TRIES => {}
                opened => return opened,
            }
        }
    }

    pub(crate) fn folder(&self) -> Option<&Path> {
        self.inner.folder.as_deref()
    }
}

fn create_generation(folder: &Path, generation: &str, analysis: Analysis) -> Result<Index> {
    let path = folder.join(generation);
    fs::create_dir_all(&path).map_err(|source| write_error(&path, source))?;
    let files = Folder::open(&path, false).map_err(|error| tantivy_error(&path, error.into()))?;
    build(Some((folder, false)), Box::new(files), analysis)
}

/// Bytes of texts that are packed together. Each hit unpacks a whole block: a quarter of the usual
/// size.
const STORE_BLOCK: usize = 4_096;

/// Bytes of texts kept unpacked, for each segment.
const STORE_CACHE: usize = 1_638_400;

fn build(
    place: Option<(&Path, bool)>,
    files: Box<dyn tantivy::Directory>,
    analysis: Analysis,
) -> Result<Index> {
    let (schema, fields) = schema();
    let settings = IndexSettings {
        docstore_blocksize: STORE_BLOCK,
        // A sixth more than with zstd, unpacked several times as fast, and no C library to build.
        docstore_compression: tantivy::store::Compressor::Lz4,
        ..Default::default()
    };
    let path = place.map(|(path, _)| path);
    let index = tantivy::Index::builder()
        .schema(schema)
        .settings(settings)
        .register_plugin(Arc::new(StemsPlugin))
        .open_or_create(files)
        .map_err(|error| tantivy_error(path.unwrap_or(Path::new("")), error))?;
    finish(index, fields, place, analysis)
}

fn open(folder: &Path, words: Option<&UserWords>, read_only: bool) -> Result<Index> {
    // A writer may swap generations, or remove merged files, between two steps of opening.
    const TRIES: usize = 3;
    let mut tries = 0;
    loop {
        tries += 1;
        let header = Header::read(folder, words)?;
        let opened = guard(Some(folder), || {
            let path = folder.join(&header.generation);
            let files = Folder::open(&path, read_only)
                .map_err(|error| tantivy_error(folder, error.into()))?;
            let mut index =
                tantivy::Index::open(files).map_err(|error| tantivy_error(folder, error))?;
            index.register_plugin(Arc::new(StemsPlugin));
            let (schema, fields) = schema();
            if index.schema() != schema {
                return Err(ErrorKind::Corrupt {
                    path: folder.to_owned(),
                    source: None,
                    why: "its fields do not fit its header".to_owned(),
                }
                .into());
            }
            let analysis = Analysis::new(UserWords::new(&header.words));
            finish(index, fields, Some((folder, read_only)), analysis)
        });
        match opened {
            Err(error) if error.is_corrupt() && tries < TRIES => continue,
            opened => return opened,
        }
    }
}

fn finish(
    index: tantivy::Index,
    fields: Fields,
    place: Option<(&Path, bool)>,
    analysis: Analysis,
) -> Result<Index> {
    let path = place.map_or(Path::new(""), |(path, _)| path);
    let reader = index
        .reader_builder()
        // The default would be a thread that looks for commits twice a second.
        .reload_policy(ReloadPolicy::Manual)
        // As much memory as the default, of more and smaller blocks.
        .doc_store_cache_num_blocks(STORE_CACHE / STORE_BLOCK)
        .try_into()
        .map_err(|error| tantivy_error(path, error))?;
    let (folder, read_only) = match place {
        Some((path, read_only)) => (Some(path.to_owned()), read_only),
        None => (None, false),
    };
    Ok(Index { inner: Arc::new(Inner { index, reader, fields, analysis, folder, read_only }) })
}

/// A new index being built beside an old one.
pub struct Rebuild {
    index: Index,
    folder: PathBuf,
    generation: String,
    lock: WriterLock,
}

impl Rebuild {
    /// The writer of the new index.
    ///
    /// # Errors
    ///
    /// [`Error::is_locked`] while another writer of the new index is in use.
    pub fn writer(&self) -> Result<Writer> {
        Writer::new(self.index.clone(), None)
    }

    /// Puts the new index in the place of the old one, in one step. Its writer must have been
    /// dropped; what it did not commit is lost.
    ///
    /// # Errors
    ///
    /// [`Error::is_read_only`] and errors of the file system; the old index stays then.
    pub fn finish(self) -> Result<Index> {
        Header::of(self.generation.clone(), &self.index.inner.analysis).write(&self.folder)?;
        remove_generations_but(&self.folder, Some(&self.generation));
        drop(self.lock);
        Ok(self.index)
    }
}
