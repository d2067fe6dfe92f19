//! Documents in: the one place that writes.

use std::hash::{Hash, Hasher};
use std::num::NonZero;
use std::path::Path;

use rustc_hash::{FxHashSet, FxHasher};
use tantivy::schema::Term;
use tantivy::{IndexWriter, Segment, TantivyDocument};

use crate::document::{Document, Origin};
use crate::error::{ErrorKind, Result, guard, tantivy_error};
use crate::index::{Index, WriterLock};
use crate::indexing::{Entry, Making, Removed, Workers};
use crate::merging::Merging;
use crate::noise;
use crate::schema::Fields;
use crate::searcher::Searcher;

/// Bytes of memory for postings, of all threads together. A thread whose share is full makes a
/// segment of it: the larger the fewer, and the less often words are written that stand in many. Two
/// threads make two segments of the 164 MB of gesetze.
const MEMORY: usize = 500_000_000;

/// More threads than that share too little work and take too much memory.
const MOST_THREADS: usize = 4;

/// What tantivy wants at least for threads of its own, which have nothing to do.
const IDLE_MEMORY: usize = 15_000_000;

/// Adds, replaces and removes documents.
///
/// Nothing is visible before [`commit`](Writer::commit); what is dropped without is not kept. A
/// commit takes some hundred milliseconds and survives a power cut: put many documents before
/// each. Analysis runs on threads of its own.
pub struct Writer {
    /// Taken out only to be dropped.
    writer: Option<IndexWriter<TantivyDocument>>,
    making: Making,
    threads: usize,
    /// At work since something was put that is not committed.
    workers: Option<Workers>,
    fields: Fields,
    before: Searcher,
    /// Of what was put, as hashes: the ids, and the paths.
    ids: FxHashSet<u64>,
    paths: FxHashSet<u64>,
    /// Of what is removed from the index with the next commit.
    removed: Vec<Term>,
    note: Option<String>,
    index: Index,
    _lock: Option<WriterLock>,
}

impl Writer {
    pub(crate) fn new(index: Index, lock: Option<WriterLock>) -> Result<Writer> {
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        let threads = threads.min(MOST_THREADS);
        let path = index.folder().map(Path::to_owned);
        let path = path.as_deref();
        let writer = guard(path, || {
            index
                .inner
                .index
                .writer_with_num_threads(1, IDLE_MEMORY)
                .map_err(|error| tantivy_error(path.unwrap_or(Path::new("")), error))
        })?;
        writer.set_merge_policy(Box::new(Merging::default()));
        // What an interrupted run left behind.
        let _ = writer.garbage_collect_files().wait();
        let before = index.searcher()?;
        let inner = &index.inner;
        let making = Making {
            index: inner.index.clone(),
            fields: inner.fields,
            analysis: inner.analysis.clone(),
            memory: MEMORY / threads,
        };
        Ok(Writer {
            writer: Some(writer),
            making,
            threads,
            workers: None,
            fields: inner.fields,
            note: before.note().map(str::to_owned),
            before,
            ids: FxHashSet::default(),
            paths: FxHashSet::default(),
            removed: Vec::new(),
            index,
            _lock: lock,
        })
    }

    fn writer(&mut self) -> Result<&mut IndexWriter<TantivyDocument>> {
        self.writer.as_mut().ok_or_else(|| {
            ErrorKind::Internal { what: "the writer is closed", source: None }.into()
        })
    }

    /// Adds a document, or replaces the one with the same id.
    ///
    /// # Errors
    ///
    /// A document without an id, or with noise that is not ascending, apart and of characters of its
    /// body; errors of the file system, which may stem from an earlier document.
    pub fn put(&mut self, mut document: Document) -> Result<()> {
        if document.id.is_empty() {
            return Err(ErrorKind::Document("a document needs an id".to_owned()).into());
        }
        if !noise::is_valid(&document.body, &document.noise) {
            let why = "noise must be ranges of the body, ascending and apart";
            return Err(ErrorKind::Document(format!("{}: {why}", document.id)).into());
        }
        noise::pack(&mut document.title, &[]);
        noise::pack(&mut document.body, &document.noise);
        // Most documents are new: looking is cheaper than an order to delete nothing, which every
        // segment would have to carry out.
        if !self.ids.insert(hash(&document.id)) || self.before.contains(&document.id)? {
            self.delete(&document.id)?;
        }
        self.paths.extend(document.path.as_deref().map(hash));
        let size = document.title.len() + document.body.len();
        self.add(Entry::Document(Box::new(document)), size)
    }

