//! A query, resolved against an index: what every word of it stands for.
//!
//! Matching, highlighting and what the reader is told all read the plan; none of them expands
//! words on its own.

mod many;
mod names;
mod near;
mod scorers;

use std::rc::Rc;

use dossier_german::{Aliases, WordKind, words};
use rustc_hash::FxHashMap;
use tantivy::DocAddress;
use tantivy::query::{Query as TantivyQuery, Scorer};
use tantivy::schema::{Field, Term};

use self::many::MOST_WANTED;
use self::scorers::{Reading, SegmentPlan};
use crate::document::Day;
use crate::expand::{Alternatives, Expander, Role};
use crate::letters::QueryRuns;
use crate::near::Order;
use crate::query::{Phrase, Query, QueryField, Word, WordMode};
use crate::ranking::TextField;
use crate::results::{MatchKind, Matching, Variant};
use crate::searcher::Searcher;

/// A query, resolved.
pub(crate) struct Plan {
    pub root: Node,
    /// Every word and phrase, referred to by number.
    pub clauses: Vec<Clause>,
    /// The clauses of plain words that were typed side by side, if there is nothing else.
    pub side_by_side: Vec<usize>,
    /// Where any of the words may do: their letters.
    pub letters: Option<QueryRuns>,
    /// The first word of which no other names were looked for, because there are too many.
    pub unnamed: Option<Word>,
    /// Words of which any would do that were left out, because there are too many.
    pub left_out: usize,
}

/// How clauses go together.
pub(crate) enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    /// A word or phrase by its number.
    Clause(usize),
    /// A condition outside the text.
    Filter(Box<dyn TantivyQuery>),
    /// Runs of letters and digits that stand one after the other in a name, any of each slot's.
    Names {
        field: Field,
        slots: Vec<Vec<Term>>,
    },
}

/// A word, or words in an order or near each other, in some fields.
pub(crate) struct Clause {
    /// What each word stands for; one for a word.
    pub slots: Vec<Rc<Alternatives>>,
    /// How they must stand.
    pub order: Order,
    pub fields: Vec<TextField>,
    /// Whether it stands under a negation: it is not shown.
    pub negated: bool,
    /// What the reader is told of words that stand for what was typed.
    pub variant: Option<Variant>,
}

/// How a query is read.
#[derive(Clone, Copy)]
pub(crate) struct PlanOptions<'a> {
    pub matching: Matching,
    /// Groups of names that mean the same.
    pub aliases: &'a Aliases,
    /// Which day it is.
    pub today: Option<Day>,
    /// Whether documents fit whose date may lie in a range but is not known exactly enough, or not
    /// at all.
    pub unknown_dates: bool,
    /// Whether words are looked for in noise, too.
    pub noise: bool,
}

impl Plan {
    pub fn new(
        searcher: &Searcher,
        query: &Query,
        options: PlanOptions<'_>,
    ) -> tantivy::Result<Plan> {
        let mut planner = Planner {
            searcher,
            expander: Expander::new(searcher, options.aliases, TextField::searched(options.noise)),
            options,
            label: None,
            negated: false,
            clauses: Vec::new(),
            words: Vec::new(),
            left_out: 0,
            known: FxHashMap::default(),
        };
        let root = planner.node(query)?;
        let plain = |query: &Query| matches!(query, Query::Word(word) if is_one_plain_word(word));
        let side_by_side = match query {
            Query::Words(words) if words.iter().all(plain) => planner.words,
            _ => Vec::new(),
        };
        let letters = match options.matching {
            Matching::Any => Some(plain_words(query)).filter(|words| !words.is_empty()),
            Matching::All => None,
        };
        let letters = letters.map(QueryRuns::new);
        let unnamed = planner.expander.first_unnamed();
        let left_out = planner.left_out;
        Ok(Plan { root, clauses: planner.clauses, side_by_side, letters, unnamed, left_out })
    }

    /// Any of some words, each as it was expanded.
    pub fn any_of(words: Vec<Alternatives>) -> Plan {
        let clause = |word| Clause {
            slots: vec![Rc::new(word)],
            order: Order::Sequence { gap: 0 },
            fields: TextField::searched(false).to_vec(),
            negated: false,
            variant: None,
        };
        let clauses: Vec<Clause> = words.into_iter().map(clause).collect();
        let root = Node::Any((0..clauses.len()).map(Node::Clause).collect());
        Plan { root, clauses, side_by_side: Vec::new(), letters: None, unnamed: None, left_out: 0 }
    }

