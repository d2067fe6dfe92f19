//! How what was searched is written in the texts.

use std::collections::{BTreeMap, BTreeSet};

use dossier_engine::{Hit, SearchOptions};

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

/// The spellings that are marked in hits with whole texts, those in most documents first. Words
/// side by side are one spelling; case does not make another.
pub fn surfaces(hits: &[Hit]) -> Vec<Surface> {
    #[derive(Default)]
    struct Seen {
        ways: BTreeMap<String, usize>,
        documents: BTreeSet<usize>,
    }
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for (number, hit) in hits.iter().enumerate() {
        let title = std::iter::once((&hit.title, &hit.title_marks));
        let passages = hit.fragments.iter().map(|fragment| (&fragment.text, &fragment.marks));
        for (text, marks) in title.chain(passages) {
            for mark in joined(text, marks) {
                let Some(found) = text.get(mark) else { continue };
                let words: Vec<&str> = found.split_whitespace().collect();
                let found = words.join(" ");
                let seen = seen.entry(found.to_lowercase()).or_default();
                *seen.ways.entry(found).or_default() += 1;
                seen.documents.insert(number);
            }
        }
    }
    let surface = |seen: Seen| {
        let occurrences = seen.ways.values().sum();
        // Of two ways as frequent, the one in lower case: the other is a headline.
        let text = seen.ways.into_iter().max_by(|(a, times), (b, of_b)| (times, a).cmp(&(of_b, b)));
        let text = text.map(|(text, _)| text).unwrap_or_default();
        Surface { text, documents: seen.documents.len(), occurrences }
    };
    let mut surfaces: Vec<Surface> = seen.into_values().map(surface).collect();
    surfaces.sort_by(|a, b| {
        let order = (b.documents, b.occurrences).cmp(&(a.documents, a.occurrences));
        order.then_with(|| a.text.cmp(&b.text))
    });
    surfaces
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
}
