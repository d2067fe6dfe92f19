//! Finds Militärdelegation by Delegation in an index of plain `tantivy`.
//!
//! ```sh
//! cargo run -p dossier-german --features tantivy --example tantivy
//! ```

use std::error::Error;
use std::io::{self, Write};

use dossier_german::GermanTokenizer;
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::{TextAnalyzer, TokenizerManager};
use tantivy::{Index, TantivyDocument, doc};

const DOCUMENTS: [&str; 3] = [
    "Eine Militärdelegation aus Nordkorea traf am Montag in Moskau ein.",
    "Der Minister ging nach dem Empfang der Delegationen zum Flugzeug.",
    "Die Müllabfuhr kommt künftig alle zwei Wochen.",
];

fn main() -> Result<(), Box<dyn Error>> {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("german")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let text = schema
        .add_text_field("text", TextOptions::default().set_indexing_options(indexing) | STORED);
    let index = Index::create_in_ram(schema.build());
    index.tokenizers().register("german", TextAnalyzer::from(GermanTokenizer::stems_and_parts()));

    let mut writer = index.writer_with_num_threads(1, 15_000_000)?;
    for document in DOCUMENTS {
        writer.add_document(doc!(text => document))?;
    }
    writer.commit()?;

    // Queries have tokenizers of their own under the same name: a compound typed is one term.
    let of_queries = TokenizerManager::new();
    of_queries.register("german", TextAnalyzer::from(GermanTokenizer::stems()));
    let parser = QueryParser::new(index.schema(), vec![text], of_queries);
    let searcher = index.reader()?.searcher();
    let mut out = io::stdout().lock();
    for query in ["Delegation", "Militärdelegationen", "gehen", "Müll"] {
        writeln!(out, "{query}:")?;
        let top = TopDocs::with_limit(10).order_by_score();
        for (score, address) in searcher.search(&parser.parse_query(query)?, &top)? {
            let found: TantivyDocument = searcher.doc(address)?;
            let shown = found.get_first(text).and_then(|value| value.as_str()).unwrap_or_default();
            writeln!(out, "  {score:.2} {shown}")?;
        }
    }
    Ok(())
}
