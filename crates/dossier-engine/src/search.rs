//! From a query to results: plan, best documents, fragments, and what the reader should know.

mod best;

use std::collections::BTreeMap;

pub(crate) use self::best::{Found, id_of, ranked};
use self::best::{Group, best};
use crate::document::Document;
use crate::explain::explain;
use crate::highlight::Highlighter;
use crate::noise::Text;
use crate::notices::Searched;
use crate::passages::first_words;
use crate::plan::{Plan, PlanOptions};
use crate::query::{Query, WordMode};
use crate::results::{Hit, MatchKind, Matching, Reading, Results, SearchOptions, Variant};
use crate::searcher::Searcher;

/// Variants named at most.
const MOST_VARIANTS: usize = 32;

pub(crate) fn search(
    searcher: &Searcher,
    query: &Query,
    options: &SearchOptions,
) -> tantivy::Result<Results> {
    let mut answer = answer(searcher, query, options)?;
    let nearest = match nearest(searcher, query, options, &answer)? {
        Some((plan, groups)) => hits(searcher, &plan, groups, options)?.0,
        None => Vec::new(),
    };
    let groups = std::mem::take(&mut answer.groups);
    let (hits, side_by_side) = hits(searcher, &answer.plan, groups, options)?;
    let results = answer.results(searcher, query, options, side_by_side, hits)?;
    Ok(Results { nearest, ..results })
}

/// Hits of a plan, and whether in one of them its words stand side by side.
fn hits(
    searcher: &Searcher,
    plan: &Plan,
    groups: Vec<Group>,
    options: &SearchOptions,
) -> tantivy::Result<(Vec<Hit>, bool)> {
    let shown = is_for_people(options);
    let read = shown || options.explain;
    let highlighter = read.then(|| Highlighter::new(plan, searcher.analysis(), options.noise));
    let mut hits = Vec::with_capacity(groups.len());
    for Group { found, copies } in groups {
        let marking = highlighter.as_ref().filter(|_| shown);
        let explaining = highlighter.as_ref().filter(|_| options.explain);
        let explaining = explaining.map(|with| (plan, with));
        let hit = hit(searcher, &found, options, marking, explaining)?;
        hits.push(Hit { copies, ..hit });
    }
    let side_by_side = highlighter.is_some_and(|highlighter| highlighter.side_by_side());
    Ok((hits, side_by_side))
}

/// Whether passages are shown.
fn is_for_people(options: &SearchOptions) -> bool {
    options.fragment_chars > 0 && options.fragments > 0
}

/// What was found for a query, and how it was read.
pub(crate) struct Answer {
    pub plan: Plan,
    reading: Reading,
    total: usize,
    groups: Vec<Group>,
}

/// Searches; a query without hits in its nearest reading.
pub(crate) fn answer(
    searcher: &Searcher,
    query: &Query,
    options: &SearchOptions,
) -> tantivy::Result<Answer> {
    let plan = Plan::new(searcher, query, plan_options(options, options.matching))?;
    let (total, groups) = best(searcher, &plan, options)?;
    if total > 0 || !can_relax(query, options) {
        return Ok(Answer { plan, reading: Reading::AsTyped, total, groups });
    }
    let plan = Plan::new(searcher, query, plan_options(options, Matching::Any))?;
    let (total, groups) = best(searcher, &plan, options)?;
    Ok(Answer { plan, reading: Reading::Relaxed, total, groups })
}

/// Where few documents have all words: those that come nearest without.
fn nearest(
    searcher: &Searcher,
    query: &Query,
    options: &SearchOptions,
    answer: &Answer,
) -> tantivy::Result<Option<(Plan, Vec<Group>)>> {
    let most = options.nearest.min(options.limit);
    let is_first = options.offset == 0 && answer.reading == Reading::AsTyped;
    if answer.total >= most || !is_first || !has_several_words(query, options) {
        return Ok(None);
    }
    let plan = Plan::new(searcher, query, plan_options(options, Matching::Any))?;
    let first = SearchOptions { limit: most, ..options.clone() };
    let (_, mut groups) = best(searcher, &plan, &first)?;
    let ids = |group: &Group| id_of(searcher, group.found.address);
    let mut shown: Vec<String> = answer.groups.iter().map(ids).collect();
    shown.extend(answer.groups.iter().flat_map(|group| group.copies.iter().cloned()));
    groups.retain(|group| !shown.contains(&ids(group)));
    groups.truncate(most.saturating_sub(answer.groups.len()));
    Ok(Some((plan, groups)))
}

