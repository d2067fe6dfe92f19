//! Documents that any of several scorers matches; their scores add up.

use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use super::WideEither;

/// From that many scorers on, they are read a window of documents at a time, if they are read
/// through: to ask each at every document takes as long as all of their documents are many.
const MANY: usize = 8;

/// Documents in a window.
const WINDOW: usize = 4096;

/// The union of scorers; a single one stays itself. `through`: whether every document is read.
pub(crate) fn union(mut scorers: Vec<Box<dyn Scorer>>, through: bool) -> Box<dyn Scorer> {
    scorers.retain(|scorer| scorer.doc() != TERMINATED);
    if through {
        let (words, others) = WideEither::of(scorers);
        scorers = others;
        scorers.extend(words.map(|words| Box::new(words) as Box<dyn Scorer>));
    }
    match scorers.len() {
        1 => scorers.remove(0),
        0..MANY => Box::new(UnionScorer::new(scorers)),
        _ if through => Box::new(WideUnion::new(scorers)),
        _ => Box::new(UnionScorer::new(scorers)),
    }
}

/// Documents that any of several scorers matches; their scores add up.
struct UnionScorer {
    scorers: Vec<(DocId, Box<dyn Scorer>)>,
    document: DocId,
}

impl UnionScorer {
    fn new(scorers: Vec<Box<dyn Scorer>>) -> UnionScorer {
        let scorers = scorers.into_iter().map(|scorer| (scorer.doc(), scorer)).collect();
        let mut union = UnionScorer { scorers, document: 0 };
        union.settle();
        union
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

/// The same for many scorers: what each says of a window of documents is summed up, one scorer after
/// the other.
struct WideUnion {
    scorers: Vec<Box<dyn Scorer>>,
    start: DocId,
    sums: Box<[Score]>,
    /// Documents of the window that match, a bit each.
    present: [u64; WINDOW / 64],
    document: DocId,
}

impl WideUnion {
    fn new(scorers: Vec<Box<dyn Scorer>>) -> WideUnion {
        let sums = vec![0.0; WINDOW].into();
        let present = [0; WINDOW / 64];
        let mut union = WideUnion { scorers, start: 0, sums, present, document: 0 };
        union.fill(0);
        union
    }

    /// Reads the next window with a document at or behind one.
    fn fill(&mut self, from: DocId) -> DocId {
        let seek = |scorer: &mut Box<dyn Scorer>| match scorer.doc() < from {
            true => scorer.seek(from),
            false => scorer.doc(),
        };
        self.document = self.scorers.iter_mut().map(seek).min().unwrap_or(TERMINATED);
        self.start = self.document;
        self.present = [0; WINDOW / 64];
        self.sums.fill(0.0);
        let end = self.start.saturating_add(WINDOW as DocId).min(TERMINATED);
        for scorer in &mut self.scorers {
            while scorer.doc() < end {
                let place = (scorer.doc() - self.start) as usize;
                self.present[place / 64] |= 1 << (place % 64);
                self.sums[place] += scorer.score();
                scorer.advance();
            }
        }
        self.scorers.retain(|scorer| scorer.doc() != TERMINATED);
        self.document
    }

    /// The first document at or behind one.
    fn find(&mut self, target: DocId) -> DocId {
        let place = (target - self.start) as usize;
        let mut block = place / 64;
        if block >= self.present.len() {
            return self.fill(target);
        }
        let mut ahead = self.present[block] & (!0 << (place % 64));
        while ahead == 0 {
            block += 1;
            match self.present.get(block) {
                Some(next) => ahead = *next,
                None => return self.fill(self.start.saturating_add(WINDOW as DocId)),
            }
        }
        self.document = self.start + block as DocId * 64 + ahead.trailing_zeros();
        self.document
    }
}

impl DocSet for WideUnion {
    fn advance(&mut self) -> DocId {
        if self.document == TERMINATED {
            return TERMINATED;
        }
        self.find(self.document + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document >= target || target == TERMINATED {
            self.document = self.document.max(target);
            return self.document;
        }
        self.find(target)
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.scorers.iter().map(|scorer| scorer.size_hint()).max().unwrap_or(0)
    }

    fn cost(&self) -> u64 {
        self.scorers.iter().map(|scorer| scorer.cost()).sum()
    }
}

impl Scorer for WideUnion {
    fn score(&mut self) -> Score {
        self.sums.get((self.document.wrapping_sub(self.start)) as usize).copied().unwrap_or(0.0)
    }
}
