//! The scorers of a plan in one segment, and how each is read.

use std::rc::Rc;

use tantivy::query::{
    AllScorer, ConstScorer, EmptyScorer, EnableScoring, Exclude, Scorer, intersect_scorers,
};
use tantivy::schema::{Field, IndexRecordOption, Term};

use super::{Clause, Node, Plan};
use crate::expand::{Alternatives, TermLeg, block_postings, postings, read_each};
use crate::near::Order;
use crate::phrase::{FieldPhrase, PhraseScorer, Slot};
use crate::ranking::TextField;
use crate::scorer::{
    Counts, EachBlock, Gathered, Leg, ListedWord, NarrowWord, Steady, WideWord, WideWords, union,
};
use crate::searcher::{RECORD, Searcher, Segment, Terms};

/// A word with so many times the postings of the rarest beside it is sought where that leads;
/// reading it through is faster below, because a seek costs as much as reading some dozen postings.
const SEEK_FROM: u64 = 32;

/// From that many legs on, a word's documents are gathered before they are read: so many postings
/// cannot be kept open side by side at a bearable price.
const MANY_LEGS: usize = 16;

/// Where gathered postings are fewer than this part of the segment, they are sorted; a table of
/// all its documents would be mostly empty.
const LISTED_SHARE: u64 = 16;

/// How a scorer will be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Every document, one after the other.
    Through,
    /// The same, and put together with others: in windows, however few its postings lists are.
    Together,
    /// Here and there, where other scorers lead.
    Seeking,
}

/// A plan in one segment.
pub(super) struct SegmentPlan<'p> {
    pub plan: &'p Plan,
    pub searcher: &'p Searcher,
    pub segment: &'p Segment,
    pub ordinal: usize,
}

