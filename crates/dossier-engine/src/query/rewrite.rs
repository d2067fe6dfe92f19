//! A query read more strictly, or more loosely, than it was typed.

use super::{Phrase, Query, Word, WordMode};

impl Query {
    /// Every plain word in the spelling typed only, as `=Wort` is: no other forms, parts of
    /// compounds, names or folded letters.
    ///
    /// ```
    /// use dossier_engine::Query;
    ///
    /// let typed: Query = "Müller \"Kim Jong Un\"".parse()?;
    /// assert_eq!(typed.exactly(), "=Müller =\"Kim Jong Un\"".parse()?);
    /// # Ok::<(), dossier_engine::QueryError>(())
    /// ```
    pub fn exactly(mut self) -> Query {
        self.reread(&|word| set_mode(word, WordMode::Exact), &|phrase| {
            phrase.loose = false;
            phrase.words.iter_mut().for_each(|word| set_mode(word, WordMode::Exact));
        });
        self
    }

    /// Every plain word with typing errors, as `Wort~` is.
    ///
    /// ```
    /// use dossier_engine::Query;
    ///
    /// let typed: Query = "Müller \"Kim Jong Un\"".parse()?;
    /// assert_eq!(typed.fuzzily(), "Müller~ \"Kim Jong Un\"~".parse()?);
    /// # Ok::<(), dossier_engine::QueryError>(())
    /// ```
    pub fn fuzzily(mut self) -> Query {
        let fuzzy = |word: &mut Word| set_mode(word, WordMode::Fuzzy(None));
        self.reread(&fuzzy, &|phrase| {
            // A phrase is loose or has a gap, and some word of it must be able to vary.
            let plain = |word: &Word| word.mode == WordMode::Plain;
            if phrase.gap == 0 && phrase.words.iter().any(plain) {
                phrase.loose = true;
            } else {
                phrase.words.iter_mut().for_each(fuzzy);
            }
        });
        self
    }

    /// Changes the words and phrases that are looked for in texts; names of sources and the like
    /// are taken as they are anyway.
    fn reread(&mut self, of_word: &dyn Fn(&mut Word), of_phrase: &dyn Fn(&mut Phrase)) {
        match self {
            Query::Words(clauses) | Query::All(clauses) | Query::Any(clauses) => {
                clauses.iter_mut().for_each(|clause| clause.reread(of_word, of_phrase));
            }
            Query::In(field, _) if !field.is_text() => {}
            Query::Not(clause) | Query::In(_, clause) => clause.reread(of_word, of_phrase),
            Query::Word(word) => of_word(word),
            Query::Phrase(phrase) => of_phrase(phrase),
            Query::Near(near) => {
                near.operands.iter_mut().for_each(|operand| operand.reread(of_word, of_phrase));
            }
            Query::Dates(_) => {}
        }
    }
}

/// Of a word that says nothing of how it is meant.
fn set_mode(word: &mut Word, mode: WordMode) {
    if word.mode == WordMode::Plain {
        word.mode = mode;
    }
}
