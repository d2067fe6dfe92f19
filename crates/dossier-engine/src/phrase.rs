//! The scorer for words in an order or near each other, each of which may stand for several.
//!
//! tantivy's phrases take one term for each word, accept reversed order from a gap of two on, and
//! count one occurrence for a repeated word. Here a slot is a union of postings, the order holds,
//! and every slot needs a place of its own.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

use crate::near::{Chain, Occurrence, Order, Places, chains, occurrences, word_chains};
use crate::ranking::{Lengths, TextField};
use crate::scorer::Gathered;

/// The postings of everything one word of the phrase stands for, in one field.
pub(crate) struct Slot {
    /// With what an occurrence counts; negative weights take places out.
    postings: Vec<(SegmentPostings, f32)>,
    /// The documents of many lists, in order: asking each where it stands would take too long.
    gathered: Option<Gathered>,
    /// Whether lists take places out of others'.
    subtracts: bool,
    document: DocId,
    /// Places in the current document, ascending, with what each counts.
    places: Vec<(u32, f32)>,
}

impl Slot {
    pub fn new(postings: Vec<(SegmentPostings, f32)>) -> Slot {
        let document = postings.iter().map(|(list, _)| list.doc()).min().unwrap_or(TERMINATED);
        Slot::with(postings, None, document)
    }

    /// The same for many lists; `gathered` has their documents.
    pub fn gathered(postings: Vec<(SegmentPostings, f32)>, mut gathered: Gathered) -> Slot {
        let document = gathered.seek(0);
        Slot::with(postings, Some(gathered), document)
    }

    fn with(
        postings: Vec<(SegmentPostings, f32)>,
        gathered: Option<Gathered>,
        document: DocId,
    ) -> Slot {
        let subtracts = postings.iter().any(|(_, weight)| *weight < 0.0);
        Slot { postings, gathered, subtracts, document, places: Vec::new() }
    }

    fn cost(&self) -> u32 {
        self.postings.iter().map(|(list, _)| list.size_hint()).sum()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document < target {
            if let Some(gathered) = &mut self.gathered {
                self.document = gathered.seek(target);
                return self.document;
            }
            if let [(list, _)] = &mut self.postings[..] {
                self.document = list.seek(target);
                return self.document;
            }
            let mut least = TERMINATED;
            for (list, _) in &mut self.postings {
                if list.doc() < target {
                    list.seek(target);
                }
                least = least.min(list.doc());
            }
            self.document = least;
        }
        self.document
    }

    fn load(&mut self, buffer: &mut Vec<u32>) {
        self.places.clear();
        let Slot { postings, gathered, document, places, .. } = self;
        let mut load = |(list, weight): &mut (SegmentPostings, f32)| {
            if list.doc() < *document {
                list.seek(*document);
            }
            if list.doc() == *document {
                list.positions(buffer);
                places.extend(buffer.iter().map(|&place| (place, *weight)));
            }
        };
        match gathered {
            Some(gathered) => gathered.lists().for_each(|list| load(&mut postings[list])),
            None => postings.iter_mut().for_each(load),
        }
        if self.postings.len() > 1 {
            // The stable sort merges what is in order, as the places of each list are.
            self.places.sort_by_key(|(place, _)| *place);
            self.places.dedup_by(|next, first| {
                let same = next.0 == first.0;
                if same {
                    first.1 += next.1;
                }
                same
            });
            if self.subtracts {
                self.places.retain(|(_, weight)| *weight > 1e-3);
            }
        }
    }
}

/// The phrase in one field.
pub(crate) struct FieldPhrase {
    field: TextField,
    /// The different words of the phrase.
    slots: Vec<Slot>,
    /// Which of them each word is, and how often each of them stands in the phrase.
    words: Vec<usize>,
    times: Vec<usize>,
    /// The slots by the length of their postings: the shortest leads.
    order: Vec<usize>,
    arrangement: Order,
    document: DocId,
    /// Weighted occurrences in the current document.
    occurrences: f32,
    buffer: Vec<u32>,
    /// Where the operands stand in the current document.
    found: Vec<Occurrence>,
    /// How far each slot's places have been searched.
    cursors: Vec<usize>,
}

impl Places for Slot {
    fn count(&self) -> usize {
        self.places.len()
    }

    fn position(&self, index: usize) -> u32 {
        self.places[index].0
    }

    fn weight(&self, index: usize) -> f32 {
        self.places[index].1
    }
}

impl FieldPhrase {
    /// `arrangement`: how the slots must stand.
    pub fn new(field: TextField, slots: Vec<Slot>, arrangement: Order) -> FieldPhrase {
        let words = (0..slots.len()).collect();
        FieldPhrase::of(field, slots, words, arrangement)
    }

