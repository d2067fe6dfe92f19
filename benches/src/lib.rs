//! Query latency beside raw tantivy.