/// Whether a query asks for several things side by side, beside conditions.
fn has_several_words(query: &Query, options: &SearchOptions) -> bool {
    let Query::Words(clauses) = query else { return false };
    let is_asked = |clause: &&Query| matches!(clause, Query::Word(_) | Query::Phrase(_));
    options.matching == Matching::All && clauses.iter().filter(is_asked).nth(1).is_some()
}

fn plan_options(options: &SearchOptions, matching: Matching) -> PlanOptions<'_> {
    let SearchOptions { today, noise, ref aliases, .. } = *options;
    PlanOptions { matching, today, aliases, noise, unknown_dates: false }
}

impl Answer {
    /// The documents found, best first.
    pub fn hits(&self) -> impl Iterator<Item = Found> {
        self.groups.iter().map(|group| group.found)
    }

    /// With what the reader should know beside the hits.
    pub fn results(
        self,
        searcher: &Searcher,
        query: &Query,
        options: &SearchOptions,
        side_by_side: bool,
        hits: Vec<Hit>,
    ) -> tantivy::Result<Results> {
        let Answer { plan, reading, total, .. } = self;
        let matching = if reading == Reading::Relaxed { Matching::Any } else { options.matching };
        let searched = Searched {
            searcher,
            query,
            options: plan_options(options, matching),
            plan: &plan,
            total,
            is_found: total > 0 && reading == Reading::AsTyped,
            matching: options.matching,
            for_people: is_for_people(options),
            side_by_side,
        };
        let notices = searched.notices()?;
        let (also_searched, nearest) = (variants(&plan), Vec::new());
        Ok(Results { total, hits, nearest, reading, also_searched, notices })
    }
}

/// Whether a query without hits has a nearer reading: words side by side, or one word.
fn can_relax(query: &Query, options: &SearchOptions) -> bool {
    match query {
        Query::Words(_) => options.matching == Matching::All,
        Query::Word(word) => word.mode == WordMode::Plain && options.matching == Matching::All,
        _ => false,
    }
}

fn hit(
    searcher: &Searcher,
    found: &Found,
    options: &SearchOptions,
    highlighter: Option<&Highlighter<'_>>,
    explaining: Option<(&Plan, &Highlighter<'_>)>,
) -> tantivy::Result<Hit> {
    let document = searcher.load(found.address)?;
    let explanations = match explaining {
        Some((plan, highlighter)) => {
            explain(searcher, plan, highlighter, &document, found.address)?
        }
        None => Vec::new(),
    };
    let (fragments, title_marks) = match highlighter {
        Some(highlighter) => (
            highlighter.fragments(Text::body(&document), options.fragment_chars, options.fragments),
            highlighter.title_marks(Text::title(&document)),
        ),
        None => Default::default(),
    };
    Ok(Hit { title_marks, fragments, explanations, ..bare_hit(document, found.score) })
}

/// A hit without what shows why it matches.
pub(crate) fn bare_hit(document: Document, score: f32) -> Hit {
    let has_title = !document.title.is_empty();
    Hit {
        first_words: if has_title { String::new() } else { first_words(Text::body(&document)) },
        title_marks: Vec::new(),
        fragments: Vec::new(),
        explanations: Vec::new(),
        copies: Vec::new(),
        score,
        id: document.id,
        path: document.path,
        title: document.title,
        source: document.source,
        author: document.author,
        language: document.language,
        agency: document.agency,
        date: document.date,
        date_origin: document.date_origin,
    }
}

/// The words searched beside those typed, nearest first.
fn variants(plan: &Plan) -> Vec<Variant> {
    let mut found: BTreeMap<(MatchKind, &str), u64> = BTreeMap::new();
    let shown = || plan.clauses.iter().filter(|clause| !clause.negated);
    for variant in shown().filter_map(|clause| clause.variant.as_ref()) {
        found.insert((variant.kind, &variant.term), variant.documents as u64);
    }
    let typed = shown().filter(|clause| clause.variant.is_none());
    for slot in typed.flat_map(|clause| &clause.slots) {
        // The terms of a word stand best first.
        let beside = slot.terms.iter().filter(|term| term.kind != MatchKind::Exact);
        for term in beside.take(MOST_VARIANTS) {
            let text = term.shown.as_deref().or(term.exact.as_deref()).unwrap_or(&term.text);
            let documents = found.entry((term.kind, text)).or_default();
            *documents = (*documents).max(term.documents);
        }
    }
    let mut variants: Vec<Variant> = found
        .into_iter()
        .map(|((kind, term), documents)| Variant {
            term: term.to_owned(),
            kind,
            documents: documents as usize,
        })
        .collect();
    variants.sort_by(|a, b| {
        a.kind.cmp(&b.kind).then(b.documents.cmp(&a.documents)).then_with(|| a.term.cmp(&b.term))
    });
    variants.truncate(MOST_VARIANTS);
    variants
}
