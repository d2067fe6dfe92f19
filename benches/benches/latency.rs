//! Query latency: one group for each kind of query, the engine beside raw tantivy.
//!
//! An iteration answers every query of the kind once: ten hits with their texts, and the number of
//! documents. `marked` adds the fragments that people see.

use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use dossier_benches::{Engine, Kind, Queries, Raw, corpus};

/// Queries of each kind.
const QUERIES: usize = 50;

fn latency(criterion: &mut Criterion) {
    let articles = corpus().expect("the corpus can be read");
    let queries = Queries::new(&articles, QUERIES);
    let raw = Raw::new(&articles).expect("raw tantivy can index the corpus");
    let engine = Engine::new(&articles).expect("the engine can index the corpus");
    for kind in Kind::ALL {
        let mut group = criterion.benchmark_group(kind.name());
        let asked = raw.queries(&queries, kind);
        group.bench_function("raw tantivy", |bencher| {
            bencher.iter(|| asked.iter().map(|query| raw.search(query.as_ref())).sum::<usize>());
        });
        let typed = queries.typed(kind);
        for (name, fragment_chars) in [("engine", 0), ("marked", 200)] {
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
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3));
    targets = latency
}
criterion_main!(benches);
