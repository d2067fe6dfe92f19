//! The fields of an index: the only file that lists them.
//!
//! All text fields of a document share their token positions, so that one slot of a phrase may mix
//! them. Text is indexed once, folded and with positions; what differs from the folded form is
//! kept in small fields beside it:
//!
//! | field | terms | holds |
//! |---|---|---|
//! | `title`, `body` | `muller` | every word, folded; frequencies, positions, lengths |
//! | `title_exact`, `body_exact` | `muller␟müller` | only words spelled otherwise than folded |
//! | `title_parts`, `body_parts` | `delegation` | the stems of the parts of compounds; frequencies, positions |
//! | `noise`, `noise_exact`, `noise_parts` | as above | the same of noise, of which the fields of the body hold nothing |
//! | `names` | `BLSV␟belousow` | for each word that may be a name: a key of how it sounds, and its spelling |
//! | `source`, `author`, `agency`, `path` | `congluan`, `vn` | runs of letters and digits, folded |
//! | `date` | `2024-11-21`, `2024-11`, `2024` | the date as far as it is known |
//!
//! `signature` is a column of numbers: what a text has in common with its near-copies.
//!
//! `names` holds no positions and no frequencies: its dictionary is a map from a key to the words of
//! this index, kept by tantivy through merges. From stems to words there is a file beside the fields,
//! see `stems`. A query turns into real words of the index, and only `title` and `body` are searched
//! (`noise` if asked for), and the parts of compounds with them. Parts stand in fields of their own:
//! among the words they would make every text longer than it is.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// Changes whenever the fields or what they hold do: part of the fingerprint of an index.
pub(crate) const FORMAT: u32 = 10;

/// Separates the two halves of a term that maps one string to another. No word holds it: it is a
/// control character.
pub(crate) const SEPARATOR: char = '\u{1f}';

/// The fields by name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub id: Field,
    pub title: Field,
    pub title_exact: Field,
    pub title_parts: Field,
    pub body: Field,
    pub body_exact: Field,
    pub body_parts: Field,
    pub noise: Field,
    pub noise_exact: Field,
    pub noise_parts: Field,
    pub names: Field,
    pub source: Field,
    pub author: Field,
    pub agency: Field,
    pub path: Field,
    pub language: Field,
    pub date: Field,
    pub date_origin: Field,
    pub photo: Field,
    /// What tells near-copies, see `copies`: several numbers, in their order. Short texts have none.
    pub signature: Field,
    /// The path of a file, in the record that says it was read; documents have none.
    pub origin: Field,
    pub stamp: Field,
    pub identity: Field,
    pub problem: Field,
    /// One term, the same in each record of a file.
    pub record: Field,
    /// The paths of documents, whole: to remove what came from a file.
    pub from: Field,
}

/// The fields of which labels are searched, see `analysis`.
pub(crate) const LABELS: [fn(&Fields) -> Field; 4] =
    [|fields| fields.source, |fields| fields.author, |fields| fields.agency, |fields| fields.path];

/// Builds the schema.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    // Its name holds the version of the analysis: an index made by another one must not be read with
    // this. tantivy never asks for it.
    let analysis = format!("german-{}", dossier_german::version());
    let text = |option, lengths| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(&analysis)
                .set_index_option(option)
                .set_fieldnorms(lengths),
        )
    };
    let folded = || text(IndexRecordOption::WithFreqsAndPositions, true).set_stored();
    // Only folded words of title and body make a text longer.
    let beside = || text(IndexRecordOption::WithFreqsAndPositions, false);
    let fields = Fields {
        id: builder.add_text_field("id", STRING | STORED | FAST),
        title: builder.add_text_field("title", folded()),
        title_exact: builder.add_text_field("title_exact", beside()),
        title_parts: builder.add_text_field("title_parts", beside()),
        body: builder.add_text_field("body", folded()),
        body_exact: builder.add_text_field("body_exact", beside()),
        body_parts: builder.add_text_field("body_parts", beside()),
        noise: builder.add_text_field("noise", beside()),
        noise_exact: builder.add_text_field("noise_exact", beside()),
        noise_parts: builder.add_text_field("noise_parts", beside()),
        names: builder.add_text_field("names", text(IndexRecordOption::Basic, false)),
        source: builder.add_text_field("source", beside().set_stored()),
        author: builder.add_text_field("author", beside().set_stored()),
        agency: builder.add_text_field("agency", beside().set_stored()),
        path: builder.add_text_field("path", beside().set_stored()),
        language: builder.add_text_field("language", STRING | STORED),
        date: builder.add_text_field("date", STRING | STORED | FAST),
        date_origin: builder.add_text_field("date_origin", STORED),
        photo: builder.add_text_field("photo", STORED),
        signature: builder.add_u64_field("signature", FAST),
        origin: builder.add_text_field("origin", STRING | FAST),
        stamp: builder.add_u64_field("stamp", FAST),
        identity: builder.add_u64_field("identity", FAST),
        problem: builder.add_text_field("problem", FAST),
        record: builder.add_text_field("record", STRING),
        from: builder.add_text_field("from", STRING),
    };
    (builder.build(), fields)
}