    /// The same for words in a row, some of them more than once: `words` says which slot each is.
    /// What is typed a thousand times is read once.
    pub fn of(
        field: TextField,
        slots: Vec<Slot>,
        words: Vec<usize>,
        arrangement: Order,
    ) -> FieldPhrase {
        let mut times = vec![0; slots.len()];
        words.iter().for_each(|word| times[*word] += 1);
        let mut order: Vec<usize> = (0..slots.len()).collect();
        order.sort_by_key(|&slot| slots[slot].cost());
        let (document, occurrences) = (0, 0.0);
        let (buffer, found, cursors) = (Vec::new(), Vec::new(), vec![0; words.len()]);
        let mut phrase = FieldPhrase {
            field,
            slots,
            words,
            times,
            order,
            arrangement,
            document,
            occurrences,
            buffer,
            found,
            cursors,
        };
        phrase.find(0);
        phrase
    }

    fn find(&mut self, mut target: DocId) -> DocId {
        'candidates: while target != TERMINATED {
            for &slot in &self.order {
                let document = self.slots[slot].seek(target);
                if document > target {
                    target = document;
                    continue 'candidates;
                }
            }
            for slot in &mut self.slots {
                slot.load(&mut self.buffer);
            }
            let enough = |(slot, times): (&Slot, &usize)| slot.places.len() >= *times;
            let enough = self.slots.iter().zip(&self.times).all(enough);
            self.occurrences = if enough { self.count() } else { 0.0 };
            if self.occurrences > 0.0 {
                break;
            }
            target += 1;
        }
        self.document = target;
        target
    }

    fn count(&mut self) -> f32 {
        match self.arrangement {
            Order::Sequence { gap } => self.count_sequences(gap),
            Order::Near { ref lengths, gap, ordered } => {
                occurrences(&self.slots, lengths, &mut self.found);
                let mut total = 0.0;
                let mut add =
                    |chain: Chain| total += chain.weight / (1 + chain.gaps(lengths)) as f32;
                if lengths.iter().all(|length| *length == 1) {
                    word_chains(&self.found, lengths.len(), gap, ordered, add);
                } else {
                    chains(&self.found, lengths, gap, ordered, false, |chain, _| add(chain));
                }
                total
            }
        }
    }

    /// Occurrences of the phrase: from each place of the first slot, every other slot's next place.
    /// One with gaps counts less, and as much as its least likely word.
    fn count_sequences(&mut self, gap: u32) -> f32 {
        let Some((first, others)) = self.words.split_first() else { return 0.0 };
        let slots = &self.slots;
        // Places ascend, and so do those searched from: each slot's cursor only moves on.
        self.cursors.fill(0);
        let mut total = 0.0;
        'starts: for &(start, weight) in &slots[*first].places {
            let (mut place, mut weight) = (start, weight);
            for (number, (word, cursor)) in others.iter().zip(&mut self.cursors).enumerate() {
                let slot = &slots[*word];
                while slot.places.get(*cursor).is_some_and(|(at, _)| *at <= place) {
                    *cursor += 1;
                }
                let Some(&(at, of_word)) = slot.places.get(*cursor) else { return total };
                if at - start - (number as u32 + 1) > gap {
                    continue 'starts;
                }
                place = at;
                weight = weight.min(of_word);
            }
            let gaps = place - start - others.len() as u32;
            total += weight / (1 + gaps) as f32;
        }
        total
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document < target { self.find(target) } else { self.document }
    }
}

/// The phrase in every field it is searched in.
pub(crate) struct PhraseScorer {
    fields: Vec<FieldPhrase>,
    lengths: Lengths,
    rarity: f32,
    document: DocId,
}

impl PhraseScorer {
    /// `rarity` is that of all its words together.
    pub fn new(mut fields: Vec<FieldPhrase>, lengths: Lengths, rarity: f32) -> PhraseScorer {
        fields.retain(|field| field.document != TERMINATED);
        let mut phrase = PhraseScorer { fields, lengths, rarity, document: 0 };
        phrase.settle();
        phrase
    }

    fn settle(&mut self) -> DocId {
        self.document = self.fields.iter().map(|field| field.document).min().unwrap_or(TERMINATED);
        self.document
    }
}

impl DocSet for PhraseScorer {
    fn advance(&mut self) -> DocId {
        if self.document == TERMINATED {
            return TERMINATED;
        }
        self.seek(self.document + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document >= target {
            return self.document;
        }
        for field in &mut self.fields {
            field.seek(target);
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        let least = |field: &FieldPhrase| field.order.first().map(|&slot| field.slots[slot].cost());
        // A guess: of the documents with the rarest word, few hold the phrase.
        self.fields.iter().filter_map(least).sum::<u32>() / 4 + 1
    }

    fn cost(&self) -> u64 {
        // Positions are read for each candidate.
        u64::from(self.size_hint()) * 20
    }
}

impl Scorer for PhraseScorer {
    fn score(&mut self) -> Score {
        let occurrences: f32 = self
            .fields
            .iter()
            .filter(|field| field.document == self.document)
            .map(|field| field.occurrences * field.field.weight())
            .sum();
        self.rarity * self.lengths.score(occurrences, self.document)
    }
}
