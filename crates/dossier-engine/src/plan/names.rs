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
                && let Some(joined) = self.expander.joined(&before.text, &behind.text)?
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
        let [first, ..] = words else { return Ok(Vec::new()) };
        let name: String = words.iter().map(|word| &*word.text).collect();
        let mut nodes = Vec::new();
        if words.len() > 1 {
            let one_word = self.expander.aliases_of(&name, first)?;
            if !one_word.terms.is_empty() {
                nodes.push(self.clause(vec![Rc::new(one_word)], Order::Sequence { gap: 0 }));
            }
        }
        for alias in self.expander.same_names(&name) {
            if alias.words().len() > 1 {
                let slots =
                    self.expander.words_in_place_of(alias.words(), MatchKind::Alias, first)?;
                nodes.extend(self.instead(slots, MatchKind::Alias)?);
            }
        }
        Ok(nodes)
    }

    /// A word, or what texts have in its place that is several words.
    pub(super) fn or_several_words(&mut self, node: Node, word: &Word) -> tantivy::Result<Node> {
        if !matches!(word.mode, WordMode::Plain | WordMode::Fuzzy(_)) {
            return Ok(node);
        }
        let mut nodes = self.other_names(&[word])?;
        for halves in self.expander.halves(&word.text)? {
            let slots = self.expander.words_in_place_of(&halves, MatchKind::Name, word)?;
            nodes.extend(self.instead(slots, MatchKind::Name)?);
        }
        Ok(either(node, nodes))
    }

    /// A phrase, or what texts have in its place: another name, two of its words as one, or one as
    /// two.
    pub(super) fn or_other_words(&mut self, node: Node, phrase: &Phrase) -> tantivy::Result<Node> {
        let words: Vec<&Word> = phrase.words.iter().collect();
        let is_plain = |word: &Word| word.mode == WordMode::Plain;
        let mut nodes = Vec::new();
        if words.iter().all(|word| is_plain(word)) && words.len() > 1 {
            nodes = self.other_names(&words)?;
        }
        let kind = MatchKind::Name;
        for (at, word) in phrase.words.iter().enumerate().filter(|(_, word)| is_plain(word)) {
            let mut instead = Vec::new();
            if let Some(behind) = phrase.words.get(at + 1).filter(|word| is_plain(word))
                && let Some(joined) = self.expander.joined(&word.text, &behind.text)?
            {
                instead.push((vec![self.expander.in_place_of(&joined, kind, word)?], 2));
            }
            for halves in self.expander.halves(&word.text)? {
                instead.push((self.expander.words_in_place_of(&halves, kind, word)?, 1));
            }
            for (some, count) in instead {
                let mut slots = self.slots(&phrase.words[..at], phrase.loose)?;
                slots.extend(some.into_iter().map(Rc::new));
                slots.extend(self.slots(&phrase.words[at + count..], phrase.loose)?);
                nodes.extend(self.instead_of(slots, phrase.gap, kind)?);
            }
        }
        Ok(either(node, nodes))
    }

    /// Words side by side that stand for what was typed, if a document has them so.
    fn instead(
        &mut self,
        slots: Vec<Alternatives>,
        kind: MatchKind,
    ) -> tantivy::Result<Option<Node>> {
        self.instead_of(slots.into_iter().map(Rc::new).collect(), 0, kind)
    }

    /// Words that stand for what was typed, with so many others between them, if a document has
    /// them so.
    fn instead_of(
        &mut self,
        slots: Vec<Rc<Alternatives>>,
        gap: u32,
        kind: MatchKind,
    ) -> tantivy::Result<Option<Node>> {
        if slots.iter().any(|slot| slot.terms.is_empty()) {
            return Ok(None);
        }
        // The term that was meant stands first.
        let words: Vec<&str> = slots.iter().map(|slot| &*slot.terms[0].text).collect();
        let term = words.join(" ");
        let node = self.clause(slots, Order::Sequence { gap });
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
