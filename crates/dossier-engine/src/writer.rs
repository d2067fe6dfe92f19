//! Documents in: the one place that writes.

use std::hash::{Hash, Hasher};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};

use rustc_hash::{FxHashSet, FxHasher};
use tantivy::IndexWriter;
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf, Value};
use tantivy::schema::{Field, Term};

use crate::analysis::Analysis;
use crate::copies::Signature;
use crate::document::{DateOrigin, Document, Origin};
use crate::error::{ErrorKind, Result, guard, tantivy_error};
use crate::index::{Index, WriterLock};
use crate::language;
use crate::merging::Merging;
use crate::noise::{self, Text, as_plain};
use crate::schema::Fields;
use crate::searcher::{RECORD, Searcher};

/// Bytes of memory for postings, of all threads together. A thread whose share is full makes a
/// segment of it: the larger the fewer, and the less often words are written that stand in many. Two
/// threads make two segments of the 164 MB of gesetze.
const MEMORY: usize = 500_000_000;

/// More threads than that share too little work and take too much memory.
const MOST_THREADS: usize = 4;

/// Bytes of documents waiting for a thread. tantivy's own queue counts documents, 10,000 of them,
/// however long.
const MOST_BYTES_WAITING: usize = 64_000_000;

/// Adds, replaces and removes documents.
///
/// Nothing is visible before [`commit`](Writer::commit); what is dropped without is not kept. A
/// commit takes some hundred milliseconds and survives a power cut: put many documents before
/// each. Analysis runs on threads of its own.
pub struct Writer {
    /// Taken out only to be dropped.
    writer: Option<IndexWriter<Entry>>,
    fields: Fields,
    before: Searcher,
    ids: FxHashSet<u64>,
    note: Option<String>,
    waiting: Arc<Waiting>,
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
                .writer_with_num_threads::<Entry>(threads, MEMORY)
                .map_err(|error| tantivy_error(path.unwrap_or(Path::new("")), error))
        })?;
        writer.set_merge_policy(Box::new(Merging::default()));
        // What an interrupted run left behind.
        let _ = writer.garbage_collect_files().wait();
        let before = index.searcher()?;
        Ok(Writer {
            writer: Some(writer),
            fields: index.inner.fields,
            note: before.note().map(str::to_owned),
            before,
            ids: FxHashSet::default(),
            waiting: Arc::default(),
            index,
            _lock: lock,
        })
    }

    fn path(&self) -> &Path {
        self.index.folder().unwrap_or(Path::new(""))
    }

    fn writer(&mut self) -> Result<&mut IndexWriter<Entry>> {
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
        let size = document.title.len() + document.body.len();
        let place = Waiting::enter(&self.waiting, size);
        let entry = Entry::Document {
            fields: self.fields,
            date: document.date.map(|date| date.to_string()),
            document: Box::new(document),
            language: OnceLock::new(),
            plain: OnceLock::new(),
            signature: OnceLock::new(),
            analysis: self.index.inner.analysis.clone(),
            _place: place,
        };
        self.add(entry)
    }

    /// Removes the document with that id, if there is one.
    ///
    /// # Errors
    ///
    /// None is expected while the writer is open.
    pub fn delete(&mut self, id: &str) -> Result<()> {
        let term = Term::from_field_text(self.fields.id, id);
        self.writer()?.delete_term(term);
        Ok(())
    }

    /// Removes the documents with that path, and the record of it.
    ///
    /// # Errors
    ///
    /// None is expected while the writer is open.
    pub fn delete_path(&mut self, path: &str) -> Result<()> {
        let from = Term::from_field_text(self.fields.from, path);
        let origin = Term::from_field_text(self.fields.origin, path);
        let writer = self.writer()?;
        writer.delete_term(from);
        writer.delete_term(origin);
        Ok(())
    }

    /// Records that a file was read to its end, in place of an earlier record of the same path.
    ///
    /// # Errors
    ///
    /// Errors of the file system.
    pub fn put_origin(&mut self, origin: Origin) -> Result<()> {
        let term = Term::from_field_text(self.fields.origin, &origin.path);
        self.writer()?.delete_term(term);
        let fields = self.fields;
        self.add(Entry::Origin { fields, origin })
    }

    /// Keeps a text of the caller's (which sources were read, say) with this and later commits.
    pub fn set_note(&mut self, note: &str) {
        self.note = Some(note.to_owned());
    }

    fn add(&mut self, entry: Entry) -> Result<()> {
        let added = self.writer()?.add_document(entry);
        added.map(drop).map_err(|error| tantivy_error(self.path(), error))
    }

    /// Makes everything put and deleted so far visible and durable, all of it or nothing.
    ///
    /// # Errors
    ///
    /// Errors of the file system; the index stays as it was at the last commit.
    pub fn commit(&mut self) -> Result<()> {
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
        if let Some(writer) = self.writer.take() {
            let _ = guard(None, || {
                let _ = writer.wait_merging_threads();
                Ok(())
            });
        }
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = FxHasher::default();
    id.hash(&mut hasher);
    hasher.finish()
}

/// Counts the bytes of documents between `put` and the end of their analysis.
#[derive(Default)]
struct Waiting {
    bytes: Mutex<usize>,
    freed: Condvar,
}

