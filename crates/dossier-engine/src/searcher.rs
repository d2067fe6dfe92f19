//! A snapshot of an index: what it holds, read without locks.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashSet;
use tantivy::columnar::{Column, StrColumn};
use tantivy::index::{InvertedIndexReader, SegmentReader};
use tantivy::postings::TermInfo;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocAddress, DocSet, TERMINATED};

use crate::analysis::Analysis;
use crate::copies::{SIGNATURE, Signature};
use crate::dictionary::Walk;
use crate::document::{DateOrigin, Document, Origin};
use crate::error::{ErrorKind, Result, guard, tantivy_error};
use crate::ids;
use crate::index::Index;
use crate::noise::unpack;
use crate::occurrences::{self, Occurrence};
use crate::query::Query;
use crate::ranking::{Lengths, TextField};
use crate::results::{Hit, Results, SearchOptions};
use crate::schema::Fields;
use crate::search;
use crate::similar::{self, Similar};
use crate::stems::Stems;
use crate::term_lists::{Place, TermLists};

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

/// A part of the index with all that queries read from it.
pub(crate) struct Segment {
    pub reader: SegmentReader,
    pub title: Arc<InvertedIndexReader>,
    pub title_exact: Arc<InvertedIndexReader>,
    pub title_parts: Arc<InvertedIndexReader>,
    pub body: Arc<InvertedIndexReader>,
    pub body_exact: Arc<InvertedIndexReader>,
    pub body_parts: Arc<InvertedIndexReader>,
    pub noise: Arc<InvertedIndexReader>,
    pub noise_exact: Arc<InvertedIndexReader>,
    pub noise_parts: Arc<InvertedIndexReader>,
    pub stems: Stems,
    pub names: Arc<InvertedIndexReader>,
    pub lengths: Lengths,
    /// The ids of its documents, opened when first asked for.
    ids: OnceLock<Option<StrColumn>>,
    /// Their signatures, likewise.
    signatures: OnceLock<Option<Column<u64>>>,
}

/// What a text is indexed under, each in a field of the index of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Terms {
    /// Folded words.
    Words,
    /// Words that are spelled otherwise than folded, as `folded␟exact`.
    Spellings,
    /// The stems of the parts of compounds.
    Parts,
}

impl Segment {
    /// The terms of one kind in a text field.
    pub fn terms(&self, field: TextField, kind: Terms) -> &InvertedIndexReader {
        match (field, kind) {
            (TextField::Title, Terms::Words) => &self.title,
            (TextField::Title, Terms::Spellings) => &self.title_exact,
            (TextField::Title, Terms::Parts) => &self.title_parts,
            (TextField::Body, Terms::Words) => &self.body,
            (TextField::Body, Terms::Spellings) => &self.body_exact,
            (TextField::Body, Terms::Parts) => &self.body_parts,
            (TextField::Noise, Terms::Words) => &self.noise,
            (TextField::Noise, Terms::Spellings) => &self.noise_exact,
            (TextField::Noise, Terms::Parts) => &self.noise_parts,
        }
    }
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
            let segment = |reader: &SegmentReader| -> tantivy::Result<Segment> {
                Ok(Segment {
                    title: reader.inverted_index(fields.title)?,
                    title_exact: reader.inverted_index(fields.title_exact)?,
                    title_parts: reader.inverted_index(fields.title_parts)?,
                    body: reader.inverted_index(fields.body)?,
                    body_exact: reader.inverted_index(fields.body_exact)?,
                    body_parts: reader.inverted_index(fields.body_parts)?,
                    noise: reader.inverted_index(fields.noise)?,
                    noise_exact: reader.inverted_index(fields.noise_exact)?,
                    noise_parts: reader.inverted_index(fields.noise_parts)?,
                    stems: Stems::open(reader)?,
                    names: reader.inverted_index(fields.names)?,
                    lengths: Lengths::new(
                        reader.get_fieldnorms_reader(fields.title)?,
                        reader.get_fieldnorms_reader(fields.body)?,
                        average,
                    ),
                    reader: reader.clone(),
                    ids: OnceLock::new(),
                    signatures: OnceLock::new(),
                })
            };
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

