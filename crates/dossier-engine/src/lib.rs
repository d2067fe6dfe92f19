//! Full-text search for German to embed: documents in, queries in, hits out.
//!
//! ```
//! use dossier_engine::{Document, Index, Query, SearchOptions};
//!
//! let index = Index::in_memory()?;
//! let mut writer = index.writer()?;
//! writer.put(Document {
//!     id: "001".into(),
//!     title: "Besuch in Pjöngjang".into(),
//!     body: "Kim Jong-un hat Verteidigungsminister Beloussow empfangen.".into(),
//!     ..Default::default()
//! })?;
//! writer.commit()?;
//!
//! let query: Query = "\"Kim Jong Un\" Belousow~".parse()?;
//! let results = index.searcher()?.search(&query, &SearchOptions::default())?;
//! assert_eq!(results.total, 1);
//! for fragment in &results.hits[0].fragments {
//!     let marked: Vec<&str> = fragment.marks.iter().map(|mark| &fragment.text[mark.clone()]).collect();
//!     assert_eq!(marked, ["Kim", "Jong", "un", "Beloussow"]);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Index::create`] and [`Index::open`] do the same on disk. The engine knows nothing of files,
//! terminals, or the clock; it never prints. No type of the search library below shows in its
//! interface.

mod analysis;
mod automata;
mod conditions;
mod copies;
mod corrections;
mod dictionary;
mod document;
mod error;
mod expand;
mod explain;
mod highlight;
mod ids;
mod index;
mod indexing;
mod language;
mod letters;
mod merging;
mod names;
mod near;
mod noise;
mod notices;
mod occurrences;
mod passages;
mod phrase;
mod plan;
mod query;
mod ranking;
mod results;
mod schema;
mod scorer;
mod search;
mod searcher;
mod sentences;
mod similar;
mod stems;
mod storage;
mod term_list;
mod term_lists;
mod together;
mod writer;

pub use dossier_german::Aliases;

pub use document::{Date, DateOrigin, Day, Document, Origin};
pub use error::{Error, Result};
pub use explain::{ExplainedMatch, Explanation};
pub use index::{Index, IndexOptions, Rebuild};
pub use occurrences::Occurrence;
pub use query::{
    DateCondition, Dates, Near, Parsed, Period, Phrase, Query, QueryError, QueryErrorKind,
    QueryField, Word, WordMode,
};
pub use results::{
    Fragment, Hit, MatchKind, Matching, Notice, NoticeKind, Reading, Results, SearchOptions,
    Variant,
};
pub use searcher::Searcher;
pub use similar::{Similar, TellingWord};
pub use writer::Writer;

/// The README's example, so that it stays true.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