    /// Removes the document with that id, if there is one.
    ///
    /// # Errors
    ///
    /// None is expected while the writer is open.
    pub fn delete(&mut self, id: &str) -> Result<()> {
        let was_put = self.ids.contains(&hash(id));
        self.remove(Term::from_field_text(self.fields.id, id), was_put);
        Ok(())
    }

    /// Removes the documents with that path, and the record of it.
    ///
    /// # Errors
    ///
    /// None is expected while the writer is open.
    pub fn delete_path(&mut self, path: &str) -> Result<()> {
        let was_put = self.paths.contains(&hash(path));
        self.remove(Term::from_field_text(self.fields.from, path), was_put);
        self.remove(Term::from_field_text(self.fields.origin, path), was_put);
        Ok(())
    }

    /// Removes what has a term, from the index and from what was put.
    fn remove(&mut self, term: Term, was_put: bool) {
        if let Some(workers) = self.workers.as_mut().filter(|_| was_put) {
            workers.remove(term.clone());
        }
        self.removed.push(term);
    }

    /// Records that a file was read to its end, in place of an earlier record of the same path.
    ///
    /// # Errors
    ///
    /// Errors of the file system.
    pub fn put_origin(&mut self, origin: Origin) -> Result<()> {
        let was_put = !self.paths.insert(hash(&origin.path));
        self.remove(Term::from_field_text(self.fields.origin, &origin.path), was_put);
        let size = origin.path.len();
        self.add(Entry::Origin(origin), size)
    }

    /// Keeps a text of the caller's (which sources were read, say) with this and later commits.
    pub fn set_note(&mut self, note: &str) {
        self.note = Some(note.to_owned());
    }

    /// Hands something of so many bytes to the threads.
    fn add(&mut self, entry: Entry, size: usize) -> Result<()> {
        let workers = match &mut self.workers {
            Some(workers) => workers,
            None => {
                let started = Workers::start(&self.making, self.threads);
                let path = self.index.folder().unwrap_or(Path::new(""));
                self.workers.insert(started.map_err(|error| tantivy_error(path, error.into()))?)
            }
        };
        if workers.put(entry, size) { Ok(()) } else { self.bring_in() }
    }

    /// Waits for the threads, brings in what they made, and removes what it replaces. After an
    /// error something is missing: the writer is closed then.
    fn bring_in(&mut self) -> Result<()> {
        let workers = self.workers.take();
        let removed = std::mem::take(&mut self.removed);
        let path = self.index.folder().map(Path::to_owned);
        let path = path.as_deref();
        let writer = self.writer()?;
        let brought_in = guard(path, || {
            let bring_in = || {
                let segments = workers.map_or(Ok(Vec::new()), Workers::finish)?;
                if !removed.is_empty() {
                    let removed = Removed::new(removed, segments.iter().map(Segment::id));
                    writer.delete_query(Box::new(removed))?;
                }
                segments.iter().try_for_each(|segment| writer.add_segment(segment.meta().clone()))
            };
            bring_in().map_err(|error| tantivy_error(path.unwrap_or(Path::new("")), error))
        });
        if brought_in.is_err() {
            self.writer = None;
        }
        brought_in
    }

    /// Makes everything put and deleted so far visible and durable, all of it or nothing.
    ///
    /// # Errors
    ///
    /// Errors of the file system; the index stays as it was at the last commit.
    pub fn commit(&mut self) -> Result<()> {
        self.bring_in()?;
        // A commit without a payload would erase the one before.
        let note = self.note.clone();
        let path = self.index.folder().map(Path::to_owned);
        let writer = self.writer()?;
        guard(path.as_deref(), || {
            let mut commit = || {
                let mut prepared = writer.prepare_commit()?;
                if let Some(note) = &note {
                    prepared.set_payload(note);
                }
                prepared.commit()
            };
            commit().map_err(|error| tantivy_error(path.as_deref().unwrap_or(Path::new("")), error))
        })?;
        Ok(())
    }
}

impl Drop for Writer {
    /// Waits for merges that are under way: broken off, they would leave files behind.
    fn drop(&mut self) {
        drop(self.workers.take());
        if let Some(writer) = self.writer.take() {
            let _ = guard(None, || {
                let _ = writer.wait_merging_threads();
                Ok(())
            });
        }
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}
