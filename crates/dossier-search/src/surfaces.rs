//! How what was searched is written in the texts.

use std::collections::{BTreeMap, HashSet};

use dossier_engine::{Hit, SearchOptions};
use dossier_german::fold;

use crate::print::joined;

/// A spelling as it stands in texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surface {
    /// As it is written most often.
    pub text: String,
    /// Documents that hold it.
    pub documents: usize,
    pub occurrences: usize,
}

/// Options under which hits show every occurrence.
pub fn whole_texts(options: SearchOptions) -> SearchOptions {
    SearchOptions { fragment_chars: SearchOptions::WHOLE_TEXT, fragments: 1, ..options }
}

/// The spellings that are marked in hits with whole texts, gathered some hits at a time. Words side
/// by side are one spelling; case does not make another.
#[derive(Default)]
pub struct Surfaces {
    seen: BTreeMap<String, Seen>,
    hits: usize,
}

/// A spelling in lower case.
#[derive(Default)]
struct Seen {
    ways: BTreeMap<String, usize>,
    documents: usize,
    /// Number of the last hit that holds it.
    last: usize,
}

impl Surfaces {
    /// Adds those of further hits.
    pub fn add(&mut self, hits: &[Hit]) {
        for hit in hits {
            self.hits += 1;
            let title = std::iter::once((&hit.title, &hit.title_marks));
            let passages = hit.fragments.iter().map(|fragment| (&fragment.text, &fragment.marks));
            for (text, marks) in title.chain(passages) {
                for mark in joined(text, marks) {
                    let Some(found) = text.get(mark) else { continue };
                    let words: Vec<&str> = found.split_whitespace().collect();
                    let found = words.join(" ");
                    let seen = self.seen.entry(found.to_lowercase()).or_default();
                    *seen.ways.entry(found).or_default() += 1;
                    seen.documents += usize::from(seen.last != self.hits);
                    seen.last = self.hits;
                }
            }
        }
    }

    /// All of them, those in most documents first.
    pub fn into_sorted(self) -> Vec<Surface> {
        let surface = |seen: Seen| {
            let occurrences = seen.ways.values().sum();
            // Of two ways as frequent, the one in lower case: the other is a headline.
            let order = |(a, times): &(String, usize), (b, of_b): &(String, usize)| {
                (times, a).cmp(&(of_b, b))
            };
            let text = seen.ways.into_iter().max_by(order);
            let text = text.map(|(text, _)| text).unwrap_or_default();
            Surface { text, documents: seen.documents, occurrences }
        };
        let mut surfaces: Vec<Surface> = self.seen.into_values().map(surface).collect();
        surfaces.sort_by(|a, b| {
            let order = (b.documents, b.occurrences).cmp(&(a.documents, a.occurrences));
            order.then_with(|| a.text.cmp(&b.text))
        });
        surfaces
    }
}

/// The spellings that are marked in some hits with whole texts.
pub fn surfaces(hits: &[Hit]) -> Vec<Surface> {
    let mut surfaces = Surfaces::default();
    surfaces.add(hits);
    surfaces.into_sorted()
}

/// Leaves out the abbreviations that only look like a word of a name: UN for `Kim Jong Un`, where
/// texts have the name itself.
pub fn without_abbreviations(surfaces: Vec<Surface>, query: &str) -> Vec<Surface> {
    let typed: Vec<String> = words(query).filter(|word| !is_in_capitals(word)).map(fold).collect();
    let in_names: HashSet<String> = surfaces
        .iter()
        .filter(|surface| words(&surface.text).nth(1).is_some())
        .flat_map(|surface| words(&surface.text).map(fold))
        .collect();
    let is_abbreviation = |surface: &Surface| {
        let folded = fold(&surface.text);
        is_in_capitals(&surface.text) && in_names.contains(&folded) && typed.contains(&folded)
    };
    surfaces.into_iter().filter(|surface| !is_abbreviation(surface)).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn is_in_capitals(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(char::is_uppercase)
}

/// A term of the index that is a name, as the hits have it; where none of them does, with capitals.
pub fn name_in(hits: &[Surface], term: &str) -> String {
    if let Some(surface) = hits.iter().find(|surface| fold(&surface.text) == fold(term)) {
        return surface.text.clone();
    }
    let capitalised = |word: &str| -> String {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    };
    term.split(' ').map(capitalised).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use dossier_engine::{Document, Index, Query};

    use super::*;

    #[test]
    fn spellings_are_counted_as_they_are_written() {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        let texts = [
            "Beloussow kam. Dann sprach Beloussow.",
            "BELOUSSOW REIST AB\nHerr Beloussow reist ab.",
            "Belousov was there.",
        ];
        for (id, body) in texts.into_iter().enumerate() {
            let document =
                Document { id: id.to_string(), body: body.to_owned(), ..Document::default() };
            writer.put(document).unwrap();
        }
        writer.commit().unwrap();
        let query: Query = "Beloussow".parse().unwrap();
        let options = whole_texts(SearchOptions::default());
        let results = index.searcher().unwrap().search(&query, &options).unwrap();
        let found: Vec<_> = surfaces(&results.hits)
            .into_iter()
            .map(|Surface { text, documents, occurrences }| (text, documents, occurrences))
            .collect();
        assert_eq!(found, [("Beloussow".to_owned(), 2, 4), ("Belousov".to_owned(), 1, 1)]);
    }

    fn surface(text: &str) -> Surface {
        Surface { text: text.to_owned(), documents: 1, occurrences: 1 }
    }

    #[test]
    fn an_abbreviation_is_no_part_of_a_name() {
        #[rustfmt::skip]
        let cases: &[(&str, &[&str], &[&str])] = &[
            ("Kim Jong Un", &["Kim Jong-un", "Kim", "UN"], &["Kim Jong-un", "Kim"]),
            // Nowhere as a part of the name: what else is there to show?
            ("Kim Jong Un", &["Kim", "UN"],                &["Kim", "UN"]),
            ("KIM JONG UN", &["Kim Jong-un", "UN"],        &["Kim Jong-un", "UN"]),
            ("UN Genf",     &["UN Genf", "UN", "Genf"],    &["UN Genf", "UN", "Genf"]),
            ("Un",          &["UN"],                       &["UN"]),
        ];
        for (query, found, expected) in cases {
            let found = found.iter().map(|text| surface(text)).collect();
            let left = without_abbreviations(found, query);
            let left: Vec<&str> = left.iter().map(|surface| &*surface.text).collect();
            assert_eq!(left, *expected, "{query}");
        }
    }

    #[test]
    fn names_are_told_as_the_hits_have_them() {
        let hits = [surface("Pjöngjang"), surface("BND")];
        for (term, expected) in
            [("pjongjang", "Pjöngjang"), ("belousov", "Belousov"), ("jong un", "Jong Un")]
        {
            assert_eq!(name_in(&hits, term), expected);
        }
    }
}
