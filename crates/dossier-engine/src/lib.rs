//! Full-text search for German to embed: documents in, queries in, hits out.

mod document;
mod error;
mod results;

pub use document::{Day, Document, Origin};
pub use error::{Error, Result};
pub use results::{
    Fragment, Hit, MatchKind, Matching, Notice, NoticeKind, Reading, Results, SearchOptions,
    Variant,
};