    /// The scorer of the whole query in one segment.
    pub fn scorer(&self, searcher: &Searcher, ordinal: usize) -> tantivy::Result<Box<dyn Scorer>> {
        SegmentPlan { plan: self, searcher, segment: &searcher.segments()[ordinal], ordinal }
            .scorer(&self.root, Reading::Through)
    }

    /// What a clause adds to the score of a document.
    pub fn clause_score(
        &self,
        searcher: &Searcher,
        clause: usize,
        document: DocAddress,
    ) -> tantivy::Result<f32> {
        let ordinal = document.segment_ord as usize;
        let segment = &searcher.segments()[ordinal];
        let plan = SegmentPlan { plan: self, searcher, segment, ordinal };
        let mut scorer = plan.scorer(&Node::Clause(clause), Reading::Seeking)?;
        let found = scorer.seek(document.doc_id) == document.doc_id;
        Ok(if found { scorer.score() } else { 0.0 })
    }
}

pub(crate) struct Planner<'s> {
    pub searcher: &'s Searcher,
    expander: Expander<'s>,
    pub options: PlanOptions<'s>,
    /// The field that is no text the query is confined to.
    label: Option<QueryField>,
    negated: bool,
    clauses: Vec<Clause>,
    /// The clauses of words as they were typed, in their order.
    words: Vec<usize>,
    left_out: usize,
    /// Words expanded before: a query may hold one a thousand times.
    known: FxHashMap<Known, Rc<Alternatives>>,
}

/// What a word is expanded by: its text, how it matches, where it stands, and the fields.
type Known = (String, WordMode, Role, Vec<TextField>);

