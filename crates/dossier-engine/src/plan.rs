//! A query, resolved against an index: what every word of it stands for.
//!
//! Matching, highlighting and what the reader is told all read the plan; none of them expands
//! words on its own.

mod names;

use dossier_german::{Aliases, WordKind, words};
use tantivy::query::{
    AllScorer, BooleanQuery, ConstScoreQuery, ConstScorer, EmptyScorer, EnableScoring, Exclude,
    FuzzyTermQuery, Occur, PhraseQuery, Query as TantivyQuery, RegexQuery, Scorer, TermQuery,
    intersect_scorers,
};
use tantivy::schema::{Field, IndexRecordOption, Term};

use crate::analysis::labels;
use crate::expand::{
    Alternatives, Expander, Role, TermLeg, block_postings, each_fixed_part, postings,
};
use crate::phrase::{FieldPhrase, PhraseScorer, Slot};
use crate::query::{MOST_EDITS, Phrase, Query, QueryField, Word, WordMode};
use crate::ranking::TextField;
use crate::results::{MatchKind, Matching, Variant};
use crate::scorer::{Leg, ListedWord, NarrowWord, Steady, UnionScorer, WideWord, WideWords};
use crate::searcher::{RECORD, Searcher, Segment, Terms};

/// A query, resolved.
pub(crate) struct Plan {
    pub root: Node,
    /// Every word and phrase, referred to by number.
    pub clauses: Vec<Clause>,
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
}

/// A word, or words in an order, in some fields.
pub(crate) struct Clause {
    /// What each word stands for; one for a word.
    pub slots: Vec<Alternatives>,
    /// Words that may stand between.
    pub gap: u32,
    pub fields: Vec<TextField>,
    /// Whether it stands under a negation: it is not shown.
    pub negated: bool,
    /// What the reader is told of words that stand for what was typed.
    pub variant: Option<Variant>,
}

impl Plan {
    pub fn new(
        searcher: &Searcher,
        query: &Query,
        matching: Matching,
        aliases: &Aliases,
    ) -> tantivy::Result<Plan> {
        let mut planner = Planner {
            searcher,
            expander: Expander::new(searcher, aliases),
            matching,
            label: None,
            negated: false,
            clauses: Vec::new(),
        };
        let root = planner.node(query)?;
        Ok(Plan { root, clauses: planner.clauses })
    }

    /// The scorer of the whole query in one segment.
    pub fn scorer(&self, searcher: &Searcher, ordinal: usize) -> tantivy::Result<Box<dyn Scorer>> {
        SegmentPlan { plan: self, searcher, segment: &searcher.segments()[ordinal], ordinal }
            .scorer(&self.root, Reading::Through)
    }
}

struct Planner<'s> {
    searcher: &'s Searcher,
    expander: Expander<'s>,
    matching: Matching,
    /// The field that is no text the query is confined to.
    label: Option<QueryField>,
    negated: bool,
    clauses: Vec<Clause>,
}

