//! Conditions outside the text: dates, and names such as those of sources and files.

use std::ops::Bound;

use tantivy::query::{
    ConstScoreQuery, ExistsQuery, FuzzyTermQuery, Query as TantivyQuery, RangeQuery, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Term};

use crate::analysis::labels;
use crate::automata::Glob;
use crate::dictionary::Walk;
use crate::document::Date;
use crate::expand::each_fixed_part;
use crate::plan::{Node, Planner};
use crate::query::{DateCondition, MOST_EDITS, QueryField, Word, WordMode};

impl Planner<'_> {
    /// A condition on the date. Terms stand in the order of time, and a year before its months.
    pub(crate) fn dates(&self, condition: DateCondition) -> Node {
        let field = self.searcher.fields().date;
        let schema = self.searcher.tantivy().schema();
        let dated = || filter(ExistsQuery::new(schema.get_field_name(field).to_owned(), false));
        let term = |date: Date| Term::from_field_text(field, &date.to_string());
        let is = |date: Date| filter(TermQuery::new(term(date), IndexRecordOption::Basic));
        let (first, last) = match condition.days(self.options.today) {
            Some((None, None)) => return dated(),
            Some(days) => days,
            None if condition == DateCondition::Unknown => return Node::Not(Box::new(dated())),
            None => return Node::Any(Vec::new()),
        };
        let from = first.map_or(Bound::Unbounded, |day| {
            // 2024 and 2024-06 lie before every day of theirs.
            Bound::Included(term(Date::longest_from(day)))
        });
        let to = last.map_or(Bound::Unbounded, |day| Bound::Included(term(day.into())));
        let range = filter(RangeQuery::new(from, to));
        // What is dated 2024 may be later than a day of that year, or earlier.
        let unfinished = last.into_iter().flat_map(Date::unfinished_with);
        if self.options.unknown_dates {
            let begun = first.into_iter().flat_map(Date::begun_before);
            let mut nodes = vec![range, Node::Not(Box::new(dated()))];
            nodes.extend(begun.chain(unfinished).map(is));
            return Node::Any(nodes);
        }
        let mut nodes = vec![range];
        nodes.extend(unfinished.map(|date| Node::Not(Box::new(is(date)))));
        Node::All(nodes)
    }

    /// A condition on a name: its runs of letters and digits, one after the other.
    pub(crate) fn label(&self, field: QueryField, words: &[Word]) -> tantivy::Result<Node> {
        let fields = self.searcher.fields();
        let field = match field {
            QueryField::Source => fields.source,
            QueryField::Author => fields.author,
            QueryField::Agency => fields.agency,
            QueryField::Path => fields.path,
            _ => fields.language,
        };
        if let [Word { text, mode: WordMode::Fuzzy(edits), .. }] = words {
            let term = Term::from_field_text(field, &dossier_german::fold(text));
            let edits = edits.unwrap_or(MOST_EDITS);
            return Ok(filter(FuzzyTermQuery::new(term, edits, true)));
        }
        let mut slots = Vec::new();
        for word in words {
            match word.mode {
                WordMode::Wildcard => {
                    let is_mark = |c: char| !(c.is_alphanumeric() || c == '*' || c == '?');
                    for run in word.text.split(is_mark).filter(|run| !run.is_empty()) {
                        slots.push(self.labels_fitting(field, run)?);
                    }
                }
                _ if field == fields.language => slots.push(vec![language_code(&word.text)]),
                _ => slots.extend(labels(&word.text).into_iter().map(|run| vec![run])),
            }
        }
        let term = |run: &String| Term::from_field_text(field, run);
        let terms = |runs: &Vec<String>| runs.iter().map(term).collect();
        Ok(match &slots[..] {
            [] => Node::Any(Vec::new()),
            [runs] => filter(TermSetQuery::new(terms(runs) as Vec<Term>)),
            slots => Node::Names { field, slots: slots.iter().map(terms).collect() },
        })
    }

    /// The runs of letters and digits of a field that fit a pattern.
    fn labels_fitting(&self, field: Field, pattern: &str) -> tantivy::Result<Vec<String>> {
        let pattern = each_fixed_part(pattern, dossier_german::fold);
        let Some(glob) = Glob::new(&pattern) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for segment in self.searcher.segments() {
            let index = segment.reader.inverted_index(field)?;
            Walk::fitting(&pattern, &glob).for_each(index.terms(), None, |key, _| {
                found.push(String::from_utf8_lossy(key).into_owned());
            })?;
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}

/// A condition outside the text: it selects, and says nothing about how well a document fits.
fn filter(query: impl TantivyQuery) -> Node {
    Node::Filter(Box::new(ConstScoreQuery::new(Box::new(query), 0.0)))
}

/// ISO 639-3 code of a language named as people do.
fn language_code(name: &str) -> String {
    let name = name.to_lowercase();
    let code = match &*name {
        "de" | "deutsch" | "german" => "deu",
        "en" | "englisch" | "english" => "eng",
        "fr" | "französisch" | "french" => "fra",
        "it" | "italienisch" | "italian" => "ita",
        "es" | "spanisch" | "spanish" => "spa",
        "nl" | "niederländisch" | "dutch" => "nld",
        "pl" | "polnisch" | "polish" => "pol",
        "cs" | "tschechisch" | "czech" => "ces",
        "tr" | "türkisch" | "turkish" => "tur",
        "ru" | "russisch" | "russian" => "rus",
        "uk" | "ukrainisch" | "ukrainian" => "ukr",
        "ar" | "arabisch" | "arabic" => "ara",
        _ => return name,
    };
    code.to_owned()
}
