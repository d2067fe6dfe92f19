//! The window of one word.

use tantivy::postings::BlockSegmentPostings;
use tantivy::{DocId, Score, TERMINATED};

use super::{Through, WINDOW, WideWord, Window, next};
use crate::ranking::{Bound, Lengths, MOST_OF_PARTS};
use crate::scorer::{Blocks, Counts, EachBlock, LEAST_OCCURRENCES, Leg};

/// From that many postings at a time on, the bits of documents are set when all are summed up: each
/// would wait for the one before, which most often stands in the same 64.
const MANY: usize = 32;

/// The documents of one word.
pub(crate) struct WordWindow {
    legs: Vec<Blocks>,
    lengths: Lengths,
    pub(super) rarity: f32,
    /// First document of the window.
    pub(super) start: DocId,
    /// Weighted occurrences in the documents of the window; or, if they were gathered, in all.
    pub(super) occurrences: Box<[f32]>,
    /// The documents that match, a bit each.
    present: Box<[u64]>,
    gathered: bool,
    /// Whether some of the documents that match have no bit yet.
    many: bool,
    /// Whether legs take occurrences out of others, so that a document may be left with none.
    subtracts: bool,
}

impl WordWindow {
    fn empty(documents: u32, lengths: Lengths, rarity: f32) -> WordWindow {
        let documents = documents.next_multiple_of(WINDOW);
        WordWindow {
            legs: Vec::new(),
            lengths,
            rarity,
            start: 0,
            occurrences: vec![0.0; documents as usize].into(),
            present: vec![0; documents as usize / 64].into(),
            gathered: false,
            many: false,
            subtracts: false,
        }
    }

    /// Before the occurrences of a term are added; `parts`: whether only parts were before.
    fn begin(&mut self, counts: Counts, parts: &mut bool) {
        if counts.part {
            *parts = true;
        } else {
            self.end_parts(parts);
        }
        self.subtracts |= counts.weight < 0.0;
    }

    /// Adds occurrences of a term.
    #[inline]
    fn add(&mut self, weight: f32, documents: &[DocId], times: &[u32]) {
        let start = self.start;
        for (&document, &times) in documents.iter().zip(times) {
            self.occurrences[(document - start) as usize] += weight * times as f32;
        }
        self.many |= documents.len() >= MANY;
        if self.many {
            return;
        }
        for place in documents.iter().map(|document| (document - start) as usize) {
            self.present[place / 64] |= 1 << (place % 64);
        }
    }

    /// Confines what parts count, before anything else is added.
    fn end_parts(&mut self, parts: &mut bool) {
        if std::mem::take(parts) {
            for occurrences in &mut self.occurrences {
                *occurrences = occurrences.min(MOST_OF_PARTS);
            }
        }
    }

    /// When all legs are added.
    fn end(&mut self, parts: &mut bool) {
        self.end_parts(parts);
        if !self.many && !self.subtracts {
            return;
        }
        let blocks = self.occurrences.chunks_exact_mut(64);
        for (present, occurrences) in self.present.iter_mut().zip(blocks) {
            if self.many || *present != 0 {
                *present = those_that_occur(occurrences);
                if self.subtracts {
                    for occurrences in occurrences {
                        let any = *occurrences > LEAST_OCCURRENCES;
                        *occurrences = if any { *occurrences } else { 0.0 };
                    }
                }
            }
        }
    }

    /// Before the next window: most blocks of a rare word's are empty.
    fn clear(&mut self) {
        let blocks = self.occurrences.chunks_exact_mut(64);
        for (present, occurrences) in self.present.iter_mut().zip(blocks) {
            if *present != 0 {
                occurrences.fill(0.0);
                *present = 0;
            }
        }
        self.many = false;
    }

    /// Where the window begins in what was summed up.
    pub(super) fn offset(&self) -> usize {
        if self.gathered { self.start as usize } else { 0 }
    }
}

impl Window for WordWindow {
    fn start(&self) -> DocId {
        self.start
    }

    fn present(&self) -> &[u64] {
        let first = self.offset() / 64;
        &self.present[first..first + WINDOW as usize / 64]
    }