impl Planner<'_> {
    fn node(&mut self, query: &Query) -> tantivy::Result<Node> {
        Ok(match query {
            Query::Words(clauses) if self.matching == Matching::Any && !self.negated => {
                let (required, wanted): (Vec<_>, Vec<_>) =
                    clauses.iter().partition(|clause| is_condition(clause));
                let mut nodes = self.nodes(required)?;
                if !wanted.is_empty() {
                    nodes.push(Node::Any(self.side_by_side(&wanted)?));
                }
                Node::All(nodes)
            }
            Query::Words(clauses) => {
                Node::All(self.side_by_side(&clauses.iter().collect::<Vec<_>>())?)
            }
            Query::All(clauses) => Node::All(self.nodes(clauses)?),
            Query::Any(clauses) => Node::Any(self.nodes(clauses)?),
            Query::Not(clause) => {
                let before = self.negated;
                self.negated = !before;
                let node = self.node(clause)?;
                self.negated = before;
                Node::Not(Box::new(node))
            }
            Query::In(field, clause) => self.confined(*field, clause)?,
            Query::Word(word) => match self.label {
                Some(field) => Node::Filter(self.label(field, std::slice::from_ref(word))?),
                None => {
                    let node = self.word(word)?;
                    self.or_several_words(node, word)?
                }
            },
            Query::Phrase(phrase) => match self.label {
                Some(field) => Node::Filter(self.label(field, &phrase.words)?),
                None => {
                    let node = self.phrase(phrase)?;
                    self.or_other_words(node, phrase)?
                }
            },
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
            QueryField::Body => vec![TextField::Body],
            _ => self.expander.fields().to_vec(),
        };
        let before = (std::mem::replace(&mut self.label, label), self.expander.confine(fields));
        let node = self.node(query);
        self.label = before.0;
        self.expander.confine(before.1);
        node
    }

    fn clause(&mut self, slots: Vec<Alternatives>, gap: u32) -> Node {
        let fields = self.expander.fields().to_vec();
        let negated = self.negated;
        self.clauses.push(Clause { slots, gap, fields, negated, variant: None });
        Node::Clause(self.clauses.len() - 1)
    }

    fn word(&mut self, word: &Word) -> tantivy::Result<Node> {
        let mut expanded = self.expander.expand(word, Role::Alone)?;
        let nearest = self.matching == Matching::Any && word.mode == WordMode::Plain;
        let is_other = |kind| matches!(kind, MatchKind::Name | MatchKind::Alias);
        let unknown = expanded.terms.iter().all(|term| is_other(term.kind));
        if nearest && unknown {
            // No document holds it: it may be mistyped.
            let word = Word { mode: WordMode::Fuzzy(None), ..word.clone() };
            expanded = self.expander.expand(&word, Role::Alone)?;
        }
        let mut whole = self.clause(vec![expanded], 0);
        if nearest && !self.negated {
            let forms = self.searcher.analysis().forms(&word.text);
            let mut nodes = vec![whole];
            for part in forms.smallest_parts() {
                let part = self.expander.part(part, word)?;
                nodes.push(self.clause(vec![part], 0));
            }
            if nodes.len() > 1 {
                return Ok(Node::Any(nodes));
            }
            whole = nodes.remove(0);
        }
        // A hyphenated word also matches its parts one after the other: Jong-un finds Jong Un.
        let parts: Vec<Word> = words(&word.text)
            .filter(|part| part.kind == WordKind::Part)
            .map(|part| Word { text: part.text.into_owned(), ..word.clone() })
            .collect();
        if parts.is_empty() || word.mode == WordMode::Wildcard {
            return Ok(whole);
        }
        let slots = self.slots(&parts, false)?;
        Ok(Node::Any(vec![whole, self.clause(slots, 0)]))
    }

    fn slots(&mut self, words: &[Word], loose: bool) -> tantivy::Result<Vec<Alternatives>> {
        words
            .iter()
            .map(|word| match word.mode {
                WordMode::Plain if loose => {
                    let word = Word { mode: WordMode::Fuzzy(None), ..word.clone() };
                    self.expander.expand(&word, Role::InPhrase)
                }
                _ => self.expander.expand(word, Role::InPhrase),
            })
            .collect()
    }

    fn phrase(&mut self, phrase: &Phrase) -> tantivy::Result<Node> {
        let slots = self.slots(&phrase.words, phrase.loose)?;
        Ok(self.clause(slots, phrase.gap))
    }

    /// A condition on a name: its runs of letters and digits, one after the other.
    fn label(&self, field: QueryField, words: &[Word]) -> tantivy::Result<Box<dyn TantivyQuery>> {
        let fields = self.searcher.fields();
        let field = match field {
            QueryField::Source => fields.source,
            QueryField::Author => fields.author,
            QueryField::Path => fields.path,
            _ => fields.language,
        };
        let query: Box<dyn TantivyQuery> = match words {
            [word] if word.mode == WordMode::Wildcard => wildcard_label(field, &word.text)?,
            [Word { text, mode: WordMode::Fuzzy(edits), .. }] => {
                let term = Term::from_field_text(field, &dossier_german::fold(text));
                Box::new(FuzzyTermQuery::new(term, edits.unwrap_or(MOST_EDITS), true))
            }
            _ if field == fields.language => {
                let code = language_code(words.first().map_or("", |word| &word.text));
                let term = Term::from_field_text(field, &code);
                Box::new(TermQuery::new(term, IndexRecordOption::Basic))
            }
            _ => {
                let runs = words.iter().flat_map(|word| labels(&word.text));
                let mut terms: Vec<Term> =
                    runs.map(|run| Term::from_field_text(field, &run)).collect();
                match (terms.len(), terms.pop()) {
                    (1, Some(term)) => Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
                    (_, Some(last)) => {
                        terms.push(last);
                        Box::new(PhraseQuery::new(terms))
                    }
                    (_, None) => Box::new(BooleanQuery::new(Vec::<(Occur, _)>::new())),
                }
            }
        };
        // Conditions select; they say nothing about how well a document fits.
        Ok(Box::new(ConstScoreQuery::new(query, 0.0)))
    }
}

/// Whether a clause selects documents instead of being one of the words looked for: any of the
/// words may do, but not a document from another source.
fn is_condition(clause: &Query) -> bool {
    match clause {
        Query::Not(_) => true,
        Query::In(field, _) => !field.is_text(),
        _ => false,
    }
}

