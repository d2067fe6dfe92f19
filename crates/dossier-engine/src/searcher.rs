//! A snapshot of an index: what it holds, read without locks.

mod segment;
mod sources;
mod store;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use tantivy::DocAddress;
use tantivy::columnar::StrColumn;
use tantivy::index::SegmentReader;
use tantivy::schema::{Field, IndexRecordOption, Term};

pub(crate) use self::segment::{Segment, Terms};
use crate::analysis::Analysis;
use crate::copies::Signature;
use crate::document::Document;
use crate::error::{ErrorKind, Result, guard, tantivy_error};
use crate::ids;
use crate::index::Index;
use crate::occurrences::{self, Occurrence};
use crate::query::Query;
use crate::results::{Hit, Results, SearchOptions};
use crate::schema::Fields;
use crate::search;
use crate::similar::{self, Similar};
use crate::term_lists::TermLists;

/// An immutable snapshot of an index. Cheap to clone; clones share it, also between threads.
/// It stays as it is while documents are added, until it is dropped.
#[derive(Clone)]
pub struct Searcher {
    inner: Arc<Inner>,
}

struct Inner {
    index: Index,
    searcher: tantivy::Searcher,
    segments: Vec<Segment>,
    documents: usize,
    note: Option<String>,
    lists: TermLists,
}

impl Searcher {
    pub(crate) fn new(index: Index) -> Result<Searcher> {
        let fields = index.inner.fields;
        let open = || -> tantivy::Result<Inner> {
            index.inner.reader.reload()?;
            let searcher = index.inner.reader.searcher();
            let note = index.inner.index.load_metas()?.payload;
            let mut records = 0;
            let mut words = 0;
            for reader in searcher.segment_readers() {
                words += reader.inverted_index(fields.title)?.total_num_tokens();
                words += reader.inverted_index(fields.body)?.total_num_tokens();
                records += count_alive(reader, fields.record, RECORD)?;
            }
            let documents = searcher.num_docs() as usize - records;
            let average = words as f32 / documents.max(1) as f32;
            let segment = |reader| Segment::open(reader, &fields, average);
            let segments =
                searcher.segment_readers().iter().map(segment).collect::<tantivy::Result<_>>()?;
            let lists = TermLists::default();
            Ok(Inner { index: index.clone(), searcher, segments, documents, note, lists })
        };
        let inner = open()
            .map_err(|error| tantivy_error(index.folder().unwrap_or(Path::new("")), error))?;
        Ok(Searcher { inner: Arc::new(inner) })
    }

    /// Runs what reads the index; whatever goes wrong is an error that names its folder.
    pub(crate) fn read<T>(&self, read: impl FnOnce() -> tantivy::Result<T>) -> Result<T> {
        let folder = self.inner.index.folder();
        guard(folder, || {
            read().map_err(|error| tantivy_error(folder.unwrap_or(Path::new("")), error))
        })
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.inner.index.inner.fields
    }

    pub(crate) fn analysis(&self) -> &Analysis {
        &self.inner.index.inner.analysis
    }

    pub(crate) fn segments(&self) -> &[Segment] {
        &self.inner.segments
    }

    /// What is listed of its dictionaries.
    pub(crate) fn lists(&self) -> &TermLists {
        &self.inner.lists
    }

    /// The ids of the documents of a segment.
    pub(crate) fn ids(&self, segment: usize) -> Option<&StrColumn> {
        self.segments()[segment].ids(self.fields())
    }

    /// What tells near-copies of a document; short texts have nothing.
    pub(crate) fn signature(&self, address: DocAddress) -> Option<Signature> {
        self.segments()[address.segment_ord as usize].signature(address.doc_id, self.fields())
    }

    pub(crate) fn tantivy(&self) -> &tantivy::Searcher {
        &self.inner.searcher
    }

    /// Searches: hits best first, with fragments.
    ///
    /// ```
    /// # use dossier_engine::{Document, Index, Query, SearchOptions};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// # writer.put(Document { id: "1".into(), body: "Putin empfängt Kim.".into(), ..Default::default() })?;
    /// # writer.commit()?;
    /// let query: Query = "empfaengt".parse()?;
    /// let results = index.searcher()?.search(&query, &SearchOptions::default())?;
    /// assert_eq!(results.hits[0].fragments[0].marks, [6..15]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::is_corrupt`](crate::Error::is_corrupt). A query that
    /// [needs to know](Query::needs_today) which day it is, and [`SearchOptions::today`] does not say.
    pub fn search(&self, query: &Query, options: &SearchOptions) -> Result<Results> {
        if options.today.is_none() && query.needs_today() {
            return Err(ErrorKind::NoToday.into());
        }
        self.read(|| search::search(self, query, options))
    }

