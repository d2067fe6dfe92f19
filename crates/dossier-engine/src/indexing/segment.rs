//! A segment in the making: documents in, the files of tantivy's segment out.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rustc_hash::FxHashMap;
use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::SegmentComponent;
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::{Field, FieldType, Schema};
use tantivy::store::StoreWriter;
use tantivy::{DocId, Segment};

use super::postings::{MANY_RECORDS, Postings, TermRecord};
use super::record::{Entry, Record};
use crate::analysis::{Analysis, WordForms, labels};
use crate::copies::Runs;
use crate::document::Document;
use crate::language;
use crate::noise::{Text, is_noise, unpack};
use crate::schema::{Fields, LABELS};
use crate::stems;

/// Longer terms (in bytes) are no terms to tantivy.
const LONGEST_TERM: usize = 65_530;

/// How many words ahead of the one that is read memory is asked for.
const WORDS_AHEAD: usize = 8;

/// New words that are read one behind the other: what that takes of the lexicon is in the processor's
/// cache then, and what texts take is not put out of it by each.
const WORDS_READ_TOGETHER: usize = 1 << 16;

/// How a text is read, and into which fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Scope {
    of: Of,
    /// Whether it is in another language than German: its words have neither stems nor parts.
    plain: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Title,
    Body,
    Noise,
}

/// Scopes there are.
const SCOPES: usize = 6;

impl Scope {
    fn number(self) -> usize {
        self.of as usize * 2 + usize::from(self.plain)
    }

    /// The fields of words, of spellings and of parts.
    fn fields(self, fields: &Fields) -> [Field; 3] {
        match self.of {
            Of::Title => [fields.title, fields.title_exact, fields.title_parts],
            Of::Body => [fields.body, fields.body_exact, fields.body_parts],
            Of::Noise => [fields.noise, fields.noise_exact, fields.noise_parts],
        }
    }
}

/// What a thread remembers with a word: its records in the segment at hand by scope, each plus one; 0
/// for none.
pub(crate) type Records = [u32; SCOPES];

/// A word that was recorded.
struct RecordedWord {
    forms: Arc<WordForms>,
    scope: Scope,
    record: u32,
}

/// A segment that is filled.
pub(super) struct SegmentBuilder {
    segment: Segment,
    number: u64,
    schema: Schema,
    fields: Fields,
    analysis: Analysis,
    postings: Postings,
    words: Vec<RecordedWord>,
    /// How many of the words are read.
    read: usize,
    /// How many terms the words that are read have, by field.
    counts: Vec<usize>,
    /// The records of the terms of short fields.
    terms: FxHashMap<Field, FxHashMap<Box<str>, u32>>,
    lengths: FieldNormsWriter,
    columns: FastFieldsWriter,
    store: StoreWriter,
    stamps: Vec<u64>,
}

/// A segment whose files are written. Not part of the index yet.
pub(super) struct WrittenSegment {
    pub segment: Segment,
    /// When each document was put.
    pub stamps: Vec<u64>,
}

impl SegmentBuilder {
    pub fn new(
        index: &tantivy::Index,
        fields: Fields,
        analysis: Analysis,
    ) -> tantivy::Result<SegmentBuilder> {
        static SEGMENTS: AtomicU64 = AtomicU64::new(1);
        let (segment, schema, settings) = (index.new_segment(), index.schema(), index.settings());
        let store = StoreWriter::new(
            segment.open_write(SegmentComponent::Store)?,
            settings.docstore_compression,
            settings.docstore_blocksize,
            // A thread for packing would be woken for each block.
            false,
        )?;
        let tokenizers = index.fast_field_tokenizer().clone();
        Ok(SegmentBuilder {
            number: SEGMENTS.fetch_add(1, Ordering::Relaxed),
            lengths: FieldNormsWriter::for_schema(&schema),
            columns: FastFieldsWriter::from_schema_and_tokenizer_manager(&schema, tokenizers)?,
            postings: Postings::default(),
            words: Vec::with_capacity(MANY_RECORDS),
            read: 0,
            counts: vec![0; schema.num_fields()],
            terms: FxHashMap::default(),
            stamps: Vec::new(),
            segment,
            schema,
            fields,
            analysis,
            store,
        })
    }