fn wildcard_label(field: Field, pattern: &str) -> tantivy::Result<Box<dyn TantivyQuery>> {
    let mut expression = String::new();
    // Whole parts are folded, not letters: ue is one letter.
    for letter in each_fixed_part(pattern, dossier_german::fold).chars() {
        match letter {
            '*' => expression.push_str(".*"),
            '?' => expression.push('.'),
            // Letters and digits mean themselves in every expression.
            letter if letter.is_alphanumeric() => expression.push(letter),
            _ => expression.push('.'),
        }
    }
    Ok(Box::new(RegexQuery::from_pattern(&expression, field)?))
}

/// ISO 639-3 code of a language named as people do.
fn language_code(name: &str) -> String {
    let name = name.to_lowercase();
    match &*name {
        "de" | "deutsch" | "german" => "deu".to_owned(),
        "en" | "englisch" | "english" => "eng".to_owned(),
        "fr" | "französisch" | "french" => "fra".to_owned(),
        "ru" | "russisch" | "russian" => "rus".to_owned(),
        _ => name,
    }
}

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
enum Reading {
    /// Every document, one after the other.
    Through,
    /// Here and there, where other scorers lead.
    Seeking,
}

/// A plan in one segment.
struct SegmentPlan<'p> {
    plan: &'p Plan,
    searcher: &'p Searcher,
    segment: &'p Segment,
    ordinal: usize,
}

impl SegmentPlan<'_> {
    fn scorer(&self, node: &Node, reading: Reading) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match node {
            Node::Clause(number) => self.clause(&self.plan.clauses[*number], reading)?,
            Node::Any(nodes) => {
                let scorers = nodes.iter().map(|node| self.scorer(node, reading));
                UnionScorer::of(scorers.collect::<tantivy::Result<_>>()?)
            }
            Node::All(nodes) => {
                let (excluded, wanted): (Vec<_>, Vec<_>) =
                    nodes.iter().partition(|node| matches!(node, Node::Not(_)));
                let rarest = wanted.iter().map(|node| self.occurring(node)).min().unwrap_or(0);
                let reading = |node: &Node| match wanted.len() {
                    0 | 1 => reading,
                    _ if self.occurring(node) <= rarest.saturating_mul(SEEK_FROM) => {
                        Reading::Through
                    }
                    _ => Reading::Seeking,
                };
                let mut scorers: Vec<_> = wanted
                    .iter()
                    .map(|node| self.scorer(node, reading(node)))
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
        })
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

    fn clause(&self, clause: &Clause, reading: Reading) -> tantivy::Result<Box<dyn Scorer>> {
        if let [word] = &clause.slots[..] {
            return self.word(word, reading);
        }
        let mut phrases = Vec::new();
        'fields: for &field in &clause.fields {
            let mut slots = Vec::new();
            for word in &clause.slots {
                let mut lists = Vec::new();
                for leg in word.legs[self.ordinal].iter().filter(|leg| leg.field == field) {
                    let option = IndexRecordOption::WithFreqsAndPositions;
                    lists.push((postings(self.segment, leg, option)?, leg.weight));
                }
                if lists.is_empty() {
                    continue 'fields;
                }
                slots.push(Slot::new(lists));
            }
            phrases.push(FieldPhrase::new(field, slots, clause.gap));
        }
        if phrases.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        let rarity = clause.slots.iter().map(|word| word.rarity).sum();
        Ok(Box::new(PhraseScorer::new(phrases, self.segment.lengths.clone(), rarity)))
    }

    fn word(&self, word: &Alternatives, reading: Reading) -> tantivy::Result<Box<dyn Scorer>> {
        let lengths = self.segment.lengths.clone();
        let documents = self.segment.reader.max_doc();
        let found = &word.legs[self.ordinal];
        let weight = |leg: &TermLeg| leg.weight * leg.field.weight();
        let blocks = found.iter().map(|leg| {
            let postings = block_postings(self.segment, leg)?;
            Ok(Leg { postings, weight: weight(leg), part: leg.terms == Terms::Parts })
        });
        Ok(if found.len() >= MANY_LEGS {
            let occurring: u64 = found.iter().map(|leg| u64::from(leg.info.doc_freq)).sum();
            if occurring * LISTED_SHARE < u64::from(documents) {
                Box::new(ListedWord::new(blocks, lengths, word.rarity)?)
            } else {
                Box::new(WideWord::gathered(blocks, documents, lengths, word.rarity)?)
            }
        } else if reading == Reading::Through && found.len() > 1 {
            let legs = blocks.collect::<tantivy::Result<_>>()?;
            Box::new(WideWord::of(legs, lengths, word.rarity))
        } else {
            let legs = found.iter().map(|leg| {
                let postings = postings(self.segment, leg, IndexRecordOption::WithFreqs)?;
                Ok(Leg { postings, weight: weight(leg), part: leg.terms == Terms::Parts })
            });
            let legs = legs.collect::<tantivy::Result<_>>()?;
            Box::new(NarrowWord::new(legs, lengths, word.rarity))
        })
    }
}
