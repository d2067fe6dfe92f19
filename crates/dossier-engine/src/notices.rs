//! What the reader should know about how a query was understood, beyond what its text tells.

use tantivy::query::Scorer;
use tantivy::{DocSet, TERMINATED};

use crate::corrections::corrected;
use crate::plan::{Plan, PlanOptions};
use crate::query::{DateCondition, Dates, Query, WordMode};
use crate::results::{Matching, Notice, NoticeKind};
use crate::searcher::Searcher;

/// A phrase with more hits needs no looser reading: it costs another search.
const LITTLE: usize = 3;

/// Longer phrases are quotations: to look for other forms of each word would take too long.
const MOST_LOOSENED: usize = 16;

/// Longer queries are not searched once more only to tell what else there would be.
const MOST_COUNTED: usize = 64;

/// A query as it was searched.
pub(crate) struct Searched<'s> {
    pub searcher: &'s Searcher,
    pub query: &'s Query,
    pub options: PlanOptions<'s>,
    pub plan: &'s Plan,
    /// Documents found.
    pub total: usize,
    /// Whether they match what was typed, under the reading asked for.
    pub is_found: bool,
    pub matching: Matching,
    /// Whether fragments are shown: whoever reads none wants no other phrases either.
    pub for_people: bool,
    /// Whether its words stand side by side in one of the documents shown.
    pub side_by_side: bool,
}

