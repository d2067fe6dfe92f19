//! From a query to results: plan, best documents, fragments, and what the reader should know.

use std::collections::BTreeMap;

use tantivy::query::Scorer;
use tantivy::{DocAddress, DocId, TERMINATED};

use crate::copies;
use crate::document::Document;
use crate::explain::explain;
use crate::highlight::Highlighter;
use crate::letters::MOST_LIKENED;
use crate::noise::Text;
use crate::notices::Searched;
use crate::passages::first_words;
use crate::plan::{Plan, PlanOptions};
use crate::query::{Query, WordMode};
use crate::results::{Hit, MatchKind, Matching, Reading, Results, SearchOptions, Variant};
use crate::scorer::{WideEither, WideWord, WideWords};
use crate::searcher::{Searcher, Segment};

/// Variants named at most.
const MOST_VARIANTS: usize = 32;

pub(crate) fn search(
    searcher: &Searcher,
    query: &Query,
    options: &SearchOptions,
) -> tantivy::Result<Results> {
    let mut answer = answer(searcher, query, options)?;
    let shown = is_for_people(options);
    let read = shown || options.explain;
    let groups = std::mem::take(&mut answer.groups);
    let highlighter =
        read.then(|| Highlighter::new(&answer.plan, searcher.analysis(), options.noise));
    let mut hits = Vec::with_capacity(groups.len());
    for Group { found, copies } in groups {
        let marking = highlighter.as_ref().filter(|_| shown);
        let explaining = highlighter.as_ref().filter(|_| options.explain);
        let explaining = explaining.map(|with| (&answer.plan, with));
        let hit = hit(searcher, &found, options, marking, explaining)?;
        hits.push(Hit { copies, ..hit });
    }
    let side_by_side = highlighter.is_some_and(|highlighter| highlighter.side_by_side());
    answer.results(searcher, query, options, side_by_side, hits)
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
        Ok(Results { total, hits, reading, also_searched: variants(&plan), notices })
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

/// A document, and the ids of its near-copies.
struct Group {
    found: Found,
    copies: Vec<String>,
}

/// How many hits more than are wanted are looked at for near-copies.
const MORE_FOR_COPIES: usize = 20;

/// A document that matches.
#[derive(Clone, Copy)]
pub(crate) struct Found {
    pub score: f32,
    pub address: DocAddress,
}

/// How many documents match, and those that are shown.
fn best(
    searcher: &Searcher,
    plan: &Plan,
    options: &SearchOptions,
) -> tantivy::Result<(usize, Vec<Group>)> {
    let limit = options.limit.min(SearchOptions::MOST_HITS);
    let wanted = limit.saturating_add(options.offset).min(SearchOptions::MOST_HITS);
    let alone = |found| Group { found, copies: Vec::new() };
    let (total, mut hits) = if options.group_copies && wanted > 0 {
        best_groups(searcher, plan, wanted)?
    } else {
        let (total, found) = ranked(searcher, plan, wanted)?;
        (total, found.into_iter().map(alone).collect())
    };
    hits.truncate(wanted);
    hits.drain(..options.offset.min(hits.len()));
    Ok((total, hits))
}

/// How many documents match, and so many groups of near-copies, as far as there are any.
fn best_groups(
    searcher: &Searcher,
    plan: &Plan,
    wanted: usize,
) -> tantivy::Result<(usize, Vec<Group>)> {
    let mut most = (wanted * 2 + MORE_FOR_COPIES).min(SearchOptions::MOST_HITS);
    loop {
        let (total, found) = ranked(searcher, plan, most)?;
        let compared = found.iter().take(copies::MOST_GROUPED);
        let mut groups = copies::group(compared.map(|found| searcher.signature(found.address)));
        groups.extend((copies::MOST_GROUPED..found.len()).map(|alone| vec![alone]));
        let all = found.len() < most || most == SearchOptions::MOST_HITS;
        if groups.len() < wanted && !all {
            most = (most * 4).min(SearchOptions::MOST_HITS);
            continue;
        }
        groups.truncate(wanted);
        let group = |items: Vec<usize>| Group {
            found: found[items[0]],
            copies: items[1..].iter().map(|&copy| id_of(searcher, found[copy].address)).collect(),
        };
        return Ok((total, groups.into_iter().map(group).collect()));
    }
}

/// How many documents match, and so many of the best.
pub(crate) fn ranked(
    searcher: &Searcher,
    plan: &Plan,
    wanted: usize,
) -> tantivy::Result<(usize, Vec<Found>)> {
    let (shown, ids) = (wanted, Ids(searcher));
    // Those that are put in another order are looked at whatever is shown of them.
    let likened = plan.letters.as_ref().filter(|_| wanted > 0);
    let wanted = if likened.is_some() { wanted.max(MOST_LIKENED) } else { wanted };
    let mut total = 0;
    let mut hits = Vec::new();
    for (ordinal, segment) in searcher.segments().iter().enumerate() {
        let scorer = plan.scorer(searcher, ordinal)?;
        if scorer.doc() == TERMINATED {
            continue;
        }
        let number = |document| ids.number(ordinal, document);
        let mut top = Top { wanted, number, entries: Vec::new(), least: 0.0 };
        total += top.collect(segment, scorer);
        top.cut();
        let address = |document| DocAddress::new(ordinal as u32, document);
        let found = |(score, document)| Found { score, address: address(document) };
        hits.extend(top.entries.into_iter().map(found));
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut start = 0;
    for equal in hits.chunk_by_mut(|a, b| a.score == b.score) {
        // Those behind the wanted ones are dropped whatever their order.
        if equal.len() > 1 && start < wanted {
            ids.sort(equal, wanted - start);
        }
        start += equal.len();
    }
    hits.truncate(wanted);
    if let Some(letters) = likened {
        letters.reorder(searcher, &mut hits)?;
    }
    hits.truncate(shown);
    Ok((total, hits))
}

/// The id of a document, read from its column.
pub(crate) fn id_of(searcher: &Searcher, address: DocAddress) -> String {
    Ids(searcher).text(address)
}

/// The ids of documents, to put equal scores in an order: that of documents changes with every
/// merge.
struct Ids<'s>(&'s Searcher);

impl Ids<'_> {
    /// Grows with the id within a segment.
    fn number(&self, segment: usize, document: DocId) -> Option<u64> {
        self.0.ids(segment)?.term_ords(document).next()
    }

    /// Puts the first `wanted` documents of equal score in order. Within a segment their ids'
    /// numbers tell it; texts must be read only to compare segments.
    fn sort(&self, equal: &mut [Found], wanted: usize) {
        equal.sort_by_cached_key(|Found { address, .. }| {
            (address.segment_ord, self.number(address.segment_ord as usize, address.doc_id))
        });
        let mut segments: Vec<&[Found]> =
            equal.chunk_by(|a, b| a.address.segment_ord == b.address.segment_ord).collect();
        if segments.len() < 2 {
            return;
        }
        let text = |rest: &&[Found]| rest.first().map(|found| self.text(found.address));
        let mut first: Vec<Option<String>> = segments.iter().map(text).collect();
        let mut sorted = Vec::with_capacity(wanted);
        while sorted.len() < wanted {
            let texts = first.iter().enumerate();
            let ahead = texts.filter_map(|(at, text)| Some((text.as_deref()?, at))).min();
            let Some((_, at)) = ahead else { break };
            let (found, rest) = segments[at].split_at(1);
            sorted.extend_from_slice(found);
            segments[at] = rest;
            first[at] = text(&rest);
        }
        sorted.extend(segments.into_iter().flatten());
        equal.copy_from_slice(&sorted);
    }

    fn text(&self, address: DocAddress) -> String {
        let segment = address.segment_ord as usize;
        let mut id = String::new();
        if let Some(number) = self.number(segment, address.doc_id)
            && let Some(column) = self.0.ids(segment)
        {
            // Without an id the order is still one.
            let _ = column.ord_to_str(number, &mut id);
        }
        id
    }
}

