//! What an index knows of the files that its documents stem from.

use rustc_hash::FxHashSet;
use tantivy::index::SegmentReader;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocSet, TERMINATED};

use super::{Searcher, Segment, count_alive};
use crate::document::Origin;
use crate::error::Result;
use crate::schema::Fields;

impl Searcher {
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
