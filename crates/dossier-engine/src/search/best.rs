//! The best documents of a plan, and how many match; near-copies as one.

use tantivy::query::Scorer;
use tantivy::{DocAddress, DocId, TERMINATED};

use crate::copies;
use crate::letters::MOST_LIKENED;
use crate::plan::Plan;
use crate::results::SearchOptions;
use crate::scorer::{WideEither, WideWord, WideWords};
use crate::searcher::{Searcher, Segment};

/// A document, and the ids of its near-copies.
pub(super) struct Group {
    pub found: Found,
    pub copies: Vec<String>,
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
pub(super) fn best(
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
