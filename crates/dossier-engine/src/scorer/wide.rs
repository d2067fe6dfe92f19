//! Words read through: their postings are summed up a window of documents at a time.

use tantivy::fastfield::AliveBitSet;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::{Blocks, Counts, EachBlock, LEAST_OCCURRENCES, Leg};
use crate::ranking::{Bound, Lengths, MOST_OF_PARTS, add_scores};

/// Documents in a window. Small enough for the first cache of a processor (16 KB of sums).
const WINDOW: u32 = 4096;

/// From that many postings at a time on, the bits of documents are set when all are summed up: each
/// would wait for the one before, which most often stands in the same 64.
const MANY: usize = 32;

/// So few of 64 documents are scored one by one; more, all of them side by side.
const FEW_IN_BLOCK: u32 = 4;

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

/// The documents of one word.
pub(crate) struct WordWindow {
    legs: Vec<Blocks>,
    lengths: Lengths,
    rarity: f32,
    /// First document of the window.
    start: DocId,
    /// Weighted occurrences in the documents of the window; or, if they were gathered, in all.
    occurrences: Box<[f32]>,
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
        if documents.len() >= MANY {
            self.many = true;
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
    fn offset(&self) -> usize {
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
        &self.words[0].lengths
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
        &self.words[0].lengths
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
