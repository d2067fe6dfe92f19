//! Scorers for words: the union of the postings of everything a word stands for, scored as one.

mod gathered;
mod union;
mod wide;

use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings};
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

pub(crate) use self::gathered::Gathered;
pub(crate) use self::union::union;
pub(crate) use self::wide::{WideEither, WideWord, WideWords};
use crate::ranking::{Lengths, MOST_OF_PARTS};

/// What the occurrences of a term count.
#[derive(Clone, Copy)]
pub(crate) struct Counts {
    /// What each counts. Negative where the occurrences are taken out of another term's.
    pub weight: f32,
    /// Whether it is a part of compounds: however many, they count less than the word itself.
    pub part: bool,
}

/// The postings of one term in one field.
pub(crate) struct Leg<P> {
    pub postings: P,
    pub counts: Counts,
}

/// Takes documents that hold a term, in order, and how often it occurs in each.
pub(crate) type EachBlock<'e> = dyn FnMut(Counts, &[DocId], &[u32]) + 'e;

/// What is left of a subtraction of occurrences may be a rounding error.
const LEAST_OCCURRENCES: f32 = 1e-3;

/// For few legs, read here and there: each stands on its own document, the least is the current one.
pub(crate) struct NarrowWord {
    legs: Vec<Leg<SegmentPostings>>,
    lengths: Lengths,
    rarity: f32,
    document: DocId,
    /// Weighted occurrences in the current document.
    occurrences: f32,
    /// Whether legs take occurrences out of others, so that a document may be left with none.
    subtracts: bool,
}

impl NarrowWord {
    pub fn new(mut legs: Vec<Leg<SegmentPostings>>, lengths: Lengths, rarity: f32) -> NarrowWord {
        legs.retain(|leg| leg.postings.doc() != TERMINATED);
        let subtracts = legs.iter().any(|leg| leg.counts.weight < 0.0);
        let mut word =
            NarrowWord { legs, lengths, rarity, document: 0, occurrences: 0.0, subtracts };
        word.settle();
        word
    }

    fn weigh(&self) -> f32 {
        let sum = |part: bool| -> f32 {
            let legs = self.legs.iter().filter(|leg| leg.counts.part == part);
            let here = legs.filter(|leg| leg.postings.doc() == self.document);
            here.map(|leg| leg.counts.weight * leg.postings.term_freq() as f32).sum()
        };
        sum(false) + sum(true).min(MOST_OF_PARTS)
    }

    /// Moves to the first document at or behind the legs' that keeps an occurrence.
    fn settle(&mut self) -> DocId {
        loop {
            self.document =
                self.legs.iter().map(|leg| leg.postings.doc()).min().unwrap_or(TERMINATED);
            if self.document == TERMINATED || !self.subtracts {
                return self.document;
            }
            self.occurrences = self.weigh();
            if self.occurrences > LEAST_OCCURRENCES {
                return self.document;
            }
            self.step();
        }
    }

    fn step(&mut self) {
        for leg in &mut self.legs {
            if leg.postings.doc() == self.document {
                leg.postings.advance();
            }
        }
    }
}

impl DocSet for NarrowWord {
    fn advance(&mut self) -> DocId {
        if self.document == TERMINATED {
            return TERMINATED;
        }
        if let [leg] = &mut self.legs[..] {
            // Most rare words have one form in one field.
            self.document = leg.postings.advance();
            if !self.subtracts {
                return self.document;
            }
        } else {
            self.step();
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document >= target {
            return self.document;
        }
        for leg in &mut self.legs {
            if leg.postings.doc() < target {
                leg.postings.seek(target);
            }
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.legs.iter().map(|leg| leg.postings.size_hint()).sum()
    }
}

impl Scorer for NarrowWord {
    fn score(&mut self) -> Score {
        if !self.subtracts {
            self.occurrences = self.weigh();
        }
        self.rarity * self.lengths.score(self.occurrences, self.document)
    }
}

/// Postings read a block at a time.
struct Blocks {
    leg: Leg<BlockSegmentPostings>,
    /// Where it stands in the block.
    at: usize,
}

impl Blocks {
    fn doc(&self) -> DocId {
        self.leg.postings.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn seek(&mut self, target: DocId) {
        if self.doc() < target {
            self.at = self.leg.postings.seek(target);
        }
    }

    /// Calls `each` with documents before `end`, in order, and how often the term occurs there: a
    /// block at a time.
    fn read_to(&mut self, end: DocId, mut each: impl FnMut(&[DocId], &[u32])) {
        loop {
            let documents = &self.leg.postings.docs()[self.at..];
            let Some(last) = documents.last() else { return };
            let whole = *last < end;
            let count =
                if whole { documents.len() } else { documents.partition_point(|at| *at < end) };
            let times = &self.leg.postings.freqs()[self.at..];
            each(&documents[..count], &times[..count]);
            if !whole {
                self.at += count;
                return;
            }
            self.leg.postings.advance();
            self.at = 0;
        }
    }
}

/// For many legs with few documents altogether: these are listed and sorted.
pub(crate) struct ListedWord {
    documents: Vec<(DocId, f32)>,
    at: usize,
    lengths: Lengths,
    rarity: f32,
}

impl ListedWord {
    /// `read` hands over all postings.
    pub fn new(
        read: impl FnOnce(&mut EachBlock<'_>) -> tantivy::Result<()>,
        lengths: Lengths,
        rarity: f32,
    ) -> tantivy::Result<ListedWord> {
        // With the occurrences of the word itself, and of it as a part.
        let mut found: Vec<(DocId, f32, f32)> = Vec::new();
        read(&mut |Counts { weight, part }, documents, times| {
            found.extend(documents.iter().zip(times).map(|(&document, &times)| {
                let occurrences = weight * times as f32;
                let (own, part) = if part { (0.0, occurrences) } else { (occurrences, 0.0) };
                (document, own, part)
            }));
        })?;
        found.sort_unstable_by_key(|(document, ..)| *document);
        found.dedup_by(|next, first| {
            let same = next.0 == first.0;
            if same {
                first.1 += next.1;
                first.2 += next.2;
            }
            same
        });
        let sum =
            |(document, own, part): (DocId, f32, f32)| (document, own + part.min(MOST_OF_PARTS));
        let documents = found
            .into_iter()
            .map(sum)
            .filter(|(_, occurrences)| *occurrences > LEAST_OCCURRENCES)
            .collect();
        Ok(ListedWord { documents, at: 0, lengths, rarity })
    }
}

impl DocSet for ListedWord {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.documents.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.documents[self.at..].partition_point(|(document, _)| *document < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.documents.get(self.at).map_or(TERMINATED, |(document, _)| *document)
    }

    fn size_hint(&self) -> u32 {
        self.documents.len() as u32
    }
}

impl Scorer for ListedWord {
    fn score(&mut self) -> Score {
        match self.documents.get(self.at) {
            Some(&(document, times)) => self.rarity * self.lengths.score(times, document),
            None => 0.0,
        }
    }
}

/// What is excluded. tantivy asks for documents before the one that a scorer stands on, which its
/// own phrases do not allow: here the question is answered by the default, which does.
pub(crate) struct Steady(pub Box<dyn Scorer>);

impl DocSet for Steady {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }
}