impl SegmentPlan<'_> {
    pub fn scorer(&self, node: &Node, reading: Reading) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match node {
            Node::Clause(number) => self.clause(&self.plan.clauses[*number], 1.0, reading)?,
            Node::Any(nodes) => {
                let nodes = self.distinct(nodes.iter());
                let through = reading != Reading::Seeking;
                let of_each = if through && nodes.len() > 1 { Reading::Together } else { reading };
                let scorers = nodes.iter().map(|node| self.repeated(*node, of_each));
                union(scorers.collect::<tantivy::Result<_>>()?, through)
            }
            Node::All(nodes) => {
                let (excluded, wanted): (Vec<_>, Vec<_>) =
                    nodes.iter().partition(|node| matches!(node, Node::Not(_)));
                let wanted = self.distinct(wanted.into_iter());
                let rarest = wanted.iter().map(|(node, _)| self.occurring(node)).min().unwrap_or(0);
                if rarest == 0 && !wanted.is_empty() {
                    return Ok(Box::new(EmptyScorer));
                }
                let reading = |node: &Node| match wanted.len() {
                    0 | 1 => reading,
                    _ if self.occurring(node) <= rarest.saturating_mul(SEEK_FROM) => {
                        Reading::Through
                    }
                    _ => Reading::Seeking,
                };
                let mut scorers: Vec<_> = wanted
                    .iter()
                    .map(|&(node, times)| self.repeated((node, times), reading(node)))
                    .collect::<tantivy::Result<_>>()?;
                if scorers.is_empty() {
                    scorers.push(self.everything()?);
                }
                let (words, mut scorers) = WideWords::of(scorers);
                scorers.extend(words.map(|words| Box::new(words) as Box<dyn Scorer>));
                let scorer = intersect_scorers(scorers, self.segment.reader.max_doc());
                if excluded.is_empty() {
                    return Ok(scorer);
                }
                let inner = |node: &Node| match node {
                    Node::Not(inner) => self.scorer(inner, Reading::Seeking),
                    node => self.scorer(node, Reading::Seeking),
                };
                let excluded: Vec<_> = excluded
                    .into_iter()
                    .map(|node| inner(node).map(Steady))
                    .collect::<tantivy::Result<_>>()?;
                Box::new(Exclude::new(scorer, excluded))
            }
            Node::Not(inner) => {
                let excluded = Steady(self.scorer(inner, Reading::Seeking)?);
                Box::new(Exclude::new(self.everything()?, excluded))
            }
            Node::Filter(query) => query
                .weight(EnableScoring::enabled_from_searcher(self.searcher.tantivy()))?
                .scorer(&self.segment.reader, 1.0)?,
            Node::Names { field, slots } => self.names(*field, slots)?,
        })
    }

    /// Nodes with how often each was typed: a word typed 900 times is read once.
    fn distinct<'n>(&self, nodes: impl Iterator<Item = &'n Node>) -> Vec<(&'n Node, f32)> {
        let mut distinct: Vec<(&Node, f32)> = Vec::new();
        for node in nodes {
            match distinct.iter_mut().find(|(known, _)| self.is_same(known, node)) {
                Some((_, times)) => *times += 1.0,
                None => distinct.push((node, 1.0)),
            }
        }
        distinct
    }

    /// Whether two nodes are one word in the same fields: words are expanded once for a query.
    fn is_same(&self, one: &Node, other: &Node) -> bool {
        let word = |node: &Node| match node {
            Node::Clause(number) => match &self.plan.clauses[*number] {
                clause @ Clause { slots, .. } if slots.len() == 1 => Some(clause),
                _ => None,
            },
            _ => None,
        };
        match (word(one), word(other)) {
            (Some(one), Some(other)) => {
                Rc::ptr_eq(&one.slots[0], &other.slots[0]) && one.fields == other.fields
            }
            _ => false,
        }
    }

    /// The scorer of a node that was typed so often.
    fn repeated(
        &self,
        (node, times): (&Node, f32),
        reading: Reading,
    ) -> tantivy::Result<Box<dyn Scorer>> {
        match node {
            Node::Clause(number) => self.clause(&self.plan.clauses[*number], times, reading),
            node => self.scorer(node, reading),
        }
    }

    fn names(&self, field: Field, slots: &[Vec<Term>]) -> tantivy::Result<Box<dyn Scorer>> {
        let index = self.segment.reader.inverted_index(field)?;
        let mut found = Vec::new();
        for terms in slots {
            let mut lists = Vec::new();
            for term in terms {
                let option = IndexRecordOption::WithFreqsAndPositions;
                lists.extend(index.read_postings(term, option)?.map(|list| (list, 1.0)));
            }
            if lists.is_empty() {
                return Ok(Box::new(EmptyScorer));
            }
            found.push(Slot::new(lists));
        }
        // Conditions select: what the field counts does not matter where the rarity is none.
        let names = FieldPhrase::new(TextField::Body, found, Order::Sequence { gap: 0 });
        Ok(Box::new(PhraseScorer::new(vec![names], self.segment.lengths.clone(), 0.0)))
    }

    /// Postings of a word in this segment; of anything else, as if it were everywhere.
    fn occurring(&self, node: &Node) -> u64 {
        match node {
            Node::Clause(number) => match &self.plan.clauses[*number].slots[..] {
                [word] => {
                    word.legs[self.ordinal].iter().map(|leg| u64::from(leg.info.doc_freq)).sum()
                }
                _ => u64::MAX,
            },
            _ => u64::MAX,
        }
    }

    /// Every document; records of files are none.
    fn everything(&self) -> tantivy::Result<Box<dyn Scorer>> {
        let all = ConstScorer::new(AllScorer::new(self.segment.reader.max_doc()), 0.0);
        let records = self.segment.reader.inverted_index(self.searcher.fields().record)?;
        let term = Term::from_field_text(self.searcher.fields().record, RECORD);
        Ok(match records.read_postings(&term, IndexRecordOption::Basic)? {
            Some(records) => Box::new(Exclude::new(all, records)),
            None => Box::new(all),
        })
    }

    fn clause(
        &self,
        clause: &Clause,
        times: f32,
        reading: Reading,
    ) -> tantivy::Result<Box<dyn Scorer>> {
        if let [word] = &clause.slots[..] {
            return self.word(word, word.rarity * times, reading);
        }
        let (slots, words) = different(clause);
        let mut phrases = Vec::new();
        for &field in &clause.fields {
            let slots = slots.iter().map(|word| self.slot(word, field));
            if let Some(slots) = slots.collect::<tantivy::Result<Option<Vec<_>>>>()? {
                phrases.push(FieldPhrase::of(field, slots, words.clone(), clause.order.clone()));
            }
        }
        if phrases.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        let rarity = clause.slots.iter().map(|word| word.rarity).sum();
        Ok(Box::new(PhraseScorer::new(phrases, self.segment.lengths.clone(), rarity)))
    }

    /// A word of a phrase in a field, if it occurs there.
    fn slot(&self, word: &Alternatives, field: TextField) -> tantivy::Result<Option<Slot>> {
        let legs = || word.legs[self.ordinal].iter().filter(|leg| leg.field == field);
        let list = |leg: &TermLeg| {
            let option = IndexRecordOption::WithFreqsAndPositions;
            Ok((postings(self.segment, leg, option)?, leg.weight))
        };
        let lists: Vec<_> = legs().map(list).collect::<tantivy::Result<_>>()?;
        Ok(match lists.len() {
            0 => None,
            1..MANY_LEGS => Some(Slot::new(lists)),
            _ => {
                let documents = legs().map(|leg| block_postings(self.segment, leg));
                let documents = documents.collect::<tantivy::Result<_>>()?;
                Some(Slot::gathered(lists, Gathered::new(documents)))
            }
        })
    }

    fn word(
        &self,
        word: &Alternatives,
        rarity: f32,
        reading: Reading,
    ) -> tantivy::Result<Box<dyn Scorer>> {
        let lengths = self.segment.lengths.clone();
        let documents = self.segment.reader.max_doc();
        let found = &word.legs[self.ordinal];
        let counts = |leg: &TermLeg| Counts {
            weight: leg.weight * leg.field.weight(),
            part: leg.terms == Terms::Parts,
        };
        let read_all = |each: &mut EachBlock<'_>| {
            read_each(self.segment, found, |leg, documents, times| {
                each(counts(leg), documents, times);
            })
        };
        Ok(if found.len() >= MANY_LEGS {
            let occurring: u64 = found.iter().map(|leg| u64::from(leg.info.doc_freq)).sum();
            if occurring * LISTED_SHARE < u64::from(documents) {
                Box::new(ListedWord::new(read_all, lengths, rarity)?)
            } else {
                Box::new(WideWord::gathered(read_all, documents, lengths, rarity)?)
            }
        } else if match reading {
            Reading::Through => found.len() > 1,
            Reading::Together => !found.is_empty(),
            Reading::Seeking => false,
        } {
            let blocks = found.iter().map(|leg| {
                Ok(Leg { postings: block_postings(self.segment, leg)?, counts: counts(leg) })
            });
            Box::new(WideWord::of(blocks, lengths, rarity)?)
        } else {
            let legs = found.iter().map(|leg| {
                let postings = postings(self.segment, leg, IndexRecordOption::WithFreqs)?;
                Ok(Leg { postings, counts: counts(leg) })
            });
            let legs = legs.collect::<tantivy::Result<_>>()?;
            Box::new(NarrowWord::new(legs, lengths, rarity))
        })
    }
}

/// The different words of a phrase, and which of them each is. Operands of `NEAR` and `NAH` are all
/// different: each needs a place of its own, in whatever order.
fn different(clause: &Clause) -> (Vec<&Rc<Alternatives>>, Vec<usize>) {
    let mut slots: Vec<&Rc<Alternatives>> = Vec::new();
    let words = clause.slots.iter().map(|word| {
        let known = match clause.order {
            Order::Sequence { .. } => slots.iter().position(|slot| Rc::ptr_eq(slot, word)),
            Order::Near { .. } => None,
        };
        known.unwrap_or_else(|| {
            slots.push(word);
            slots.len() - 1
        })
    });
    let words = words.collect();
    (slots, words)
}