    /// Searches, and hands over every place that matches, a document at a time, best first:
    /// `each` gets the hit, without fragments, and its occurrences in the order of title and text,
    /// each with so many characters of context on both sides. It may break off. The results that
    /// come back have no hits.
    ///
    /// Holds one document in memory at a time. Of one text the first 10,000 occurrences are given.
    /// [`SearchOptions::limit`] counts documents; near-copies are never grouped.
    ///
    /// ```
    /// # use std::ops::ControlFlow;
    /// # use dossier_engine::{Document, Index, Query, SearchOptions};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// # writer.put(Document { id: "1".into(), body: "Für Putin. Heute empfängt Putin Kim.".into(), ..Default::default() })?;
    /// # writer.commit()?;
    /// let query: Query = "Putin".parse()?;
    /// let mut lines = Vec::new();
    /// index.searcher()?.occurrences(&query, &SearchOptions::default(), 9, &mut |hit, places| {
    ///     for place in places {
    ///         lines.push(format!("{}:{} {}[{}]{}", hit.id, place.chars.start, place.before, place.text, place.after));
    ///     }
    ///     ControlFlow::Continue(())
    /// })?;
    /// assert_eq!(lines, ["1:4 Für [Putin]. Heute e", "1:26 empfängt [Putin] Kim."]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`search`](Searcher::search).
    pub fn occurrences(
        &self,
        query: &Query,
        options: &SearchOptions,
        context_chars: usize,
        each: &mut dyn FnMut(Hit, Vec<Occurrence>) -> ControlFlow<()>,
    ) -> Result<Results> {
        if options.today.is_none() && query.needs_today() {
            return Err(ErrorKind::NoToday.into());
        }
        self.read(|| occurrences::occurrences(self, query, options, context_chars, each))
    }

    /// The documents that share the most telling words of another, best first, without that one and
    /// its near-copies. Of the options, `limit`, `offset`, `group_copies` and `aliases` count.
    ///
    /// Takes some ten milliseconds for 100,000 documents.
    ///
    /// # Errors
    ///
    /// [`Error::is_unknown_document`](crate::Error::is_unknown_document),
    /// [`Error::is_corrupt`](crate::Error::is_corrupt).
    pub fn similar(&self, id: &str, options: &SearchOptions) -> Result<Similar> {
        let Some(address) = self.read(|| self.address_of(id))? else {
            let near = self.ids_near(id)?;
            return Err(ErrorKind::UnknownDocument { id: id.to_owned(), near }.into());
        };
        self.read(|| similar::similar(self, address, options))
    }

    /// Ids like one that no document has, the likeliest first, five at most: the same in another case,
    /// with a letter or two different, with it as a part. Takes time linear in the number of
    /// documents.
    ///
    /// # Errors
    ///
    /// [`Error::is_corrupt`](crate::Error::is_corrupt).
    pub fn ids_near(&self, id: &str) -> Result<Vec<String>> {
        self.read(|| ids::near(self, id))
    }

    /// The document with that id.
    ///
    /// # Errors
    ///
    /// [`Error::is_corrupt`](crate::Error::is_corrupt).
    pub fn document(&self, id: &str) -> Result<Option<Document>> {
        self.read(|| match self.address_of(id)? {
            Some(address) => self.load(address).map(Some),
            None => Ok(None),
        })
    }

    /// The ids of documents that fit, in order. Takes time linear in the number of documents.
    ///
    /// # Errors
    ///
    /// [`Error::is_corrupt`](crate::Error::is_corrupt).
    pub fn ids_that(&self, fits: &dyn Fn(&str) -> bool) -> Result<Vec<String>> {
        self.read(|| {
            let mut found = Vec::new();
            for Segment { reader, .. } in self.segments() {
                let ids = reader.inverted_index(self.fields().id)?;
                let mut terms = ids.terms().stream()?;
                while terms.advance() {
                    let id = String::from_utf8_lossy(terms.key());
                    if fits(&id) && count_alive(reader, self.fields().id, &id)? > 0 {
                        found.push(id.into_owned());
                    }
                }
            }
            found.sort_unstable();
            found.dedup();
            Ok(found)
        })
    }

    /// The path of the document with that id: `None` if there is no such document, `Some(None)` if
    /// it has no path.
    ///
    /// # Errors
    ///
    /// [`Error::is_corrupt`](crate::Error::is_corrupt).
    pub fn path_of(&self, id: &str) -> Result<Option<Option<String>>> {
        Ok(self.document(id)?.map(|document| document.path))
    }

    /// Whether there is a document with that id.
    pub(crate) fn contains(&self, id: &str) -> Result<bool> {
        self.read(|| self.address_of(id).map(|address| address.is_some()))
    }

    /// Number of documents.
    pub fn documents(&self) -> usize {
        self.inner.documents
    }

    /// The text last set with [`Writer::set_note`](crate::Writer::set_note).
    pub fn note(&self) -> Option<&str> {
        self.inner.note.as_deref()
    }
}

/// The term under which origins stand, so that they can be told from documents.
pub(crate) const RECORD: &str = "origin";

/// Documents of a segment that hold a term and were not deleted.
fn count_alive(reader: &SegmentReader, field: Field, text: &str) -> tantivy::Result<usize> {
    let term = Term::from_field_text(field, text);
    let index = reader.inverted_index(field)?;
    let Some(postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
        return Ok(0);
    };
    Ok(match reader.alive_bitset() {
        Some(alive) => postings.doc_freq_given_deletes(alive),
        None => postings.doc_freq(),
    } as usize)
}