impl Waiting {
    /// Waits until there is room for `size` bytes, or nothing else is waiting.
    fn enter(waiting: &Arc<Waiting>, size: usize) -> Place {
        let bytes = waiting.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |bytes: &mut usize| *bytes > 0 && *bytes + size > MOST_BYTES_WAITING;
        let bytes = waiting.freed.wait_while(bytes, full);
        *bytes.unwrap_or_else(PoisonError::into_inner) += size;
        Place { waiting: Arc::clone(waiting), size }
    }
}

/// Gives its bytes back when the document is dropped, whatever happened to it.
pub(crate) struct Place {
    waiting: Arc<Waiting>,
    size: usize,
}

impl Drop for Place {
    fn drop(&mut self) {
        *self.waiting.bytes.lock().unwrap_or_else(PoisonError::into_inner) -= self.size;
        self.waiting.freed.notify_all();
    }
}

/// What is handed to tantivy's threads: a document's texts are lent to several fields, not copied.
pub(crate) enum Entry {
    Document {
        fields: Fields,
        document: Box<Document>,
        /// Its texts are packed, see `noise`; the date as it is stored.
        date: Option<String>,
        /// Told on the thread that analyses.
        language: OnceLock<String>,
        /// Title and body as they are packed for tokenizers, where it is not German.
        plain: OnceLock<Option<[String; 2]>>,
        signature: OnceLock<Option<Signature>>,
        analysis: Analysis,
        _place: Place,
    },
    Origin {
        fields: Fields,
        origin: Origin,
    },
}

impl Entry {
    /// The title and the body of a document, as they are packed for tokenizers.
    pub fn texts(&self) -> Option<(&Analysis, [&str; 2])> {
        match self {
            Entry::Origin { .. } => None,
            Entry::Document { document, plain, analysis, .. } => {
                let [title, body] = match plain.get().and_then(Option::as_ref) {
                    Some([title, body]) => [title, body],
                    None => [&document.title, &document.body],
                };
                Some((analysis, [title, body]))
            }
        }
    }
}

impl tantivy::Document for Entry {
    type Value<'a> = Leaf<'a>;
    type FieldsValuesIter<'a> = std::vec::IntoIter<(Field, Leaf<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let text = |text| Leaf(ReferenceValueLeaf::Str(text));
        match self {
            Entry::Origin { fields, origin } => {
                let mut values = vec![
                    (fields.origin, text(&origin.path)),
                    (fields.stamp, Leaf(ReferenceValueLeaf::U64(origin.stamp))),
                    (fields.record, text(RECORD)),
                ];
                let number = |number| Leaf(ReferenceValueLeaf::U64(number));
                values.extend(origin.identity.map(|of_file| (fields.identity, number(of_file))));
                values.extend(origin.problem.as_deref().map(|why| (fields.problem, text(why))));
                values
            }
            Entry::Document {
                fields,
                document,
                date,
                language,
                plain,
                signature,
                analysis,
                ..
            } => {
                let Document {
                    id,
                    title,
                    body,
                    noise,
                    source,
                    path,
                    author,
                    agency,
                    language: given,
                    date_origin,
                    photo,
                    ..
                } = &**document;
                let language = language.get_or_init(|| {
                    let text = Text { text: noise::unpack(body).0, noise, plain: false };
                    language::of(given.as_deref(), text).to_owned()
                });
                let plain = plain.get_or_init(|| {
                    (!language::is_german(language))
                        .then(|| [title, body].map(|text| as_plain(text)))
                });
                let [title, body] = match plain {
                    Some([title, body]) => [title, body],
                    None => [title, body],
                };
                let noisy = if noise.is_empty() { "" } else { body };
                let mut values = Vec::with_capacity(MOST_VALUES);
                values.push((fields.id, text(id)));
                // The words of the body are kept from field to field if nothing comes between.
                for (field, value) in [
                    (fields.title, &**title),
                    (fields.title_exact, title),
                    (fields.title_parts, title),
                    (fields.body, body),
                    (fields.body_exact, body),
                    (fields.body_parts, body),
                    (fields.noise, noisy),
                    (fields.noise_exact, noisy),
                    (fields.noise_parts, noisy),
                    (fields.names, body),
                    (fields.names, title),
                ] {
                    if !value.is_empty() {
                        values.push((field, text(value)));
                    }
                }
                let signature = signature.get_or_init(|| Signature::of(analysis, body));
                let bits = signature.iter().flat_map(|Signature(bits)| bits);
                values.extend(
                    bits.map(|&bits| (fields.signature, Leaf(ReferenceValueLeaf::U64(bits)))),
                );
                for (field, value) in [
                    (fields.source, source.as_deref()),
                    (fields.path, path.as_deref()),
                    (fields.from, path.as_deref()),
                    (fields.author, author.as_deref()),
                    (fields.agency, agency.as_deref()),
                    (fields.language, Some(language)),
                    (fields.date, date.as_deref()),
                    (fields.date_origin, date_origin.map(DateOrigin::name)),
                    (fields.photo, photo.as_deref()),
                ] {
                    values.extend(value.map(|value| (field, text(value))));
                }
                values
            }
        }
        .into_iter()
    }
}

/// Values of a document, about: of most fields one, and the numbers of the signature.
const MOST_VALUES: usize = 32;

/// A value of a field; documents hold nothing nested.
#[derive(Clone, Debug)]
pub(crate) struct Leaf<'a>(ReferenceValueLeaf<'a>);

impl<'a> Value<'a> for Leaf<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(self.0.clone())
    }
}
