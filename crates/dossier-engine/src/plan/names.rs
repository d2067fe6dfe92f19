//! Names that texts write in other words than a query does: Beijing for Peking, Jong Un for Jongun.
//!
//! What is one word instead of one is the expander's; here is what has several.

use std::rc::Rc;

use tantivy::TERMINATED;

use super::{Clause, Node, Plan, Planner};
use crate::expand::Alternatives;
use crate::near::Order;
use crate::query::{Phrase, Query, Word, WordMode};
use crate::results::{MatchKind, Matching, Variant};

/// Words side by side that texts may have in place of what was typed.
pub(super) struct Wording {
    pub slots: Vec<Rc<Alternatives>>,
    /// None where the words tell themselves what they stand for.
    kind: Option<MatchKind>,
}

impl Wording {
    fn new(slots: Vec<Alternatives>, kind: Option<MatchKind>) -> Option<Wording> {
        Wording::of(slots.into_iter().map(Rc::new).collect(), kind)
    }

    /// None if the index lacks one of the words.
    fn of(slots: Vec<Rc<Alternatives>>, kind: Option<MatchKind>) -> Option<Wording> {
        slots.iter().all(|slot| !slot.terms.is_empty()).then_some(Wording { slots, kind })
    }

    /// What the reader is told of it.
    pub fn told(&self) -> Option<(String, MatchKind)> {
        // The term that was meant stands first.
        let words: Vec<&str> = self.slots.iter().map(|slot| &*slot.terms[0].text).collect();
        Some((words.join(" "), self.kind?))
    }
}

