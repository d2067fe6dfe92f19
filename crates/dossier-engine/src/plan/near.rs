//! Words and phrases near each other.

use std::rc::Rc;

use super::{Node, Planner, parts};
use crate::expand::{Alternatives, Role};
use crate::near::Order;
use crate::query::{Near, Query};
use crate::results::MatchKind;

impl Planner<'_> {
    /// Words near each other: a clause for each choice among the operands' alternatives.
    pub(super) fn near(&mut self, near: &Near) -> tantivy::Result<Node> {
        let mut readings = vec![Chosen::default()];
        for operand in &near.operands {
            let mut choices = Vec::new();
            self.operand(operand, &mut choices)?;
            if readings.len() * choices.len() > MOST_READINGS {
                choices.retain(|choice| choice.told.is_none());
            }
            let longer = |reading: &Chosen| {
                choices.iter().map(|choice| reading.with(choice)).collect::<Vec<_>>()
            };
            readings = readings.iter().flat_map(longer).collect();
        }
        let (gap, ordered) = (near.gap, near.ordered);
        let mut nodes = Vec::new();
        for Chosen { slots, lengths, told } in readings {
            nodes.extend(self.told(slots, Order::Near { lengths, gap, ordered }, told)?);
        }
        Ok(Node::Any(nodes))
    }

    /// The words of an operand of `NEAR` or `NAH`, for each of its alternatives, and what texts may
    /// have in their place. Words mean what they mean alone, those of phrases what they mean in
    /// phrases.
    fn operand(&mut self, operand: &Query, choices: &mut Vec<Chosen>) -> tantivy::Result<()> {
        let mut others = Vec::new();
        match operand {
            Query::Word(word) => {
                let parts = parts(word);
                let slots = parts.iter().map(|part| self.expand(part, Role::Alone));
                choices.push(Chosen::typed(slots.collect::<tantivy::Result<_>>()?));
                others = self.in_place_of_word(word)?;
            }
            Query::Phrase(phrase) => {
                choices.push(Chosen::typed(self.slots(&phrase.words, phrase.loose)?));
                others = self.names_of_phrase(phrase)?;
                others.extend(self.respaced(phrase)?);
            }
            Query::Any(operands) => {
                operands.iter().try_for_each(|operand| self.operand(operand, choices))?;
            }
            // The language refuses anything else.
            _ => {}
        }
        choices.extend(others.into_iter().map(|wording| {
            let told = wording.told();
            Chosen { told, ..Chosen::typed(wording.slots) }
        }));
        Ok(())
    }
}

/// Clauses for operands near each other from which on they are taken as they were typed only: each
/// choice of other words multiplies them.
const MOST_READINGS: usize = 64;

/// What is looked for in the place of some operands near each other.
#[derive(Clone, Default)]
struct Chosen {
    slots: Vec<Rc<Alternatives>>,
    /// Slots of each operand.
    lengths: Vec<u32>,
    /// What the reader is told of the first that were not typed so.
    told: Option<(String, MatchKind)>,
}

impl Chosen {
    fn typed(slots: Vec<Rc<Alternatives>>) -> Chosen {
        Chosen { lengths: vec![slots.len() as u32], slots, told: None }
    }

    fn with(&self, next: &Chosen) -> Chosen {
        Chosen {
            slots: [&self.slots[..], &next.slots].concat(),
            lengths: [&self.lengths[..], &next.lengths].concat(),
            told: self.told.clone().or_else(|| next.told.clone()),
        }
    }
}
