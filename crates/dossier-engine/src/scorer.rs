//! Scorers for words: the union of the postings of everything a word stands for, scored as one.

use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings};
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use crate::ranking::Lengths;

/// The postings of one term in one field.
pub(crate) struct Leg {
    pub postings: SegmentPostings,
    /// What an occurrence counts. Negative where the occurrences are taken out of another leg's.
    pub weight: f32,
}

/// How a scorer will be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Every document, one after the other.
    Through,
    /// Here and there, where other scorers lead.
    Seeking,
}

/// From that many legs on, a word's documents are gathered before they are read: so many postings
/// cannot be kept open side by side at a bearable price.
pub(crate) const MANY_LEGS: usize = 16;

/// What is left of a subtraction of occurrences may be a rounding error.
const LEAST_OCCURRENCES: f32 = 1e-3;

/// The scorer of a word with the given rarity.
pub(crate) fn word_scorer(
    mut legs: Vec<Leg>,
    lengths: Lengths,
    rarity: f32,
    reading: Reading,
) -> Box<dyn Scorer> {
    legs.retain(|leg| leg.postings.doc() != TERMINATED);
    let wide = reading == Reading::Through && legs.len() > 1;
    if wide {
        Box::new(WideWord::new(legs, lengths, rarity))
    } else {
        Box::new(NarrowWord::new(legs, lengths, rarity))
    }
}

/// Few legs: each stands on its own document, the least is the current one.
struct NarrowWord {
    legs: Vec<Leg>,
    lengths: Lengths,
    rarity: f32,
    document: DocId,
    /// Weighted occurrences in the current document.
    occurrences: f32,
    /// Whether legs take occurrences out of others, so that a document may be left with none.
    subtracts: bool,
}

impl NarrowWord {
    fn new(legs: Vec<Leg>, lengths: Lengths, rarity: f32) -> NarrowWord {
        let subtracts = legs.iter().any(|leg| leg.weight < 0.0);
        let mut word =
            NarrowWord { legs, lengths, rarity, document: 0, occurrences: 0.0, subtracts };
        word.settle();
        word
    }

