//! From a stem to the words of an index that have it: `laufen␟lief`.
//!
//! Each segment has a file of its own for that, a sorted table of the words whose stem differs from
//! them. As a field it would have postings, which nobody reads and which took a tenth of the time of
//! indexing. What tells whether a word is still in the index are the text fields: words that were
//! deleted with their last document go when segments are merged.

use std::sync::Arc;

use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::AliveBitSet;
use tantivy::index::{SegmentComponent, SegmentReader};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{
    DocSet, InvertedIndexReader, PluginMergeContext, PluginWriter, PluginWriterContext, Segment,
    SegmentPlugin, TERMINATED, TantivyError, Term,
};
use tantivy_sstable::{Dictionary, VoidSSTable};

use crate::dictionary::{range, split_pair};
use crate::schema::{Fields, schema};

/// How the files end.
const EXTENSION: &str = "stems";

fn component() -> SegmentComponent {
    SegmentComponent::Custom(EXTENSION.to_owned())
}

/// The words of a segment by their stems.
pub(crate) struct Stems(Dictionary<VoidSSTable>);

impl Stems {
    pub fn open(segment: &SegmentReader) -> tantivy::Result<Stems> {
        Ok(Stems(Dictionary::open(segment.open_read(component())?)?))
    }

    /// Calls `each` with every word that has a stem other than itself, in order.
    pub fn for_each_word(&self, stem: &str, mut each: impl FnMut(&str)) -> tantivy::Result<()> {
        let (from, to) = range(stem);
        let mut pairs = self.0.range().ge(from).lt(to).into_stream()?;
        while pairs.advance() {
            let pair = std::str::from_utf8(pairs.key()).ok().and_then(split_pair);
            if let Some((_, word)) = pair {
                each(word);
            }
        }
        Ok(())
    }
}

/// Merges the files.
pub(crate) struct StemsPlugin;

impl SegmentPlugin for StemsPlugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn create_writer(&self, _: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        let why = "segments are made by `indexing`, not by tantivy's threads";
        Err(TantivyError::InternalError(why.to_owned()))
    }

    fn merge(&self, context: PluginMergeContext) -> tantivy::Result<()> {
        let deleted = context.readers.iter().any(SegmentReader::has_deletes);
        let alive = deleted.then(|| Words::of(context.readers)).transpose()?;
        let mut pairs: Vec<Box<str>> = Vec::new();
        for reader in context.readers {
            let Stems(stems) = Stems::open(reader)?;
            let mut stream = stems.stream()?;
            while stream.advance() {
                let Ok(pair) = std::str::from_utf8(stream.key()) else { continue };
                let Some((_, word)) = split_pair(pair) else { continue };
                let is_alive = match &alive {
                    Some(alive) => alive.hold(word)?,
                    None => true,
                };
                if is_alive {
                    pairs.push(pair.into());
                }
            }
        }
        // Stable sorting finds what is in order already.
        pairs.sort();
        pairs.dedup();
        write(context.target_segment, pairs.iter().map(|pair| &**pair))
    }
}

/// Writes the file of a segment. Pairs of a stem and a word, ascending.
pub(crate) fn write<'p>(
    segment: &Segment,
    pairs: impl Iterator<Item = &'p str>,
) -> tantivy::Result<()> {
    let mut table = Dictionary::<VoidSSTable>::builder(segment.open_write(component())?)?;
    for pair in pairs {
        table.insert(pair, &())?;
    }
    table.finish()?.terminate()?;
    Ok(())
}

/// The words of segments that are merged.
struct Words<'s> {
    /// Each text field of each segment.
    fields: Vec<(Arc<InvertedIndexReader>, Field, &'s SegmentReader)>,
}

impl Words<'_> {
    fn of(segments: &[SegmentReader]) -> tantivy::Result<Words<'_>> {
        let (_, Fields { title, body, noise, .. }) = schema();
        let mut fields = Vec::new();
        for segment in segments {
            for field in [title, body, noise] {
                fields.push((segment.inverted_index(field)?, field, segment));
            }
        }
        Ok(Words { fields })
    }

    /// Whether a document that is not deleted holds a word.
    fn hold(&self, word: &str) -> tantivy::Result<bool> {
        for (index, field, segment) in &self.fields {
            let term = Term::from_field_text(*field, word);
            let Some(postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            if holds_one_alive(postings, segment.alive_bitset()) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn holds_one_alive(mut documents: impl DocSet, alive: Option<&AliveBitSet>) -> bool {
    let Some(alive) = alive else { return documents.doc() != TERMINATED };
    while documents.doc() != TERMINATED {
        if alive.is_alive(documents.doc()) {
            return true;
        }
        documents.advance();
    }
    false
}
