//! Raw tantivy on the same articles: its default tokenizer, one index, its own queries.

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    BooleanQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, STORED, STRING, Schema, TEXT};
use tantivy::{Index, ReloadPolicy, Searcher, TantivyDocument, Term, doc};

use crate::HITS;
use crate::corpus::Article;
use crate::queries::{Kind, first as beginning};

/// tantivy with the corpus.
pub struct Raw {
    searcher: Searcher,
    fields: [Field; 2],
}

impl Raw {
    /// Indexes the articles in memory.
    ///
    /// # Errors
    ///
    /// None is expected.
    pub fn new(articles: &[Article]) -> tantivy::Result<Raw> {
        let mut schema = Schema::builder();
        let id = schema.add_text_field("id", STRING | STORED);
        let title = schema.add_text_field("title", TEXT | STORED);
        let body = schema.add_text_field("body", TEXT | STORED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(2, 200_000_000)?;
        for (number, article) in articles.iter().enumerate() {
            writer.add_document(doc!(
                id => number.to_string(),
                title => article.title.as_str(),
                body => article.body.as_str(),
            ))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Raw { searcher: reader.searcher(), fields: [title, body] })
    }

    /// Segments of the index.
    pub fn segments(&self) -> usize {
        self.searcher.segment_readers().len()
    }

    /// The query of a kind that is nearest to the engine's; none for those that tantivy has not.
    pub fn query(&self, kind: Kind, [first, second, _]: &[String; 3]) -> Option<Box<dyn Query>> {
        let (first, second) = (first.to_lowercase(), second.to_lowercase());
        Some(match kind {
            Kind::Word => self.in_either(|field| Box::new(self.term(field, &first))),
            Kind::TwoWords => self.both(Occur::Must, &first, &second),
            Kind::EitherWord => self.both(Occur::Should, &first, &second),
            Kind::Phrase => self.in_either(|field| {
                let terms = [&first, &second].map(|word| Term::from_field_text(field, word));
                Box::new(PhraseQuery::new(terms.into()))
            }),
            Kind::FuzzyWord => self.in_either(|field| {
                let term = Term::from_field_text(field, &first);
                Box::new(FuzzyTermQuery::new(term, 1, true))
            }),
            Kind::Prefix(letters) => {
                let pattern = format!("{}.*", beginning(&first, letters));
                let of = |field| RegexQuery::from_pattern(&pattern, field).ok();
                let [title, body] = [of(self.fields[0])?, of(self.fields[1])?];
                let should = |query: RegexQuery| (Occur::Should, Box::new(query) as Box<dyn Query>);
                Box::new(BooleanQuery::new(vec![should(title), should(body)]))
            }
            _ => return None,
        })
    }

    /// The same for the beginning of a word, with tantivy's own query for beginnings.
    pub fn beginning(&self, letters: usize, [first, ..]: &[String; 3]) -> Box<dyn Query> {
        let first = beginning(&first.to_lowercase(), letters);
        self.in_either(|field| {
            let term = Term::from_field_text(field, &first);
            Box::new(FuzzyTermQuery::new_prefix(term, 0, true))
        })
    }

    fn both(&self, occur: Occur, first: &str, second: &str) -> Box<dyn Query> {
        let clause = |word| (occur, self.in_either(|field| Box::new(self.term(field, word))));
        Box::new(BooleanQuery::new([first, second].map(clause).into()))
    }

    fn term(&self, field: Field, word: &str) -> TermQuery {
        TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs)
    }

    fn in_either(&self, of: impl Fn(Field) -> Box<dyn Query>) -> Box<dyn Query> {
        Box::new(BooleanQuery::new(self.fields.map(|field| (Occur::Should, of(field))).into()))
    }

    /// Answers a query: documents in all, and the best with their texts, read from the store.
    pub fn search(&self, query: &dyn Query) -> usize {
        let collectors = (TopDocs::with_limit(HITS).order_by_score(), Count);
        let Ok((best, total)) = self.searcher.search(query, &collectors) else { return 0 };
        for (_, address) in best {
            let document: tantivy::Result<TantivyDocument> = self.searcher.doc(address);
            std::hint::black_box(document.ok());
        }
        total
    }
}