impl Planner<'_> {
    fn node(&mut self, query: &Query) -> tantivy::Result<Node> {
        Ok(match query {
            Query::Words(clauses) if self.options.matching == Matching::Any && !self.negated => {
                let (required, wanted): (Vec<_>, Vec<_>) =
                    clauses.iter().partition(|clause| is_condition(clause));
                let mut nodes = self.nodes(required)?;
                if !wanted.is_empty() {
                    let wanted = self.rarest(wanted, MOST_WANTED)?;
                    nodes.push(Node::Any(self.side_by_side(&wanted)?));
                }
                Node::All(nodes)
            }
            Query::Words(clauses) => {
                Node::All(self.side_by_side(&clauses.iter().collect::<Vec<_>>())?)
            }
            Query::All(clauses) => Node::All(self.nodes(clauses)?),
            Query::Any(clauses) => {
                let most = self.most_alternatives();
                let clauses = self.rarest(clauses.iter().collect(), most)?;
                Node::Any(self.nodes(clauses)?)
            }
            Query::Not(clause) => {
                let before = self.negated;
                self.negated = !before;
                let node = self.node(clause)?;
                self.negated = before;
                Node::Not(Box::new(node))
            }
            Query::In(field, clause) => self.confined(*field, clause)?,
            Query::Word(word) => match self.label {
                Some(field) => self.label(field, std::slice::from_ref(word))?,
                None => {
                    let node = self.word(word)?;
                    self.or_several_words(node, word)?
                }
            },
            Query::Phrase(phrase) => match self.label {
                Some(field) => self.label(field, &phrase.words)?,
                None => {
                    let node = self.phrase(phrase)?;
                    self.or_other_words(node, phrase)?
                }
            },
            // Names have no words near each other: the language refuses it.
            Query::Near(_) if self.label.is_some() => Node::Any(Vec::new()),
            Query::Near(near) => self.near(near)?,
            Query::Dates(dates) => self.dates(dates.condition),
        })
    }

    fn nodes<'q>(
        &mut self,
        clauses: impl IntoIterator<Item = &'q Query>,
    ) -> tantivy::Result<Vec<Node>> {
        clauses.into_iter().map(|clause| self.node(clause)).collect()
    }

    fn confined(&mut self, field: QueryField, query: &Query) -> tantivy::Result<Node> {
        let label = if field.is_text() { None } else { Some(field) };
        let fields = match field {
            QueryField::Title => vec![TextField::Title],
            QueryField::Body => TextField::searched(self.options.noise)[1..].to_vec(),
            _ => self.expander.fields().to_vec(),
        };
        let before = (std::mem::replace(&mut self.label, label), self.expander.confine(fields));
        let node = self.node(query);
        self.label = before.0;
        self.expander.confine(before.1);
        node
    }

    /// What a word stands for.
    fn expand(&mut self, word: &Word, role: Role) -> tantivy::Result<Rc<Alternatives>> {
        let key = (word.text.clone(), word.mode, role, self.expander.fields().to_vec());
        if let Some(known) = self.known.get(&key) {
            return Ok(Rc::clone(known));
        }
        let expanded = Rc::new(self.expander.expand(word, role)?);
        self.known.insert(key, Rc::clone(&expanded));
        Ok(expanded)
    }

    fn clause(&mut self, slots: Vec<Rc<Alternatives>>, order: Order) -> Node {
        let fields = self.expander.fields().to_vec();
        let negated = self.negated;
        self.clauses.push(Clause { slots, order, fields, negated, variant: None });
        Node::Clause(self.clauses.len() - 1)
    }

    fn word(&mut self, word: &Word) -> tantivy::Result<Node> {
        let nearest = self.options.matching == Matching::Any && word.mode == WordMode::Plain;
        let role = if nearest { Role::AnyOfThem } else { Role::Alone };
        let mut expanded = self.expand(word, role)?;
        let is_other = |kind| matches!(kind, MatchKind::Name | MatchKind::Alias);
        let unknown = expanded.terms.iter().all(|term| is_other(term.kind));
        if nearest && unknown {
            // No document holds it: it may be mistyped.
            let word = Word { mode: WordMode::Fuzzy(None), ..word.clone() };
            expanded = self.expand(&word, role)?;
        }
        let mut nodes = vec![self.clause(vec![expanded], Order::Sequence { gap: 0 })];
        self.words.push(self.clauses.len() - 1);
        let parts = parts(word);
        if parts.len() > 1 {
            // A hyphenated word also matches its parts one after the other: Jong-un finds Jong Un.
            let slots = self.slots(&parts, false)?;
            nodes.push(self.clause(slots, Order::Sequence { gap: 0 }));
        }
        if nearest && !self.negated {
            if parts.len() > 1 {
                for part in &parts {
                    nodes.push(self.word(part)?);
                }
            }
            for part in self.expander.forms(&word.text).smallest_parts() {
                let part = Rc::new(self.expander.part(part, word)?);
                nodes.push(self.clause(vec![part], Order::Sequence { gap: 0 }));
            }
        }
        Ok(if nodes.len() > 1 { Node::Any(nodes) } else { nodes.remove(0) })
    }

    fn slots(&mut self, words: &[Word], loose: bool) -> tantivy::Result<Vec<Rc<Alternatives>>> {
        let slot = |word: &Word| match word.mode {
            WordMode::Plain if loose => {
                let word = Word { mode: WordMode::Fuzzy(None), ..word.clone() };
                self.expand(&word, Role::InPhrase)
            }
            _ => self.expand(word, Role::InPhrase),
        };
        words.iter().map(slot).collect()
    }

    fn phrase(&mut self, phrase: &Phrase) -> tantivy::Result<Node> {
        let slots = self.slots(&phrase.words, phrase.loose)?;
        Ok(self.clause(slots, Order::Sequence { gap: phrase.gap }))
    }
}

/// A word, or the parts of a hyphenated one, which match as it does.
fn parts(word: &Word) -> Vec<Word> {
    let parts = words(&word.text).filter(|part| part.kind == WordKind::Part);
    let parts: Vec<Word> =
        parts.map(|part| Word { text: part.text.into_owned(), ..word.clone() }).collect();
    if parts.is_empty() || word.mode == WordMode::Wildcard { vec![word.clone()] } else { parts }
}

/// The words of a query that are typed as they are and stand side by side.
fn plain_words(query: &Query) -> Vec<&str> {
    match query {
        Query::Word(Word { text, mode: WordMode::Plain, .. }) => vec![text],
        Query::Words(clauses) => {
            let words = clauses.iter().filter(|clause| matches!(clause, Query::Word(_)));
            words.flat_map(plain_words).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a word is plain and has no hyphen.
fn is_one_plain_word(word: &Word) -> bool {
    word.mode == WordMode::Plain && parts(word).len() == 1
}

/// Whether a clause selects documents instead of being one of the words looked for: any of the
/// words may do, but not a document from another source.
fn is_condition(clause: &Query) -> bool {
    match clause {
        Query::Not(_) | Query::Dates(_) => true,
        Query::In(field, _) => !field.is_text(),
        _ => false,
    }
}
