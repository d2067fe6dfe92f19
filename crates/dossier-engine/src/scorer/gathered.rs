//! The documents of many posting lists in one order, a window of documents at a time.

use tantivy::postings::BlockSegmentPostings;
use tantivy::{DocId, TERMINATED};

use super::{Blocks, Counts, Leg};

/// Documents in a window: many lists are read side by side seldom enough, and few postings are kept.
const WINDOW: u32 = 1 << 12;

/// The documents of many lists, and which of them hold the current one.
pub(crate) struct Gathered {
    lists: Vec<Blocks>,
    /// Document and list, ascending, of one window.
    entries: Vec<(DocId, u32)>,
    /// The same, list by list.
    read: Vec<(DocId, u32)>,
    /// Where the entries of each document of the window end.
    places: Box<[u32]>,
    at: usize,
    /// The first document of the window.
    start: DocId,
    /// The first document behind the window.
    end: DocId,
}

impl Gathered {
    pub fn new(lists: Vec<BlockSegmentPostings>) -> Gathered {
        let counts = Counts { weight: 1.0, part: false };
        let blocks = |postings| Blocks { leg: Leg { postings, counts }, at: 0 };
        let lists = lists.into_iter().map(blocks).collect();
        let (entries, read) = (Vec::new(), Vec::new());
        let places = vec![0; WINDOW as usize].into();
        Gathered { lists, entries, read, places, at: 0, start: 0, end: 0 }
    }

    /// Moves to the first document at or behind one that is not before the current.
    pub fn seek(&mut self, target: DocId) -> DocId {
        if target == TERMINATED {
            return TERMINATED;
        }
        if target < self.end {
            // Where the entries of the document before end, those of this one or of a later one begin.
            let before = (target - self.start).checked_sub(1);
            let end = before.map_or(0, |before| self.places[before as usize] as usize);
            self.at = self.at.max(end);
            if let Some((document, _)) = self.entries.get(self.at) {
                return *document;
            }
        }
        self.fill(target.max(self.end))
    }

    /// Reads the next window with a document at or behind one.
    fn fill(&mut self, from: DocId) -> DocId {
        self.read.clear();
        self.places.fill(0);
        self.at = 0;
        for list in &mut self.lists {
            list.seek(from);
        }
        let first = self.lists.iter().map(Blocks::doc).min().unwrap_or(TERMINATED);
        self.start = first;
        self.end = first.saturating_add(WINDOW).min(TERMINATED);
        let (read, places) = (&mut self.read, &mut self.places);
        for (number, list) in (0..).zip(&mut self.lists) {
            list.read_to(self.end, |documents, _| {
                for &document in documents {
                    places[(document - first) as usize] += 1;
                    read.push((document, number));
                }
            });
        }
        // Sorted by counting: from how many entries each document has to where they begin.
        let mut next = 0;
        for place in places.iter_mut() {
            next += std::mem::replace(place, next);
        }
        self.entries.resize(read.len(), (0, 0));
        for &(document, number) in read.iter() {
            let place = &mut places[(document - first) as usize];
            self.entries[*place as usize] = (document, number);
            *place += 1;
        }
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