impl Planner<'_> {
    /// Clauses side by side, some of which may be the words of one name.
    pub(super) fn side_by_side(&mut self, clauses: &[&Query]) -> tantivy::Result<Vec<Node>> {
        let mut nodes = Vec::new();
        let mut rest = clauses;
        while !rest.is_empty() {
            let (count, mut others) = self.names_of_words(rest)?;
            let (name, behind) = rest.split_at(count);
            let typed = self.nodes(name.iter().copied())?;
            rest = behind;
            if others.is_empty() {
                nodes.extend(typed);
            } else if self.options.matching == Matching::Any && !self.negated {
                nodes.extend(typed);
                nodes.append(&mut others);
            } else {
                others.insert(0, Node::All(typed));
                nodes.push(Node::Any(others));
            }
        }
        Ok(nodes)
    }

    /// What else the name is called that the first of some clauses are the words of, and how many
    /// of them; one if they are none.
    fn names_of_words(&mut self, clauses: &[&Query]) -> tantivy::Result<(usize, Vec<Node>)> {
        let plain = clauses.iter().map_while(|clause| match clause {
            Query::Word(word) if word.mode == WordMode::Plain => Some(word),
            _ => None,
        });
        let words: Vec<&Word> = match self.label {
            Some(_) => Vec::new(),
            None => plain.take(self.expander.most_words_of_name().max(2)).collect(),
        };
        for count in (2..=words.len()).rev() {
            let mut others = self.other_names(&words[..count])?;
            if let [before, behind] = words[..count]
                && let Some(joined) = self.expander.joined(before, behind)?
            {
                let word = self.expander.in_place_of(&joined, MatchKind::Name, before)?;
                others.push(self.clause(vec![Rc::new(word)], Order::Sequence { gap: 0 }));
            }
            if !others.is_empty() {
                return Ok((count, others));
            }
        }
        Ok((1, Vec::new()))
    }

    /// What else a name of some words is called.
    fn other_names(&mut self, words: &[&Word]) -> tantivy::Result<Vec<Node>> {
        let mut nodes = Vec::new();
        for wording in self.names_in_place_of(words)? {
            nodes.extend(self.instead(wording, 0)?);
        }
        Ok(nodes)
    }

    /// The names that mean the same as a name of some words.
    fn names_in_place_of(&mut self, words: &[&Word]) -> tantivy::Result<Vec<Wording>> {
        let [first, ..] = words else { return Ok(Vec::new()) };
        let name: String = words.iter().map(|word| &*word.text).collect();
        let mut found = Vec::new();
        if words.len() > 1 {
            // What one word stands for, its slot tells.
            found.extend(Wording::new(vec![self.expander.aliases_of(&name, first)?], None));
        }
        for alias in self.expander.same_names(&name) {
            if alias.words().len() > 1 {
                let kind = MatchKind::Alias;
                let slots = self.expander.words_in_place_of(alias.words(), kind, first)?;
                found.extend(Wording::new(slots, Some(kind)));
            }
        }
        Ok(found)
    }

    /// What texts have in place of a word that is several words.
    pub(super) fn in_place_of_word(&mut self, word: &Word) -> tantivy::Result<Vec<Wording>> {
        if !matches!(word.mode, WordMode::Plain | WordMode::Fuzzy(_)) {
            return Ok(Vec::new());
        }
        let mut found = self.names_in_place_of(&[word])?;
        for halves in self.expander.halves(word)? {
            let slots = self.expander.words_in_place_of(&halves, MatchKind::Name, word)?;
            found.extend(Wording::new(slots, Some(MatchKind::Name)));
        }
        Ok(found)
    }

    /// The other names of a phrase.
    pub(super) fn names_of_phrase(&mut self, phrase: &Phrase) -> tantivy::Result<Vec<Wording>> {
        let words: Vec<&Word> = phrase.words.iter().collect();
        match words.len() > 1 && words.iter().all(|word| word.mode == WordMode::Plain) {
            true => self.names_in_place_of(&words),
            false => Ok(Vec::new()),
        }
    }

    /// A phrase with two of its words as one, or one as two.
    pub(super) fn respaced(&mut self, phrase: &Phrase) -> tantivy::Result<Vec<Wording>> {
        let is_plain = |word: &Word| word.mode == WordMode::Plain;
        let kind = MatchKind::Name;
        let mut found = Vec::new();
        for (at, word) in phrase.words.iter().enumerate().filter(|(_, word)| is_plain(word)) {
            let mut instead = Vec::new();
            if let Some(behind) = phrase.words.get(at + 1).filter(|word| is_plain(word))
                && let Some(joined) = self.expander.joined(word, behind)?
            {
                instead.push((vec![self.expander.in_place_of(&joined, kind, word)?], 2));
            }
            for halves in self.expander.halves(word)? {
                instead.push((self.expander.words_in_place_of(&halves, kind, word)?, 1));
            }
            for (some, count) in instead {
                let mut slots = self.slots(&phrase.words[..at], phrase.loose)?;
                slots.extend(some.into_iter().map(Rc::new));
                slots.extend(self.slots(&phrase.words[at + count..], phrase.loose)?);
                found.extend(Wording::of(slots, Some(kind)));
            }
        }
        Ok(found)
    }

    /// A word, or what texts have in its place that is several words.
    pub(super) fn or_several_words(&mut self, node: Node, word: &Word) -> tantivy::Result<Node> {
        let mut nodes = Vec::new();
        for wording in self.in_place_of_word(word)? {
            nodes.extend(self.instead(wording, 0)?);
        }
        Ok(either(node, nodes))
    }

    /// A phrase, or what texts have in its place: another name, two of its words as one, or one as
    /// two.
    pub(super) fn or_other_words(&mut self, node: Node, phrase: &Phrase) -> tantivy::Result<Node> {
        let mut nodes = Vec::new();
        for wording in self.names_of_phrase(phrase)? {
            nodes.extend(self.instead(wording, 0)?);
        }
        for wording in self.respaced(phrase)? {
            nodes.extend(self.instead(wording, phrase.gap)?);
        }
        Ok(either(node, nodes))
    }

    /// Words that stand for what was typed, with so many others between them, if a document has
    /// them so.
    fn instead(&mut self, wording: Wording, gap: u32) -> tantivy::Result<Option<Node>> {
        let told = wording.told();
        self.told(wording.slots, Order::Sequence { gap }, told)
    }

    /// A clause for words that stand for what was typed, if a document has them so; `told` is what
    /// the reader is told of them.
    pub(super) fn told(
        &mut self,
        slots: Vec<Rc<Alternatives>>,
        order: Order,
        told: Option<(String, MatchKind)>,
    ) -> tantivy::Result<Option<Node>> {
        let node = self.clause(slots, order);
        let Some((term, kind)) = told else { return Ok(Some(node)) };
        let Some(mut clause) = self.clauses.pop() else { return Ok(None) };
        let documents;
        (clause, documents) = self.documents(clause)?;
        if documents == 0 {
            return Ok(None);
        }
        clause.variant = Some(Variant { term, kind, documents });
        self.clauses.push(clause);
        Ok(Some(node))
    }

    /// In how many documents a clause is found, those deleted lately among them.
    fn documents(&self, clause: Clause) -> tantivy::Result<(Clause, usize)> {
        let mut plan = Plan {
            root: Node::Clause(0),
            clauses: vec![clause],
            side_by_side: Vec::new(),
            letters: None,
            unnamed: None,
            left_out: 0,
        };
        let mut documents = 0;
        for ordinal in 0..self.searcher.segments().len() {
            let mut scorer = plan.scorer(self.searcher, ordinal)?;
            while scorer.doc() != TERMINATED {
                documents += 1;
                scorer.advance();
            }
        }
        Ok((plan.clauses.remove(0), documents))
    }
}

fn either(node: Node, mut others: Vec<Node>) -> Node {
    if others.is_empty() {
        return node;
    }
    others.insert(0, node);
    Node::Any(others)
}