/// The best documents of a segment.
struct Top<N> {
    wanted: usize,
    /// Puts documents of equal score in order.
    number: N,
    /// Up to twice as many as wanted; then the worse half goes.
    entries: Vec<(f32, DocId)>,
    /// What a document must reach; no score is negative.
    least: f32,
}

impl<N: Fn(DocId) -> Option<u64>> Top<N> {
    /// Counts the documents of a scorer and keeps the best.
    fn collect(&mut self, segment: &Segment, scorer: Box<dyn Scorer>) -> usize {
        let alive = segment.reader.alive_bitset();
        let least = self.least;
        let mut show = |score, document| {
            self.push(score, document);
            self.least
        };
        // The commonest queries are words.
        let scorer = match scorer.downcast::<WideWord>() {
            Ok(word) => return word.read(alive, least, show),
            Err(scorer) => scorer,
        };
        let scorer = match scorer.downcast::<WideWords>() {
            Ok(words) => return words.read(alive, least, show),
            Err(scorer) => scorer,
        };
        let mut scorer = match scorer.downcast::<WideEither>() {
            Ok(words) => return words.read(alive, least, show),
            Err(scorer) => scorer,
        };
        let mut least = least;
        let mut total = 0;
        let mut document = scorer.doc();
        while document != TERMINATED {
            if alive.is_none_or(|alive| alive.is_alive(document)) {
                total += 1;
                let score = scorer.score();
                if score >= least {
                    least = show(score, document);
                }
            }
            document = scorer.advance();
        }
        total
    }

    fn push(&mut self, score: f32, document: DocId) {
        self.entries.push((score, document));
        if self.entries.len() >= self.wanted.max(32) * 2 {
            self.cut();
        }
    }

    /// Keeps as many as wanted.
    fn cut(&mut self) {
        if self.entries.len() <= self.wanted {
            return;
        }
        if self.wanted == 0 {
            self.entries.clear();
            return;
        }
        let number = &self.number;
        let rank = |a: &(f32, DocId), b: &(f32, DocId)| {
            b.0.total_cmp(&a.0).then_with(|| number(a.1).cmp(&number(b.1)))
        };
        let (_, last, _) = self.entries.select_nth_unstable_by(self.wanted - 1, rank);
        self.least = last.0;
        self.entries.truncate(self.wanted);
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
