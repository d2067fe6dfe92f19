//! A part of an index with all that queries read from it.

use std::sync::{Arc, OnceLock};

use tantivy::columnar::{Column, StrColumn};
use tantivy::directory::{CompositeFile, OwnedBytes};
use tantivy::index::{InvertedIndexReader, SegmentComponent, SegmentReader};
use tantivy::{DocId, HasLen};

use crate::copies::{SIGNATURE, Signature};
use crate::names::Names;
use crate::ranking::{Lengths, TextField};
use crate::schema::Fields;
use crate::stems::Stems;

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
    pub names: Names,
    pub lengths: Lengths,
    /// The ids of its documents, opened when first asked for.
    ids: OnceLock<Option<StrColumn>>,
    /// Their signatures, likewise.
    signatures: OnceLock<Option<Column<u64>>>,
    /// The lists of postings of all fields.
    postings: CompositeFile,
    fields: Fields,
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
    /// `average`: words of a document.
    pub fn open(reader: &SegmentReader, fields: &Fields, average: f32) -> tantivy::Result<Segment> {
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
            names: Names::open(reader, fields.names)?,
            lengths: Lengths::new(
                reader.get_fieldnorms_reader(fields.title)?,
                reader.get_fieldnorms_reader(fields.body)?,
                average,
            ),
            reader: reader.clone(),
            ids: OnceLock::new(),
            signatures: OnceLock::new(),
            // Opened at once: it may be removed when segments are merged.
            postings: CompositeFile::open(&reader.open_read(SegmentComponent::Postings)?)?,
            fields: *fields,
        })
    }

    /// The bytes of the lists of postings of one kind of terms in a text field, one behind the other,
    /// as the terms' [`TermInfo`](tantivy::postings::TermInfo) tells.
    pub fn postings(&self, field: TextField, kind: Terms) -> tantivy::Result<OwnedBytes> {
        /// Before the lists there is a number: how many words the field has.
        const BEFORE: usize = size_of::<u64>();
        let fields = &self.fields;
        let field = match (field, kind) {
            (TextField::Title, Terms::Words) => fields.title,
            (TextField::Title, Terms::Spellings) => fields.title_exact,
            (TextField::Title, Terms::Parts) => fields.title_parts,
            (TextField::Body, Terms::Words) => fields.body,
            (TextField::Body, Terms::Spellings) => fields.body_exact,
            (TextField::Body, Terms::Parts) => fields.body_parts,
            (TextField::Noise, Terms::Words) => fields.noise,
            (TextField::Noise, Terms::Spellings) => fields.noise_exact,
            (TextField::Noise, Terms::Parts) => fields.noise_parts,
        };
        let Some(lists) = self.postings.open_read(field) else { return Ok(OwnedBytes::empty()) };
        Ok(lists.read_bytes_slice(BEFORE.min(lists.len())..lists.len())?)
    }

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

    /// The ids of its documents.
    pub fn ids(&self, fields: &Fields) -> Option<&StrColumn> {
        let open = || {
            let name = self.reader.schema().get_field_name(fields.id);
            self.reader.fast_fields().str(name).ok().flatten()
        };
        self.ids.get_or_init(open).as_ref()
    }

    /// What tells near-copies of a document; short texts have nothing.
    pub fn signature(&self, document: DocId, fields: &Fields) -> Option<Signature> {
        let open = || {
            let name = self.reader.schema().get_field_name(fields.signature);
            self.reader.fast_fields().column_opt(name).ok().flatten()
        };
        let column: &Column<u64> = self.signatures.get_or_init(open).as_ref()?;
        let mut bits = [0; SIGNATURE];
        let mut known = 0;
        for (bits, kept) in bits.iter_mut().zip(column.values_for_doc(document)) {
            *bits = kept;
            known += 1;
        }
        (known == SIGNATURE).then_some(Signature(bits))
    }
}
