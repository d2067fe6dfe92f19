//! What the fragments of a hit cost: articles of 5 kB, as a news agency's longest are.
//!
//! An iteration answers queries of one, two and three words with ten hits each; `bare` without
//! fragments, `marked` with them. Their difference, divided by the number of hits that is part of the
//! group's name, is what one article takes.

mod common;

use criterion::{Criterion, criterion_group, criterion_main};
use dossier_benches::{Article, Engine, Queries, corpus};
use dossier_engine::SearchOptions;

/// Bytes of an article.
const BYTES: usize = 5_000;
/// Articles.
const ARTICLES: usize = 2_000;
/// Queries of each length.
const QUERIES: usize = 20;

/// The texts of a corpus, put together to articles of one length.
fn articles_of_one_length(corpus: &[Article]) -> Vec<Article> {
    let mut articles = Vec::new();
    let mut body = String::new();
    for article in corpus {
        body.push_str(&article.body);
        body.push('\n');
        if body.len() >= BYTES {
            let end = (0..=BYTES).rev().find(|end| body.is_char_boundary(*end)).unwrap_or(0);
            body.truncate(end);
            let body = std::mem::take(&mut body);
            articles.push(Article { title: article.title.clone(), body });
            if articles.len() == ARTICLES {
                break;
            }
        }
    }
    articles
}

fn highlight(criterion: &mut Criterion) {
    let articles = articles_of_one_length(&corpus().expect("the corpus can be read"));
    let queries = Queries::new(&articles, QUERIES);
    let engine = Engine::new(&articles).expect("the engine can index the corpus");
    let bare = SearchOptions { fragment_chars: 0, ..Default::default() };
    let marked = SearchOptions::default();
    for words in 1..=3 {
        let texts = queries.places().iter().map(|place| place[..words].join(" ODER "));
        let texts: Vec<String> = texts.collect();
        let hits: usize = texts.iter().map(|text| engine.answer(text, &bare).min(bare.limit)).sum();
        let mut group =
            criterion.benchmark_group(format!("{words} words, {hits} hits of {BYTES} bytes"));
        for (name, options) in [("bare", &bare), ("marked", &marked)] {
            group.bench_function(name, |bencher| {
                bencher
                    .iter(|| texts.iter().map(|text| engine.answer(text, options)).sum::<usize>());
            });
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = common::settings();
    targets = highlight
}
criterion_main!(benches);
