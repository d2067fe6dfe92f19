//! The documents of many posting lists in one order, a window of documents at a time.

use tantivy::postings::BlockSegmentPostings;
use tantivy::{DocId, TERMINATED};

use super::{Blocks, Leg};

/// Documents in a window: many lists are read side by side seldom enough, and few postings are kept.
const WINDOW: u32 = 1 << 16;

/// The documents of many lists, and which of them hold the current one.
pub(crate) struct Gathered {
    lists: Vec<Blocks>,
    /// Document and list, ascending, of one window.
    entries: Vec<(DocId, u32)>,
    at: usize,
    /// The first document behind the window.
    end: DocId,
}

impl Gathered {
    pub fn new(lists: Vec<BlockSegmentPostings>) -> Gathered {
        let blocks = |postings| Blocks { leg: Leg { postings, weight: 1.0, part: false }, at: 0 };
        let lists = lists.into_iter().map(blocks).collect();
        Gathered { lists, entries: Vec::new(), at: 0, end: 0 }
    }

    /// Moves to the first document at or behind one that is not before the current.
    pub fn seek(&mut self, target: DocId) -> DocId {
        if target == TERMINATED {
            return TERMINATED;
        }
        if target < self.end {
            let rest = &self.entries[self.at..];
            self.at += rest.partition_point(|(document, _)| *document < target);
            if let Some((document, _)) = self.entries.get(self.at) {
                return *document;
            }
        }
        self.fill(target.max(self.end))
    }

    /// Reads the next window with a document at or behind one.
    fn fill(&mut self, from: DocId) -> DocId {
        self.entries.clear();
        self.at = 0;
        for list in &mut self.lists {
            list.seek(from);
        }
        let first = self.lists.iter().map(Blocks::doc).min().unwrap_or(TERMINATED);
        self.end = first.saturating_add(WINDOW).min(TERMINATED);
        for (number, list) in (0..).zip(&mut self.lists) {
            list.read_to(self.end, |documents, _| {
                self.entries.extend(documents.iter().map(|&document| (document, number)));
            });
        }
        self.entries.sort_unstable();
        first
    }

    /// The lists that hold the current document.
    pub fn lists(&self) -> impl Iterator<Item = usize> {
        let rest = self.entries.get(self.at..).unwrap_or_default();
        let document = rest.first().map(|(document, _)| *document);
        let here = rest.iter().take_while(move |(other, _)| Some(*other) == document);
        here.map(|(_, list)| *list as usize)
    }
}
