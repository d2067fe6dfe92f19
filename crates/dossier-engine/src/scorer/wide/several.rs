//! The windows of several words together: all of them wanted, or any.

use tantivy::query::Scorer;
use tantivy::{DocId, Score, TERMINATED};

use super::{Least, Through, WINDOW, WideEither, WideWord, WideWords, Window, WordWindow};
use crate::ranking::{Bound, Lengths, add_scores};

/// So few of 64 documents are scored one by one; more, all of them side by side.
const FEW_IN_BLOCK: u32 = 4;

/// The documents that several words have in common.
pub(crate) struct CommonWindow {
    words: Vec<WordWindow>,
    /// The documents that match, a bit each.
    present: Box<[u64]>,
    /// The rarity of all words together.
    rarity: f32,
}

impl CommonWindow {
    /// Keeps what all words have, if they stand on the same window.
    fn intersect(&mut self) -> bool {
        let start = self.words[0].start;
        if self.words.iter().any(|word| word.start != start) {
            return false;
        }
        self.present.fill(!0);
        for word in &self.words {
            for (common, present) in self.present.iter_mut().zip(word.present()) {
                *common &= present;
            }
        }
        true
    }
}

impl Window for CommonWindow {
    fn start(&self) -> DocId {
        self.words[0].start
    }

    fn present(&self) -> &[u64] {
        &self.present
    }

    fn move_to(&mut self, mut document: DocId) -> bool {
        loop {
            for word in &mut self.words {
                if word.start + WINDOW <= document && !word.move_to(document) {
                    return false;
                }
            }
            if self.intersect() {
                return true;
            }
            document = self.words.iter().map(|word| word.start).max().unwrap_or(TERMINATED);
        }
    }

    fn lengths(&self) -> &Lengths {
        self.words[0].lengths()
    }

    fn rarity(&self) -> f32 {
        self.rarity
    }

    fn occurrences(&self, place: usize) -> f32 {
        let weighted = self.words.iter().map(|word| word.rarity * word.occurrences(place));
        weighted.sum::<f32>() / self.rarity
    }

    fn allows_any(&self, _: &Bound, _: usize, _: &[f32]) -> bool {
        // Few are left of what the words have in common.
        true
    }

    fn score(&self, place: usize) -> Score {
        self.words.iter().map(|word| word.score(place)).sum()
    }

    fn size_hint(&self) -> u32 {
        self.words.iter().map(Window::size_hint).min().unwrap_or(0)
    }
}

impl WideWords {
    /// Takes words that have windows; gives back the others.
    pub fn of(scorers: Vec<Box<dyn Scorer>>) -> (Option<WideWords>, Vec<Box<dyn Scorer>>) {
        let (words, others) = take_words(scorers);
        if words.is_empty() {
            return (None, others);
        }
        let first = words.iter().map(|word| word.start).max().unwrap_or(0);
        let rarity = words.iter().map(|word| word.rarity).sum();
        let mut common =
            CommonWindow { words, present: vec![0; WINDOW as usize / 64].into(), rarity };
        let any = common.intersect() || common.move_to(first);
        let words = match any {
            true => Through::new(common),
            false => Through { window: common, document: TERMINATED },
        };
        (Some(words), others)
    }
}

/// The documents that hold any of several words.
pub(crate) struct EitherWindow {
    words: Vec<WordWindow>,
    start: DocId,
    /// The documents that match, a bit each.
    present: Box<[u64]>,
    /// The rarity of all words together.
    rarity: f32,
    /// The scores of 64 places, and where they begin, if any have been computed.
    scores: [f32; 64],
    scored: Option<DocId>,
}

impl EitherWindow {
    /// The words that have something in the present window.
    fn here(&self) -> impl Iterator<Item = &WordWindow> {
        self.words.iter().filter(|word| word.start == self.start)
    }

    /// The scores of 64 places, computed side by side.
    fn scores(&self, first: usize) -> [f32; 64] {
        let saturations = self.lengths().saturations(self.start + first as DocId);
        let mut scores = [0.0; 64];
        for word in self.here() {
            let mut present = word.present()[first / 64];
            if present.count_ones() > FEW_IN_BLOCK {
                let occurrences = &word.occurrences[word.offset() + first..];
                add_scores(word.rarity, occurrences, saturations, &mut scores);
                continue;
            }
            while present != 0 {
                let at = present.trailing_zeros() as usize;
                present &= present - 1;
                scores[at] += word.score(first + at);
            }
        }
        scores
    }

