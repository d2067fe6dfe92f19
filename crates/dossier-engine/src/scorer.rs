//! Scorers for words: the union of the postings of everything a word stands for, scored as one.

use tantivy::fastfield::AliveBitSet;
use tantivy::postings::{BlockSegmentPostings, Postings, SegmentPostings};
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use crate::ranking::{Lengths, MOST_OF_PARTS};

/// The postings of one term in one field.
pub(crate) struct Leg<P> {
    pub postings: P,
    /// What an occurrence counts. Negative where the occurrences are taken out of another leg's.
    pub weight: f32,
    /// Whether it is a part of compounds: however many, they count less than the word itself.
    pub part: bool,
}

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
        let subtracts = legs.iter().any(|leg| leg.weight < 0.0);
        let mut word =
            NarrowWord { legs, lengths, rarity, document: 0, occurrences: 0.0, subtracts };
        word.settle();
        word
    }

    fn weigh(&self) -> f32 {
        let sum = |part: bool| -> f32 {
            let legs = self.legs.iter().filter(|leg| leg.part == part);
            let here = legs.filter(|leg| leg.postings.doc() == self.document);
            here.map(|leg| leg.weight * leg.postings.term_freq() as f32).sum()
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

/// Documents in a window. Small enough for the first cache of a processor (16 KB of sums).
const WINDOW: u32 = 4096;

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

    /// Calls `each` with the documents before `end` and their weighted occurrences.
    fn read_to(&mut self, end: DocId, mut each: impl FnMut(DocId, f32)) {
        loop {
            let documents = &self.leg.postings.docs()[self.at..];
            let Some(last) = documents.last() else { return };
            let whole = *last < end;
            let count =
                if whole { documents.len() } else { documents.partition_point(|at| *at < end) };
            let times = &self.leg.postings.freqs()[self.at..];
            for (&document, &times) in documents[..count].iter().zip(times) {
                each(document, self.leg.weight * times as f32);
            }
            if !whole {
                self.at += count;
                return;
            }
            self.leg.postings.advance();
            self.at = 0;
        }
    }
}

/// For several legs read through: the occurrences of a whole window of documents are summed up,
/// leg by leg, which touches each posting once.
pub(crate) struct WideWord {
    legs: Vec<Blocks>,
    lengths: Lengths,
    rarity: f32,
    /// First document of the window.
    start: DocId,
    occurrences: Box<[f32]>,
    present: Box<[u64]>,
    document: DocId,
}

impl WideWord {
    pub fn new(
        parts_then_rest: Vec<Leg<BlockSegmentPostings>>,
        lengths: Lengths,
        rarity: f32,
    ) -> WideWord {
        let mut word = WideWord::empty(WINDOW, lengths, rarity);
        word.legs = parts_then_rest.into_iter().map(|leg| Blocks { leg, at: 0 }).collect();
        word.legs.retain(|leg| leg.doc() != TERMINATED);
        word.fill();
        word.find(0);
        word
    }

    /// The whole segment of so many documents is the window, and its postings are read one after
    /// the other: many cannot be kept open side by side at a bearable price.
    pub fn gathered(
        parts_then_rest: impl Iterator<Item = tantivy::Result<Leg<BlockSegmentPostings>>>,
        documents: u32,
        lengths: Lengths,
        rarity: f32,
    ) -> tantivy::Result<WideWord> {
        let mut word = WideWord::empty(documents, lengths, rarity);
        let mut parts = false;
        for leg in parts_then_rest {
            word.add(&mut Blocks { leg: leg?, at: 0 }, &mut parts);
        }
        word.end_parts(&mut parts);
        word.find(0);
        Ok(word)
    }

    fn empty(window: u32, lengths: Lengths, rarity: f32) -> WideWord {
        WideWord {
            legs: Vec::new(),
            lengths,
            rarity,
            start: 0,
            occurrences: vec![0.0; window as usize].into(),
            present: vec![0; window.div_ceil(64) as usize].into(),
            document: 0,
        }
    }

    /// Adds the occurrences of a leg within the window; `parts`: whether only parts were before.
    fn add(&mut self, leg: &mut Blocks, parts: &mut bool) {
        if leg.leg.part {
            *parts = true;
        } else {
            self.end_parts(parts);
        }
        let start = self.start;
        leg.read_to(start + self.occurrences.len() as DocId, |document, occurrences| {
            let place = (document - start) as usize;
            self.occurrences[place] += occurrences;
            self.present[place / 64] |= 1 << (place % 64);
        });
    }

    /// Confines what parts count, before anything else is added.
    fn end_parts(&mut self, parts: &mut bool) {
        if std::mem::take(parts) {
            for occurrences in &mut self.occurrences {
                *occurrences = occurrences.min(MOST_OF_PARTS);
            }
        }
    }

    /// Reads to the end and counts the documents, without those deleted. Shows each that may score
    /// `least`; what is returned is the `least` from then on.
    pub fn read(
        mut self,
        alive: Option<&AliveBitSet>,
        mut least: f32,
        mut show: impl FnMut(Score, DocId) -> Score,
    ) -> usize {
        let mut total = 0;
        let mut enough = self.lengths.enough(least / self.rarity);
        loop {
            // The document it stands on is the first of the window.
            for (block, &present) in self.present.iter().enumerate() {
                let mut present = present;
                while present != 0 {
                    let place = block * 64 + present.trailing_zeros() as usize;
                    present &= present - 1;
                    let document = self.start + place as DocId;
                    let occurrences = self.occurrences[place];
                    let here = occurrences > LEAST_OCCURRENCES
                        && alive.is_none_or(|alive| alive.is_alive(document));
                    total += usize::from(here);
                    // Most documents hold a word once: their lengths need not be looked at.
                    if !here || occurrences < enough {
                        continue;
                    }
                    let score = self.rarity * self.lengths.score(occurrences, document);
                    if score >= least {
                        least = show(score, document);
                        enough = self.lengths.enough(least / self.rarity);
                    }
                }
            }
            if !self.fill() {
                return total;
            }
        }
    }

    /// Sums up the window with the legs' first document.
    fn fill(&mut self) -> bool {
        let first = self.legs.iter().map(Blocks::doc).min().unwrap_or(TERMINATED);
        if first == TERMINATED {
            self.document = TERMINATED;
            return false;
        }
        // Windows of several words lie above each other.
        self.start = first - first % WINDOW;
        self.occurrences.fill(0.0);
        self.present.fill(0);
        let mut legs = std::mem::take(&mut self.legs);
        let mut parts = false;
        for leg in &mut legs {
            self.add(leg, &mut parts);
        }
        self.end_parts(&mut parts);
        legs.retain(|leg| leg.doc() != TERMINATED);
        self.legs = legs;
        true
    }

    /// Moves to the first document of the window, or a later one, from that place on.
    #[inline]
    fn find(&mut self, mut place: usize) -> DocId {
        loop {
            while place < self.occurrences.len() {
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
        if place < self.occurrences.len() {
            return self.find(place);
        }
        for leg in &mut self.legs {
            leg.seek(target);
        }
        self.find(self.occurrences.len())
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        let most = self.legs.iter().map(|leg| leg.leg.postings.doc_freq()).max();
        most.unwrap_or(self.occurrences.len() as u32)
    }
}

impl Scorer for WideWord {
    fn score(&mut self) -> Score {
        match self.occurrences.get((self.document - self.start) as usize) {
            Some(occurrences) => self.rarity * self.lengths.score(*occurrences, self.document),
            None => 0.0,
        }
    }
}

/// Several words read through, all of them wanted: what their windows have in common.
pub(crate) struct WideWords {
    words: Vec<WideWord>,
    start: DocId,
    common: [u64; WINDOW as usize / 64],
    document: DocId,
}

impl WideWords {
    /// Takes words that have windows; gives back the others.
    pub fn of(scorers: Vec<Box<dyn Scorer>>) -> (Option<WideWords>, Vec<Box<dyn Scorer>>) {
        let (mut words, mut others) = (Vec::new(), Vec::new());
        for scorer in scorers {
            match scorer.downcast::<WideWord>() {
                Ok(word) if word.occurrences.len() == WINDOW as usize => words.push(*word),
                Ok(word) => others.push(word as Box<dyn Scorer>),
                Err(scorer) => others.push(scorer),
            }
        }
        if words.len() < 2 {
            others.extend(words.into_iter().map(|word| Box::new(word) as Box<dyn Scorer>));
            return (None, others);
        }
        let mut words = WideWords { words, start: 0, common: [0; _], document: 0 };
        if words.fill(0) {
            words.find(0);
        }
        (Some(words), others)
    }

    /// Moves to the first window from a document on in which all words may stand.
    fn fill(&mut self, mut from: DocId) -> bool {
        loop {
            for word in &mut self.words {
                word.seek(from);
            }
            let last = self.words.iter().map(|word| word.document).max().unwrap_or(TERMINATED);
            if last == TERMINATED {
                self.document = TERMINATED;
                return false;
            }
            self.start = last - last % WINDOW;
            if self.words.iter().all(|word| word.start == self.start) {
                self.common = [!0; _];
                for word in &self.words {
                    for (common, present) in self.common.iter_mut().zip(&word.present) {
                        *common &= present;
                    }
                }
                return true;
            }
            from = self.start;
        }
    }

    fn find(&mut self, mut place: usize) -> DocId {
        loop {
            while place < WINDOW as usize {
                let ahead = self.common[place / 64] >> (place % 64);
                if ahead == 0 {
                    place = (place / 64 + 1) * 64;
                    continue;
                }
                place += ahead.trailing_zeros() as usize;
                if self.words.iter().all(|word| word.occurrences[place] > LEAST_OCCURRENCES) {
                    self.document = self.start + place as DocId;
                    return self.document;
                }
                place += 1;
            }
            if !self.fill(self.start + WINDOW) {
                return TERMINATED;
            }
            place = 0;
        }
    }
}

impl DocSet for WideWords {
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
        if target - self.start >= WINDOW && !self.fill(target) {
            return TERMINATED;
        }
        self.find(target.saturating_sub(self.start) as usize)
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.words.iter().map(DocSet::size_hint).min().unwrap_or(0)
    }
}

impl Scorer for WideWords {
    fn score(&mut self) -> Score {
        if self.document == TERMINATED {
            return 0.0;
        }
        let place = (self.document - self.start) as usize;
        let score = |word: &WideWord| {
            word.rarity * word.lengths.score(word.occurrences[place], self.document)
        };
        self.words.iter().map(score).sum()
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
    pub fn new(
        legs: impl Iterator<Item = tantivy::Result<Leg<BlockSegmentPostings>>>,
        lengths: Lengths,
        rarity: f32,
    ) -> tantivy::Result<ListedWord> {
        // With the occurrences of the word itself, and of it as a part.
        let mut found: Vec<(DocId, f32, f32)> = Vec::new();
        for leg in legs {
            let mut leg = Blocks { leg: leg?, at: 0 };
            let part = leg.leg.part;
            leg.read_to(TERMINATED, |document, occurrences| {
                let (own, part) = if part { (0.0, occurrences) } else { (occurrences, 0.0) };
                found.push((document, own, part));
            });
        }
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