    /// Calls `each` with every term of a dictionary on a walk, in order.
    pub(crate) fn walk(
        &self,
        walk: &Walk<'_>,
        place: Place,
        mut each: impl FnMut(&[u8], &TermInfo),
    ) -> tantivy::Result<()> {
        let (segment, field, kind) = place;
        let terms = self.segments()[segment].terms(field, kind).terms();
        let list = self.inner.lists.for_walk(walk, self.segments(), place)?;
        let mut walked = 0;
        walk.for_each(terms, list.as_deref(), |term, info| {
            walked += 1;
            each(term, info);
        })?;
        if list.is_none() {
            self.inner.lists.walked(walk, terms, place, walked)?;
        }
        Ok(())
    }

    /// The ids of the documents of a segment.
    pub(crate) fn ids(&self, segment: usize) -> Option<&StrColumn> {
        let Segment { reader, ids, .. } = &self.segments()[segment];
        let open = || {
            let name = reader.schema().get_field_name(self.fields().id);
            reader.fast_fields().str(name).ok().flatten()
        };
        ids.get_or_init(open).as_ref()
    }

    /// What tells near-copies of a document; short texts have nothing.
    pub(crate) fn signature(&self, address: DocAddress) -> Option<Signature> {
        let Segment { reader, signatures, .. } = &self.segments()[address.segment_ord as usize];
        let open = || {
            let name = reader.schema().get_field_name(self.fields().signature);
            reader.fast_fields().column_opt(name).ok().flatten()
        };
        let column: &Column<u64> = signatures.get_or_init(open).as_ref()?;
        let mut bits = [0; SIGNATURE];
        let mut known = 0;
        for (bits, kept) in bits.iter_mut().zip(column.values_for_doc(address.doc_id)) {
            *bits = kept;
            known += 1;
        }
        (known == SIGNATURE).then_some(Signature(bits))
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

    /// The ids of the documents with that path, in no order.
    ///
    /// # Errors
    ///
    /// [`Error::is_corrupt`](crate::Error::is_corrupt).
    pub fn ids_from(&self, path: &str) -> Result<Vec<String>> {
        self.read(|| {
            let term = Term::from_field_text(self.fields().from, path);
            let mut found = Vec::new();
            for (ordinal, Segment { reader, .. }) in self.segments().iter().enumerate() {
                let from = reader.inverted_index(self.fields().from)?;
                let Some(mut postings) = from.read_postings(&term, IndexRecordOption::Basic)?
                else {
                    continue;
                };
                let Some(ids) = self.ids(ordinal) else { continue };
                while postings.doc() != TERMINATED {
                    let id = ids.term_ords(postings.doc()).next();
                    if let Some(id) = id.filter(|_| !reader.is_deleted(postings.doc())) {
                        let mut text = String::new();
                        ids.ord_to_str(id, &mut text)?;
                        found.push(text);
                    }
                    postings.advance();
                }
            }
            Ok(found)
        })
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

    /// Every recorded origin, ordered by path. Takes time and memory linear in their number.
    ///
    /// # Errors
    ///
    /// [`Error::is_corrupt`](crate::Error::is_corrupt).
    pub fn origins(&self) -> Result<Vec<Origin>> {
        self.read(|| {
            let mut found = Vec::new();
            for segment in self.segments() {
                origins_of(&segment.reader, self.fields(), &mut found)?;
            }
            found.sort_by(|a: &Origin, b| a.path.cmp(&b.path));
            Ok(found)
        })
    }

    /// Paths that documents stem from but that no origin was recorded for, in order: reading them
    /// was cut short.
    ///
    /// # Errors
    ///
    /// [`Error::is_corrupt`](crate::Error::is_corrupt).
    pub fn unfinished_paths(&self) -> Result<Vec<String>> {
        let origins = self.origins()?;
        let finished: FxHashSet<&str> = origins.iter().map(|origin| origin.path.as_str()).collect();
        self.read(|| {
            let mut found = Vec::new();
            for Segment { reader, .. } in self.segments() {
                let from = reader.inverted_index(self.fields().from)?;
                let mut terms = from.terms().stream()?;
                while terms.advance() {
                    let path = String::from_utf8_lossy(terms.key());
                    if !finished.contains(&*path)
                        && count_alive(reader, self.fields().from, &path)? > 0
                    {
                        found.push(path.into_owned());
                    }
                }
            }
            found.sort_unstable();
            found.dedup();
            Ok(found)
        })
    }

    fn address_of(&self, id: &str) -> tantivy::Result<Option<DocAddress>> {
        let term = Term::from_field_text(self.fields().id, id);
        for (ordinal, Segment { reader, .. }) in self.segments().iter().enumerate() {
            let ids = reader.inverted_index(self.fields().id)?;
            let Some(mut postings) = ids.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            while postings.doc() != TERMINATED {
                if !reader.is_deleted(postings.doc()) {
                    return Ok(Some(DocAddress::new(ordinal as u32, postings.doc())));
                }
                postings.advance();
            }
        }
        Ok(None)
    }

    /// Reads a document from the store.
    pub(crate) fn load(&self, address: DocAddress) -> tantivy::Result<Document> {
        let Stored(values) = self.tantivy().doc(address)?;
        let fields = self.fields();
        let mut document = Document::default();
        for (field, text) in values {
            match field {
                _ if field == fields.id => document.id = text,
                _ if field == fields.title => document.title = unpack(&text).0.to_owned(),
                _ if field == fields.body => {
                    let (body, noise) = unpack(&text);
                    document.noise = noise;
                    document.body = if body.len() == text.len() { text } else { body.to_owned() };
                }
                _ if field == fields.source => document.source = Some(text),
                _ if field == fields.path => document.path = Some(text),
                _ if field == fields.author => document.author = Some(text),
                _ if field == fields.agency => document.agency = Some(text),
                _ if field == fields.language => document.language = Some(text),
                _ if field == fields.date => document.date = text.parse().ok(),
                _ if field == fields.date_origin => {
                    document.date_origin = DateOrigin::of_name(&text);
                }
                _ if field == fields.photo => document.photo = Some(text),
                _ => {}
            }
        }
        Ok(document)
    }
}

/// The texts of a document as they come out of the store: nothing else is stored.
struct Stored(Vec<(Field, String)>);

impl DocumentDeserialize for Stored {
    fn deserialize<'d, D: DocumentDeserializer<'d>>(
        mut deserializer: D,
    ) -> std::result::Result<Stored, DeserializeError> {
        let mut values = Vec::with_capacity(deserializer.size_hint());
        while let Some(value) = deserializer.next_field()? {
            values.push(value);
        }
        Ok(Stored(values))
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

/// Adds the origins of a segment, read from columns: no text is unpacked.
fn origins_of(
    reader: &SegmentReader,
    fields: &Fields,
    found: &mut Vec<Origin>,
) -> tantivy::Result<()> {
    let columns = reader.fast_fields();
    let schema = reader.schema();
    let name = |field: Field| schema.get_field_name(field);
    let Some(paths) = columns.str(name(fields.origin))? else { return Ok(()) };
    let stamps = columns.u64(name(fields.stamp))?;
    let identities = columns.u64(name(fields.identity))?;
    let problems = columns.str(name(fields.problem))?;
    // Looking names up one by one would unpack a block of the dictionary for each.
    let mut names = Vec::with_capacity(paths.num_terms());
    let mut terms = paths.dictionary().stream()?;
    while terms.advance() {
        names.push(String::from_utf8_lossy(terms.key()).into_owned());
    }
    for document in reader.doc_ids_alive() {
        let Some(path) = paths.term_ords(document).next() else { continue };
        let Some(path) = names.get(path as usize) else { continue };
        let mut problem = None;
        if let Some(column) = &problems
            && let Some(ordinal) = column.term_ords(document).next()
        {
            let mut text = String::new();
            column.ord_to_str(ordinal, &mut text)?;
            problem = Some(text);
        }
        let stamp = stamps.first(document).unwrap_or_default();
        let identity = identities.first(document);
        found.push(Origin { path: path.clone(), stamp, identity, problem });
    }
    Ok(())
}