    /// Takes the first of the words' windows, and puts together what they have there.
    fn unite(&mut self) -> bool {
        let Some(start) = self.words.iter().map(|word| word.start).min() else { return false };
        self.start = start;
        self.present.fill(0);
        for word in self.words.iter().filter(|word| word.start == start) {
            for (either, present) in self.present.iter_mut().zip(word.present()) {
                *either |= present;
            }
        }
        true
    }
}

impl Window for EitherWindow {
    fn start(&self) -> DocId {
        self.start
    }

    fn present(&self) -> &[u64] {
        &self.present
    }

    fn move_to(&mut self, document: DocId) -> bool {
        self.words.retain_mut(|word| word.start + WINDOW > document || word.move_to(document));
        self.unite()
    }

    fn lengths(&self) -> &Lengths {
        // There is no window without a word.
        self.words[0].lengths()
    }

    fn rarity(&self) -> f32 {
        self.rarity
    }

    fn occurrences(&self, place: usize) -> f32 {
        self.here().map(|word| word.rarity * word.occurrences(place)).sum::<f32>() / self.rarity
    }

    fn allows_any(&self, _: &Bound, _: usize, _: &[f32]) -> bool {
        // Their scores are computed at once.
        true
    }

    /// Computes the scores of all 64 places side by side: that takes less time than to ask which of
    /// them may be high enough.
    fn read_block(
        &self,
        first: usize,
        mut present: u64,
        mut least: Least,
        each: &mut dyn FnMut(usize, Score) -> Score,
    ) -> Least {
        let scores = self.scores(first);
        let mut most = [0.0_f32; 8];
        for scores in scores.chunks_exact(8) {
            for (most, score) in most.iter_mut().zip(scores) {
                *most = if score > most { *score } else { *most };
            }
        }
        if most.iter().all(|most| *most < least.score) {
            return least;
        }
        while present != 0 {
            let at = present.trailing_zeros() as usize;
            present &= present - 1;
            if scores[at] >= least.score {
                least = Least::new(each(first + at, scores[at]), self.rarity);
            }
        }
        least
    }

    fn score(&self, place: usize) -> Score {
        self.scores(place / 64 * 64)[place % 64]
    }

    fn next_score(&mut self, place: usize) -> Score {
        let first = place / 64 * 64;
        let scored = Some(self.start + first as DocId);
        if self.scored != scored {
            (self.scores, self.scored) = (self.scores(first), scored);
        }
        self.scores[place % 64]
    }

    fn size_hint(&self) -> u32 {
        self.words.iter().map(Window::size_hint).max().unwrap_or(0)
    }
}

impl WideEither {
    /// Takes words that have windows; gives back the others.
    pub fn of(scorers: Vec<Box<dyn Scorer>>) -> (Option<WideEither>, Vec<Box<dyn Scorer>>) {
        let (words, others) = take_words(scorers);
        if words.is_empty() {
            return (None, others);
        }
        let rarity = words.iter().map(|word| word.rarity).sum();
        let present = vec![0; WINDOW as usize / 64].into();
        let (scores, scored) = ([0.0; 64], None);
        let mut either = EitherWindow { words, start: 0, present, rarity, scores, scored };
        either.unite();
        (Some(Through::new(either)), others)
    }
}

/// The windows of the words among some scorers that are read a window at a time and hold anything,
/// if there are several, and the other scorers.
fn take_words(scorers: Vec<Box<dyn Scorer>>) -> (Vec<WordWindow>, Vec<Box<dyn Scorer>>) {
    let (mut words, mut others) = (Vec::new(), Vec::new());
    for scorer in scorers {
        match scorer.downcast::<WideWord>() {
            Ok(word) if word.document != TERMINATED => words.push(word),
            Ok(word) => others.push(word as Box<dyn Scorer>),
            Err(scorer) => others.push(scorer),
        }
    }
    if words.len() < 2 {
        others.extend(words.drain(..).map(|word| word as Box<dyn Scorer>));
    }
    (words.into_iter().map(|word| word.window).collect(), others)
}