impl Searched<'_> {
    /// Everything there is to say.
    pub fn notices(&self) -> tantivy::Result<Vec<Notice>> {
        let mut notices = self.cut();
        notices.extend(self.too_many());
        notices.extend(self.phrase());
        notices.extend(self.looser_phrase()?);
        notices.extend(self.corrected()?);
        notices.extend(self.unknown_dates()?);
        notices.extend(self.only_in_noise()?);
        Ok(notices)
    }

    /// Words that stand for too many.
    fn cut(&self) -> Vec<Notice> {
        let slots = self.plan.clauses.iter().flat_map(|clause| &clause.slots);
        let mut spans = Vec::new();
        let mut notices = Vec::new();
        for slot in slots.filter(|slot| slot.cut) {
            let span = slot.typed.span.0.clone();
            // A word may stand in several clauses.
            if spans.contains(&span) {
                continue;
            }
            spans.push(span.clone());
            let message = format!(
                "'{}' fits more words than are searched at once: the most frequent were taken",
                slot.typed.text
            );
            let kind = NoticeKind::ExpansionsCut;
            notices.push(Notice { span, kind, message, suggestion: None, count: None });
        }
        notices
    }

    /// That there are too many words to search all, or to look for other names of all.
    fn too_many(&self) -> Option<Notice> {
        if self.plan.left_out > 0 {
            return Some(Notice {
                span: 0..0,
                kind: NoticeKind::WordsCut,
                message: format!(
                    "{} words were left out, the most frequent: there are too many",
                    self.plan.left_out
                ),
                suggestion: None,
                count: None,
            });
        }
        let word = self.plan.unnamed.as_ref()?;
        Some(Notice {
            span: word.span.0.clone(),
            kind: NoticeKind::NamesCut,
            message: format!(
                "from '{}' on, no other spellings of names were searched: there are too many words",
                word.text
            ),
            suggestion: None,
            count: None,
        })
    }

    /// That the words are found side by side, too.
    fn phrase(&self) -> Option<Notice> {
        let Query::Words(clauses) = self.query else { return None };
        let words = clauses.iter().map(|clause| match clause {
            Query::Word(word) if self.side_by_side => Some(word),
            _ => None,
        });
        let words: Vec<_> = words.collect::<Option<_>>()?;
        let span = words.first()?.span.0.start..words.last()?.span.0.end;
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        Some(Notice {
            span,
            kind: NoticeKind::PhrasePossible,
            message: "these words also stand side by side".to_owned(),
            suggestion: Some(format!("\"{}\"", texts.join(" "))),
            count: None,
        })
    }

    /// That a phrase is found more often in other forms and spellings.
    fn looser_phrase(&self) -> tantivy::Result<Option<Notice>> {
        let Query::Phrase(phrase) = self.query else { return Ok(None) };
        let plain = phrase.words.iter().all(|word| word.mode == WordMode::Plain);
        let plain = plain && phrase.words.len() <= MOST_LOOSENED;
        if !self.for_people || phrase.loose || phrase.gap > 0 || !plain || self.total > LITTLE {
            return Ok(None);
        }
        let mut phrase = phrase.clone();
        phrase.loose = true;
        let span = phrase.span.0.clone();
        let query = Query::Phrase(phrase);
        let count = self.count(&query, self.options)?;
        if count <= self.total {
            return Ok(None);
        }
        Ok(Some(Notice {
            span,
            kind: NoticeKind::FuzzyPhrasePossible,
            message: format!("in other forms and spellings it stands in {count}"),
            suggestion: Some(query.to_string()),
            count: Some(count),
        }))
    }

    /// That words no document holds may be mistyped.
    fn corrected(&self) -> tantivy::Result<Option<Notice>> {
        if self.is_found || !self.for_people {
            return Ok(None);
        }
        let Some(query) = corrected(self.searcher, self.plan, self.query)? else { return Ok(None) };
        let options = PlanOptions { matching: self.matching, ..self.options };
        let count = self.count(&query, options)?;
        let documents = if count == 1 { "document" } else { "documents" };
        Ok((count > 0).then(|| Notice {
            span: 0..0,
            kind: NoticeKind::Corrected,
            message: format!("nearest spelling, in {count} {documents}"),
            suggestion: Some(query.to_string()),
            count: Some(count),
        }))
    }

    /// That documents were left out because nobody knows when they were published.
    fn unknown_dates(&self) -> tantivy::Result<Option<Notice>> {
        let Some(dates) = range_of_dates(self.query) else { return Ok(None) };
        let options = PlanOptions { unknown_dates: true, ..self.options };
        let count = self.count(self.query, options)?.saturating_sub(self.total);
        let (documents, were) =
            if count == 1 { ("document", "was") } else { ("documents", "were") };
        Ok((count > 0).then(|| Notice {
            span: dates.span.0.clone(),
            kind: NoticeKind::DateUnknown,
            message: format!(
                "{count} {documents} without a date, or with one that is not exact enough, {were} left out"
            ),
            suggestion: None,
            count: Some(count),
        }))
    }

    /// That what was typed stands in noise only.
    fn only_in_noise(&self) -> tantivy::Result<Option<Notice>> {
        if self.is_found || self.options.noise || !self.for_people {
            return Ok(None);
        }
        let mut segments = self.searcher.segments().iter();
        let any = segments.any(|segment| segment.noise.terms().num_terms() > 0);
        if !any || self.plan.clauses.len() > MOST_COUNTED {
            return Ok(None);
        }
        let options = PlanOptions { noise: true, matching: self.matching, ..self.options };
        let count = self.count(self.query, options)?;
        let documents = if count == 1 { "document" } else { "documents" };
        Ok((count > 0).then(|| Notice {
            span: 0..0,
            kind: NoticeKind::OnlyInNoise,
            message: format!("{count} {documents} have it in what is no part of the article"),
            suggestion: None,
            count: Some(count),
        }))
    }

    /// Documents that another query finds.
    fn count(&self, query: &Query, options: PlanOptions<'_>) -> tantivy::Result<usize> {
        let plan = Plan::new(self.searcher, query, options)?;
        let mut count = 0;
        for (ordinal, segment) in self.searcher.segments().iter().enumerate() {
            let alive = segment.reader.alive_bitset();
            let mut scorer: Box<dyn Scorer> = plan.scorer(self.searcher, ordinal)?;
            while scorer.doc() != TERMINATED {
                count += usize::from(alive.is_none_or(|alive| alive.is_alive(scorer.doc())));
                scorer.advance();
            }
        }
        Ok(count)
    }
}

/// The first condition of a query that asks for a range of dates; what is excluded by its date is
/// not missed.
fn range_of_dates(query: &Query) -> Option<&Dates> {
    match query {
        Query::Words(clauses) | Query::All(clauses) | Query::Any(clauses) => {
            clauses.iter().find_map(range_of_dates)
        }
        Query::In(_, clause) => range_of_dates(clause),
        Query::Dates(dates) => (dates.condition != DateCondition::Unknown).then_some(dates),
        Query::Not(_) | Query::Word(_) | Query::Phrase(_) | Query::Near(_) => None,
    }
}
