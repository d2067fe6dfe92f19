//! Documents by their ids, and their texts as they were stored.

use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocAddress, DocSet, TERMINATED};

use super::{Searcher, Segment};
use crate::document::{DateOrigin, Document};
use crate::noise::unpack;

impl Searcher {
    /// Where the document with an id is.
    pub(super) fn address_of(&self, id: &str) -> tantivy::Result<Option<DocAddress>> {
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
    ) -> Result<Stored, DeserializeError> {
        let mut values = Vec::with_capacity(deserializer.size_hint());
        while let Some(value) = deserializer.next_field()? {
            values.push(value);
        }
        Ok(Stored(values))
    }
}