    /// Bytes of memory, about.
    pub fn size(&self) -> usize {
        self.postings.size()
            + self.words.len() * size_of::<RecordedWord>()
            + self.lengths.mem_usage()
            + self.columns.mem_usage()
            + self.store.mem_usage()
            + self.stamps.capacity() * size_of::<u64>()
    }

    /// Adds what was put at a time.
    pub fn add(&mut self, entry: Entry, stamp: u64) -> tantivy::Result<()> {
        let number = self.stamps.len() as DocId;
        let record = match &entry {
            Entry::Origin(_) => Record {
                fields: self.fields,
                entry,
                language: String::new(),
                signature: None,
                date: None,
            },
            Entry::Document(document) => {
                let date = document.date.map(|date| date.to_string());
                let (body, noise) = unpack(&document.body);
                let text = Text { text: body, noise: &noise, plain: false };
                let language = language::of(document.language.as_deref(), text).to_owned();
                let plain = !language::is_german(&language);
                let Document { title, .. } = &**document;
                let title = unpack(title).0;
                self.add_text(number, Of::Title, title, &[], plain, None);
                let mut runs = Runs::default();
                self.add_text(number, Of::Body, body, &noise, plain, Some(&mut runs));
                let signature = runs.finish();
                Record { fields: self.fields, entry, language, signature, date }
            }
        };
        for (field, text) in record.short_texts(&self.schema) {
            self.add_short_text(number, field, text);
        }
        self.columns.add_document(&record)?;
        self.store.store(&record, &self.schema)?;
        self.stamps.push(stamp);
        Ok(())
    }

    /// Records the words of a text.
    fn add_text(
        &mut self,
        document: DocId,
        of: Of,
        text: &str,
        noise: &[Range<usize>],
        plain: bool,
        mut runs: Option<&mut Runs>,
    ) {
        let SegmentBuilder { postings, words, analysis, .. } = self;
        let mut length = 0;
        analysis.for_each_word(self.number, text, |forms, hash, records, at| {
            let is_noise = !noise.is_empty() && is_noise(noise, at.range.start);
            if !is_noise {
                length += 1;
                if let Some(runs) = &mut runs {
                    runs.add(at.position, hash);
                }
            }
            let scope = Scope { of: if is_noise { Of::Noise } else { of }, plain };
            let record = &mut records[scope.number()];
            if *record == 0 {
                *record = postings.begin() + 1;
                let forms = Arc::clone(forms);
                words.push(RecordedWord { forms, scope, record: *record - 1 });
            }
            postings.note(*record - 1, document, at.position);
        });
        postings.add_noted(document);
        let [words, ..] = Scope { of, plain }.fields(&self.fields);
        self.lengths.record(document, words, length);
        // Not when all is written: what one thread has read is there for the others.
        if self.words.len() >= self.read + WORDS_READ_TOGETHER {
            self.read_words();
        }
    }

    /// Reads the words that were not read yet, and counts their terms.
    fn read_words(&mut self) {
        let SegmentBuilder { words, read, counts, fields, analysis, .. } = self;
        let unread = &words[*read..];
        for (at, RecordedWord { forms, scope, .. }) in unread.iter().enumerate() {
            expect_ahead(unread, at);
            for_each_term(forms, *scope, analysis, fields, |field, _| {
                counts[field.field_id() as usize] += 1;
            });
        }
        *read = words.len();
    }