    fn weigh(&self) -> f32 {
        let here = self.legs.iter().filter(|leg| leg.postings.doc() == self.document);
        here.map(|leg| leg.weight * leg.postings.term_freq() as f32).sum()
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

/// Documents in a window. Small enough for the first cache of a processor (16 KB of sums).
const WINDOW: usize = 4096;

/// Several legs read through: the occurrences of a whole window of documents are summed up, leg by
/// leg, which touches each posting once.
pub(crate) struct WideWord {
    legs: Vec<Leg>,
    lengths: Lengths,
    rarity: f32,
    /// First document of the window.
    start: DocId,
    occurrences: Box<[f32; WINDOW]>,
    present: [u64; WINDOW / 64],
    document: DocId,
}

impl WideWord {
    fn new(legs: Vec<Leg>, lengths: Lengths, rarity: f32) -> WideWord {
        let mut word = WideWord {
            legs,
            lengths,
            rarity,
            start: 0,
            occurrences: Box::new([0.0; WINDOW]),
            present: [0; WINDOW / 64],
            document: 0,
        };
        word.fill();
        word.find(0);
        word
    }

    /// Sums up the window that begins with the legs' first document.
    fn fill(&mut self) -> bool {
        self.occurrences.fill(0.0);
        self.present.fill(0);
        self.start = self.legs.iter().map(|leg| leg.postings.doc()).min().unwrap_or(TERMINATED);
        if self.start == TERMINATED {
            self.document = TERMINATED;
            return false;
        }
        let end = self.start + WINDOW as DocId;
        for leg in &mut self.legs {
            let mut document = leg.postings.doc();
            while document < end {
                let place = (document - self.start) as usize;
                self.occurrences[place] += leg.weight * leg.postings.term_freq() as f32;
                self.present[place / 64] |= 1 << (place % 64);
                document = leg.postings.advance();
            }
        }
        self.legs.retain(|leg| leg.postings.doc() != TERMINATED);
        true
    }

    /// Moves to the first document of the window, or a later one, from that place on.
    fn find(&mut self, mut place: usize) -> DocId {
        loop {
            while place < WINDOW {
                let ahead = self.present[place / 64] >> (place % 64);
                if ahead == 0 {
                    place = (place / 64 + 1) * 64;
                    continue;
                }
                place += ahead.trailing_zeros() as usize;
                if self.occurrences[place] > LEAST_OCCURRENCES {
                    self.document = self.start + place as DocId;
                    return self.document;
                }
                place += 1;
            }
            if !self.fill() {
                return TERMINATED;
            }
            place = 0;
        }
    }
}

impl DocSet for WideWord {
    fn advance(&mut self) -> DocId {
        if self.document == TERMINATED {
            return TERMINATED;
        }
        self.find((self.document - self.start) as usize + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document >= target {
            return self.document;
        }
        let place = (target - self.start) as usize;
        if place < WINDOW {
            return self.find(place);
        }
        for leg in &mut self.legs {
            if leg.postings.doc() < target {
                leg.postings.seek(target);
            }
        }
        self.find(WINDOW)
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.legs.iter().map(|leg| leg.postings.size_hint()).max().unwrap_or(0)
    }
}

impl Scorer for WideWord {
    fn score(&mut self) -> Score {
        let occurrences = self.occurrences[(self.document - self.start) as usize];
        self.rarity * self.lengths.score(occurrences, self.document)
    }
}

/// The documents of a word that stands for many, with their weighted occurrences, in order.
pub(crate) struct Gathered(Vec<(DocId, f32)>);

impl Gathered {
    /// Sums up postings one after the other, over a segment with so many documents. Each comes
    /// with what an occurrence counts.
    pub fn new(
        postings: impl Iterator<Item = tantivy::Result<(BlockSegmentPostings, f32)>>,
        occurring: u64,
        documents: u32,
    ) -> tantivy::Result<Gathered> {
        // Few documents are sorted, many are marked in a table of all.
        let few = occurring * 16 < u64::from(documents);
        let mut pairs: Vec<(DocId, f32)> = Vec::new();
        let mut table = if few { Vec::new() } else { vec![0.0f32; documents as usize] };
        for list in postings {
            let (mut list, weight) = list?;
            while !list.docs().is_empty() {
                for (&document, &times) in list.docs().iter().zip(list.freqs()) {
                    let occurrences = weight * times as f32;
                    match table.get_mut(document as usize) {
                        Some(sum) => *sum += occurrences,
                        None => pairs.push((document, occurrences)),
                    }
                }
                list.advance();
            }
        }
        if few {
            pairs.sort_unstable_by_key(|(document, _)| *document);
            pairs.dedup_by(|next, first| {
                let same = next.0 == first.0;
                if same {
                    first.1 += next.1;
                }
                same
            });
        } else {
            pairs.extend((0..documents).zip(table));
        }
        pairs.retain(|(_, occurrences)| *occurrences > LEAST_OCCURRENCES);
        Ok(Gathered(pairs))
    }

    /// The scorer of the word.
    pub fn scorer(self, lengths: Lengths, rarity: f32) -> Box<dyn Scorer> {
        Box::new(GatheredWord { documents: self.0, at: 0, lengths, rarity })
    }
}

struct GatheredWord {
    documents: Vec<(DocId, f32)>,
    at: usize,
    lengths: Lengths,
    rarity: f32,
}

impl DocSet for GatheredWord {
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

impl Scorer for GatheredWord {
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

/// Documents that any of several scorers matches; their scores add up.
pub(crate) struct UnionScorer {
    scorers: Vec<(DocId, Box<dyn Scorer>)>,
    document: DocId,
}

impl UnionScorer {
    /// The union; a single scorer stays itself.
    pub fn of(mut scorers: Vec<Box<dyn Scorer>>) -> Box<dyn Scorer> {
        scorers.retain(|scorer| scorer.doc() != TERMINATED);
        if scorers.len() == 1 {
            return scorers.remove(0);
        }
        let scorers = scorers.into_iter().map(|scorer| (scorer.doc(), scorer)).collect();
        let mut union = UnionScorer { scorers, document: 0 };
        union.settle();
        Box::new(union)
    }

    fn settle(&mut self) -> DocId {
        self.document = self.scorers.iter().map(|(at, _)| *at).min().unwrap_or(TERMINATED);
        self.document
    }
}

impl DocSet for UnionScorer {
    fn advance(&mut self) -> DocId {
        if self.document == TERMINATED {
            return TERMINATED;
        }
        for (at, scorer) in &mut self.scorers {
            if *at == self.document {
                *at = scorer.advance();
            }
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document >= target {
            return self.document;
        }
        for (at, scorer) in &mut self.scorers {
            if *at < target {
                *at = scorer.seek(target);
            }
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.scorers.iter().map(|(_, scorer)| scorer.size_hint()).max().unwrap_or(0)
    }

    fn cost(&self) -> u64 {
        self.scorers.iter().map(|(_, scorer)| scorer.cost()).sum()
    }
}

impl Scorer for UnionScorer {
    fn score(&mut self) -> Score {
        let mut sum = 0.0;
        for (at, scorer) in &mut self.scorers {
            if *at == self.document {
                sum += scorer.score();
            }
        }
        sum
    }
}
