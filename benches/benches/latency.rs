//! Query latency: one group for each kind of query, the engine beside raw tantivy.
//!
//! An iteration answers every query of the kind once, from what was typed to ten hits with their
//! texts and the number of documents. `typed spelling` is the engine with `=` before each word,
//! which is what raw tantivy finds; `everything on` is what people ask; `marked` adds the fragments
//! that they see.

mod common;

use criterion::{Criterion, criterion_group, criterion_main};
use dossier_benches::{Engine, Kind, Queries, Raw, Variants, corpus};

/// Queries of each kind.
const QUERIES: usize = 50;

fn latency(criterion: &mut Criterion) {
    let articles = corpus().expect("the corpus can be read");
    let queries = Queries::new(&articles, QUERIES);
    let raw = Raw::new(&articles).expect("raw tantivy can index the corpus");
    let engine = Engine::new(&articles).expect("the engine can index the corpus");
    for kind in Kind::COMPARED.into_iter().chain([Kind::FuzzyPhrase]) {
        let mut group = criterion.benchmark_group(kind.name());
        if Kind::COMPARED.contains(&kind) {
            group.bench_function("raw tantivy", |bencher| {
                bencher.iter(|| {
                    let made = queries.places().iter().filter_map(|words| raw.query(kind, words));
                    made.map(|query| raw.search(query.as_ref())).sum::<usize>()
                });
            });
        }
        if let Kind::Prefix(letters) = kind {
            group.bench_function("raw tantivy, without patterns", |bencher| {
                bencher.iter(|| {
                    let made = queries.places().iter().map(|words| raw.beginning(letters, words));
                    made.map(|query| raw.search(query.as_ref())).sum::<usize>()
                });
            });
        }
        let mut engines = vec![("everything on", Variants::On, 0), ("marked", Variants::On, 200)];
        if kind.has_exact_form() {
            engines.insert(0, ("typed spelling", Variants::Off, 0));
        }
        for (name, variants, fragment_chars) in engines {
            let typed = queries.typed(kind, variants);
            group.bench_function(name, |bencher| {
                bencher.iter(|| {
                    typed.iter().map(|query| engine.search(query, fragment_chars)).sum::<usize>()
                });
            });
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = common::settings();
    targets = latency
}
criterion_main!(benches);
