//! Words read through: their postings are summed up a window of documents at a time.

mod several;
mod word;

use tantivy::fastfield::AliveBitSet;
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use self::several::{CommonWindow, EitherWindow};
use self::word::WordWindow;
use crate::ranking::{Bound, Lengths};

/// Documents in a window. Small enough for the first cache of a processor (16 KB of sums).
const WINDOW: u32 = 4096;

/// For several legs read through: the occurrences of a whole window of documents are summed up,
/// leg by leg, which touches each posting once.
pub(crate) type WideWord = Through<WordWindow>;

/// Several words read through, all of them wanted: what their windows have in common.
pub(crate) type WideWords = Through<CommonWindow>;

/// Several words read through, any of which may do: their windows put together.
pub(crate) type WideEither = Through<EitherWindow>;

/// The first bit that is set, at a place or behind it.
fn next(bits: &[u64], place: usize) -> Option<usize> {
    let mut block = place / 64;
    let mut ahead = bits.get(block)? & (!0 << (place % 64));
    while ahead == 0 {
        block += 1;
        ahead = *bits.get(block)?;
    }
    Some(block * 64 + ahead.trailing_zeros() as usize)
}

/// A stretch of documents, with what is known of each.
pub(crate) trait Window: Send + Sync + 'static {
    /// The first document; those of several words lie above each other.
    fn start(&self) -> DocId;

    /// The documents that match, a bit each.
    fn present(&self) -> &[u64];

    /// Moves on to the next window with documents at or behind one; false at the end. Those before
    /// it need not be in the window.
    fn move_to(&mut self, document: DocId) -> bool;

    fn lengths(&self) -> &Lengths;

    /// The rarity of all words together.
    fn rarity(&self) -> f32;

    /// Weighted occurrences at a place, of several words their mean: as a score saturates, it is
    /// not higher than if all of them occurred so often.
    fn occurrences(&self, place: usize) -> f32;

    /// Whether any of 64 places may reach a score.
    fn allows_any(&self, bound: &Bound, places: usize, saturations: &[f32]) -> bool;

    /// Calls `each` with the place and score of those of 64 places that may reach `least`: which are
    /// `present`, with their saturations. It returns the `least` from then on, and so does this.
    fn read_block(
        &self,
        first: usize,
        mut present: u64,
        mut least: Least,
        each: &mut dyn FnMut(usize, Score) -> Score,
    ) -> Least {
        let saturations = self.lengths().saturations(self.start() + first as DocId);
        if !self.allows_any(&least.bound, first, saturations) {
            return least;
        }
        while present != 0 {
            let at = present.trailing_zeros() as usize;
            present &= present - 1;
            let place = first + at;
            if least.bound.allows(self.occurrences(place), saturations[at]) {
                let score = self.score(place);
                if score >= least.score {
                    least = Least::new(each(place, score), self.rarity());
                }
            }
        }
        least
    }

    fn score(&self, place: usize) -> Score;

    /// The same, asked for places one after the other.
    fn next_score(&mut self, place: usize) -> Score {
        self.score(place)
    }

    /// Documents at most, roughly.
    fn size_hint(&self) -> u32;
}

/// A score to reach, and what a document needs for it.
#[derive(Clone, Copy)]
pub(crate) struct Least {
    score: Score,
    bound: Bound,
}

impl Least {
    /// For words of some rarity together.
    fn new(score: Score, rarity: f32) -> Least {
        Least { score, bound: Bound::new(score / rarity) }
    }
}

/// Which of 64 documents from one on were not deleted; only those that are asked for.
fn alive_of(alive: Option<&AliveBitSet>, first: DocId, asked: u64) -> u64 {
    let Some(alive) = alive else { return !0 };
    let mut here = 0;
    let mut ahead = asked;
    while ahead != 0 {
        let at = ahead.trailing_zeros();
        here |= u64::from(alive.is_alive(first + at)) << at;
        ahead &= ahead - 1;
    }
    here
}

/// A window on its way through the documents.
pub(crate) struct Through<W> {
    window: W,
    document: DocId,
}

impl<W: Window> Through<W> {
    /// Starts with a window that is filled.
    fn new(window: W) -> Through<W> {
        let mut through = Through { window, document: 0 };
        through.find(0);
        through
    }

    /// Reads to the end and counts the documents, without those deleted. Shows each that may score
    /// `least`; what is returned is the `least` from then on.
    pub fn read(
        mut self,
        alive: Option<&AliveBitSet>,
        least: f32,
        mut show: impl FnMut(Score, DocId) -> Score,
    ) -> usize {
        let mut total = 0;
        if self.document == TERMINATED {
            return total;
        }
        let mut reached = Least::new(least, self.window.rarity());
        loop {
            let window = &self.window;
            let start = window.start();
            for (block, &present) in window.present().iter().enumerate() {
                let present = present & alive_of(alive, start + block as DocId * 64, present);
                if present == 0 {
                    continue;
                }
                total += present.count_ones() as usize;
                reached = window.read_block(block * 64, present, reached, &mut |place, score| {
                    show(score, start + place as DocId)
                });
            }
            if !self.window.move_to(start + WINDOW) {
                return total;
            }
        }
    }

    /// Moves to the first document of the window, or a later one, from that place on.
    #[inline]
    fn find(&mut self, mut place: usize) -> DocId {
        loop {
            let start = self.window.start();
            if let Some(place) = next(self.window.present(), place) {
                self.document = start + place as DocId;
                return self.document;
            }
            if !self.window.move_to(start + WINDOW) {
                self.document = TERMINATED;
                return TERMINATED;
            }
            place = 0;
        }
    }
}

impl<W: Window> DocSet for Through<W> {
    fn advance(&mut self) -> DocId {
        if self.document == TERMINATED {
            return TERMINATED;
        }
        self.find((self.document - self.window.start()) as usize + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document >= target {
            return self.document;
        }
        if target - self.window.start().min(target) >= WINDOW && !self.window.move_to(target) {
            self.document = TERMINATED;
            return TERMINATED;
        }
        self.find(target.saturating_sub(self.window.start()) as usize)
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.window.size_hint()
    }
}

impl<W: Window> Scorer for Through<W> {
    fn score(&mut self) -> Score {
        match self.document {
            TERMINATED => 0.0,
            document => {
                let place = (document - self.window.start()) as usize;
                self.window.next_score(place)
            }
        }
    }
}