    /// Records the terms of a short text: of names of something its labels, otherwise itself.
    fn add_short_text(&mut self, document: DocId, field: Field, text: String) {
        let of_labels = LABELS.iter().any(|of| of(&self.fields) == field);
        let terms = if of_labels { labels(&text) } else { vec![text] };
        self.lengths.record(document, field, terms.len() as u32);
        let known = self.terms.entry(field).or_default();
        for (position, term) in terms.iter().enumerate() {
            if term.len() > LONGEST_TERM {
                continue;
            }
            let record = match known.get(&**term) {
                Some(record) => *record,
                None => *known.entry(term.as_str().into()).or_insert(self.postings.begin()),
            };
            self.postings.add(record, document, position as u32);
        }
    }

    /// Writes the files. There are documents.
    pub fn finish(mut self) -> tantivy::Result<WrittenSegment> {
        self.read_words();
        let segment = &self.segment;
        let documents = self.stamps.len() as u32;
        self.lengths.fill_up_to_max_doc(documents);
        let lengths = segment.open_write(SegmentComponent::FieldNorms)?;
        self.lengths.serialize(FieldNormsSerializer::from_write(lengths)?, None)?;
        self.write_index()?;
        let mut columns = segment.open_write(SegmentComponent::FastFields)?;
        self.columns.serialize(&mut columns, None)?;
        columns.terminate()?;
        self.store.close()?;
        let segment = self.segment.with_max_doc(documents);
        // There is no other store than the one written.
        segment.meta().untrack_temp_docstore();
        Ok(WrittenSegment { segment, stamps: self.stamps })
    }

    /// Writes what is searched.
    fn write_index(&self) -> tantivy::Result<()> {
        let SegmentBuilder { segment, schema, fields, analysis, .. } = self;
        let counts = self.counts.iter();
        let mut terms: Vec<Vec<TermRecord<'_>>> = counts.map(|n| Vec::with_capacity(*n)).collect();
        let mut add = |field: Field, term, record| {
            terms[field.field_id() as usize].push(TermRecord::new(term, record));
        };
        let mut stems: Vec<&str> = Vec::with_capacity(self.words.len());
        for (at, RecordedWord { forms, scope, record }) in self.words.iter().enumerate() {
            expect_ahead(&self.words, at);
            for_each_term(forms, *scope, analysis, fields, |field, term| add(field, term, *record));
            if !scope.plain {
                stems.extend(forms.read(analysis).inflection.as_deref());
            }
        }
        for (field, known) in &self.terms {
            known.iter().for_each(|(term, record)| add(*field, term, *record));
        }
        let lengths = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let mut index = InvertedIndexSerializer::open(segment)?;
        for ((field, entry), terms) in schema.fields().zip(terms) {
            let option = FieldType::index_record_option(entry.field_type());
            if let Some(option) = option.filter(|_| !terms.is_empty()) {
                let lengths = lengths.get_field(field)?;
                self.postings.write(field, terms, option, lengths, &mut index)?;
            }
        }
        index.close()?;
        stems.sort_unstable();
        stems.dedup();
        stems::write(segment, stems.into_iter())
    }
}

/// Asks for the memory of words behind the one that is looked at.
fn expect_ahead(words: &[RecordedWord], at: usize) {
    if let Some(ahead) = words.get(at + 2 * WORDS_AHEAD) {
        ahead.forms.expect();
    }
    if let Some(ahead) = words.get(at + WORDS_AHEAD) {
        ahead.forms.expect_terms();
    }
}

/// Calls `each` for the terms of a word with their fields.
fn for_each_term<'w>(
    forms: &'w WordForms,
    scope: Scope,
    analysis: &Analysis,
    fields: &Fields,
    mut each: impl FnMut(Field, &'w str),
) {
    let [words, spellings, parts] = scope.fields(fields);
    let read = forms.read(analysis);
    each(words, forms.folded());
    if let Some(spelling) = forms.spelling() {
        each(spellings, spelling);
    }
    read.names.iter().for_each(|name| each(fields.names, name));
    if !scope.plain {
        read.parts.iter().for_each(|part| each(parts, &part.stem));
    }
}
