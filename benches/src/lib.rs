//! What the benchmarks share: a corpus, queries of every kind drawn from it, the engine, and raw
//! tantivy with the same documents as the floor.
//!
//! Everything is drawn with fixed seeds: two runs ask the same queries of the same documents.

mod corpus;
mod queries;
mod raw;

pub use corpus::{Article, CORPUS, corpus};
pub use queries::{Kind, Queries, Variants};
pub use raw::Raw;

use std::time::Duration;

use dossier_engine::{Document, Index, Query, SearchOptions, Searcher};

/// What is measured runs with the command's allocator, raw tantivy as well: a query takes up to some
/// megabytes, and gives all of them back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Hits asked for.
pub const HITS: usize = 10;

/// The engine with the corpus.
pub struct Engine {
    searcher: Searcher,
}

impl Engine {
    /// Indexes the articles in memory.
    pub fn new(articles: &[Article]) -> Result<Engine, Box<dyn std::error::Error>> {
        let index = Index::in_memory()?;
        let mut writer = index.writer()?;
        for (number, article) in articles.iter().enumerate() {
            writer.put(Document {
                id: number.to_string(),
                title: article.title.clone(),
                body: article.body.clone(),
                ..Default::default()
            })?;
        }
        writer.commit()?;
        drop(writer);
        Ok(Engine { searcher: index.searcher()? })
    }

    /// Answers a query as typed: documents in all, and the best with their texts. With fragments
    /// of that many characters, or none.
    pub fn search(&self, query: &str, fragment_chars: usize) -> usize {
        self.answer(query, &SearchOptions { limit: HITS, fragment_chars, ..Default::default() })
    }

    /// The same with any options.
    pub fn answer(&self, query: &str, options: &SearchOptions) -> usize {
        let found = query
            .parse::<Query>()
            .ok()
            .and_then(|query| self.searcher.search(&query, options).ok());
        found.map_or(0, |results| results.total)
    }
}

/// How long this thread has run, whatever else the machine did meanwhile (Linux only).
pub fn processor_time() -> Duration {
    // The clock of a thread that runs on is set at its next stop.
    std::thread::yield_now();
    let read = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = read.and_then(|text| text.split(' ').next()?.parse().ok());
    Duration::from_nanos(nanos.unwrap_or(0))
}
