//! What is put into an index, as tantivy keeps it.

use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf, Value};
use tantivy::schema::{Field, Schema};

use crate::copies::Signature;
use crate::document::{DateOrigin, Document, Origin};
use crate::schema::Fields;
use crate::searcher::RECORD;

/// What is put into an index.
pub(crate) enum Entry {
    /// Its texts are packed, see `noise`.
    Document(Box<Document>),
    Origin(Origin),
}

/// The same with what was made of it. Its values are those that are kept, and the short ones that
/// are searched: the words of texts are not among the terms of values.
pub(super) struct Record {
    pub fields: Fields,
    pub entry: Entry,
    /// Of the text of a document.
    pub language: String,
    pub signature: Option<Signature>,
    /// The date of a document as it is kept.
    pub date: Option<String>,
}

/// Values of a document, about: of most fields one, and the numbers of the signature.
const MOST_VALUES: usize = 24;

impl Record {
    fn values(&self) -> Vec<(Field, Leaf<'_>)> {
        let Record { fields, entry, language, signature, date } = self;
        let text = |text| Leaf(ReferenceValueLeaf::Str(text));
        let number = |number| Leaf(ReferenceValueLeaf::U64(number));
        let mut values = Vec::with_capacity(MOST_VALUES);
        match entry {
            Entry::Origin(Origin { path, stamp, identity, problem }) => {
                values.extend([
                    (fields.origin, text(path)),
                    (fields.stamp, number(*stamp)),
                    (fields.record, text(RECORD)),
                ]);
                values.extend(identity.map(|of_file| (fields.identity, number(of_file))));
                values.extend(problem.as_deref().map(|why| (fields.problem, text(why))));
            }
            Entry::Document(document) => {
                let Document { id, title, body, source, path, author, agency, photo, .. } =
                    &**document;
                let some = |text: &'_ str| !text.is_empty();
                for (field, value) in [
                    (fields.id, Some(&**id)),
                    (fields.title, Some(&**title).filter(|title| some(title))),
                    (fields.body, Some(&**body).filter(|body| some(body))),
                    (fields.source, source.as_deref()),
                    (fields.path, path.as_deref()),
                    (fields.from, path.as_deref()),
                    (fields.author, author.as_deref()),
                    (fields.agency, agency.as_deref()),
                    (fields.language, Some(&**language)),
                    (fields.date, date.as_deref()),
                    (fields.date_origin, document.date_origin.map(DateOrigin::name)),
                    (fields.photo, photo.as_deref()),
                ] {
                    values.extend(value.map(|value| (field, text(value))));
                }
                let bits = signature.iter().flat_map(|Signature(bits)| bits);
                values.extend(bits.map(|&bits| (fields.signature, number(bits))));
            }
        }
        values
    }

    /// The short texts that are searched, each with its field.
    pub fn short_texts(&self, schema: &Schema) -> Vec<(Field, String)> {
        let Fields { title, body, .. } = self.fields;
        let is_short = |field| field != title && field != body;
        self.values()
            .into_iter()
            .filter(|(field, _)| is_short(*field) && schema.get_field_entry(*field).is_indexed())
            .filter_map(|(field, Leaf(value))| Some((field, value.as_str()?.to_owned())))
            .collect()
    }
}

impl tantivy::Document for Record {
    type Value<'a> = Leaf<'a>;
    type FieldsValuesIter<'a> = std::vec::IntoIter<(Field, Leaf<'a>)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.values().into_iter()
    }
}

/// A value of a field; documents hold nothing nested.
#[derive(Clone, Debug)]
pub(super) struct Leaf<'a>(ReferenceValueLeaf<'a>);

impl<'a> Value<'a> for Leaf<'a> {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        ReferenceValue::Leaf(self.0.clone())
    }
}