    fn move_to(&mut self, document: DocId) -> bool {
        if self.gathered {
            let Some(first) = next(&self.present, document as usize) else { return false };
            self.start = first as DocId / WINDOW * WINDOW;
            return true;
        }
        for leg in &mut self.legs {
            leg.seek(document);
        }
        let first = self.legs.iter().map(Blocks::doc).min().unwrap_or(TERMINATED);
        if first == TERMINATED {
            return false;
        }
        self.start = first / WINDOW * WINDOW;
        self.clear();
        let mut legs = std::mem::take(&mut self.legs);
        let mut parts = false;
        let end = self.start + WINDOW;
        for leg in &mut legs {
            let counts = leg.leg.counts;
            self.begin(counts, &mut parts);
            leg.read_to(end, |documents, times| self.add(counts.weight, documents, times));
        }
        self.end(&mut parts);
        legs.retain(|leg| leg.doc() != TERMINATED);
        self.legs = legs;
        true
    }

    fn lengths(&self) -> &Lengths {
        &self.lengths
    }

    fn rarity(&self) -> f32 {
        self.rarity
    }

    fn occurrences(&self, place: usize) -> f32 {
        self.occurrences[self.offset() + place]
    }

    fn allows_any(&self, bound: &Bound, place: usize, saturations: &[f32]) -> bool {
        bound.allows_any(&self.occurrences[self.offset() + place..], saturations)
    }

    fn score(&self, place: usize) -> Score {
        let document = self.start + place as DocId;
        self.rarity * self.lengths.score(self.occurrences(place), document)
    }

    fn size_hint(&self) -> u32 {
        let most = self.legs.iter().map(|leg| leg.leg.postings.doc_freq()).max();
        most.unwrap_or_else(|| self.present.iter().map(|bits| bits.count_ones()).sum())
    }
}

impl WideWord {
    /// Reads the legs side by side; those of parts come first.
    pub fn of(
        parts_then_rest: impl ExactSizeIterator<Item = tantivy::Result<Leg<BlockSegmentPostings>>>,
        lengths: Lengths,
        rarity: f32,
    ) -> tantivy::Result<WideWord> {
        let mut word = WordWindow::empty(WINDOW, lengths, rarity);
        // Each is a kilobyte: they should not be moved about.
        word.legs.reserve_exact(parts_then_rest.len());
        for leg in parts_then_rest {
            word.legs.push(Blocks { leg: leg?, at: 0 });
        }
        word.legs.retain(|leg| leg.doc() != TERMINATED);
        word.move_to(0);
        Ok(Through::new(word))
    }

    /// The whole segment of so many documents is the window, and its postings are read one list after
    /// the other: many cannot be kept open side by side at a bearable price. `read` hands over all
    /// postings, those of parts first.
    pub fn gathered(
        read: impl FnOnce(&mut EachBlock<'_>) -> tantivy::Result<()>,
        documents: u32,
        lengths: Lengths,
        rarity: f32,
    ) -> tantivy::Result<WideWord> {
        let mut word = WordWindow::empty(documents, lengths, rarity);
        // So many legs have one with many documents, or are soon looked through.
        word.many = true;
        let mut parts = false;
        read(&mut |counts, documents, times| {
            word.begin(counts, &mut parts);
            word.add(counts.weight, documents, times);
        })?;
        word.end(&mut parts);
        word.gathered = true;
        word.move_to(0);
        Ok(Through::new(word))
    }
}

/// A bit for each of 64 documents that has occurrences. Has no branches, so that several are told at
/// once.
fn those_that_occur(occurrences: &[f32]) -> u64 {
    let mut marks = [0; 64];
    for (mark, occurrences) in marks.iter_mut().zip(occurrences) {
        *mark = u8::from(*occurrences > LEAST_OCCURRENCES);
    }
    let mut bits = 0;
    for (at, marks) in marks.as_chunks::<8>().0.iter().enumerate() {
        // Moves the lowest bit of each byte to one of the highest eight.
        let eight = u64::from_le_bytes(*marks).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= eight << (at * 8);
    }
    bits
}
