//! How a query is printed: in the query language, so that it can be read again.

use std::fmt;

use super::ast::{DateCondition, Dates, Near, Period, Phrase, Query, Word, WordMode};

impl Query {
    /// Whether it is one clause when printed among others.
    fn is_group(&self) -> bool {
        matches!(self, Query::Words(_) | Query::All(_) | Query::Any(_) | Query::Near(_))
    }
}

/// Prints a clause in brackets if it would otherwise fall apart.
struct Clause<'q>(&'q Query);

impl fmt::Display for Clause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_group() { write!(f, "({})", self.0) } else { self.0.fmt(f) }
    }
}

fn join(f: &mut fmt::Formatter<'_>, clauses: &[Query], between: &str) -> fmt::Result {
    for (number, clause) in clauses.iter().enumerate() {
        let between = if number == 0 { "" } else { between };
        write!(f, "{between}{}", Clause(clause))?;
    }
    Ok(())
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Query::Words(clauses) => join(f, clauses, " "),
            Query::All(clauses) => join(f, clauses, " AND "),
            Query::Any(clauses) => join(f, clauses, " OR "),
            Query::Not(clause) => write!(f, "-{}", Clause(clause)),
            Query::In(field, clause) => write!(f, "{}:{}", field.name(), Clause(clause)),
            Query::Word(word) => word.fmt(f),
            Query::Phrase(phrase) => phrase.fmt(f),
            Query::Near(near) => near.fmt(f),
            Query::Dates(dates) => dates.fmt(f),
        }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.mode {
            WordMode::Plain | WordMode::Wildcard => write!(f, "{}", self.text),
            WordMode::Exact => write!(f, "={}", self.text),
            WordMode::Fuzzy(None) => write!(f, "{}~", self.text),
            WordMode::Fuzzy(Some(edits)) => write!(f, "{}~{edits}", self.text),
        }
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"")?;
        for (number, word) in self.words.iter().enumerate() {
            write!(f, "{}{word}", if number == 0 { "" } else { " " })?;
        }
        write!(f, "\"")?;
        match (self.loose, self.gap) {
            (true, _) => write!(f, "~"),
            (false, 0) => Ok(()),
            (false, gap) => write!(f, "~{gap}"),
        }
    }
}

impl fmt::Display for Near {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operator = if self.ordered { "NEAR" } else { "NAH" };
        join(f, &self.operands, &format!(" {operator}/{} ", self.gap))
    }
}

impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "datum:")?;
        match self.condition {
            DateCondition::Unknown => write!(f, "keins"),
            DateCondition::Last(count, period) => {
                let unit = match period {
                    Period::Days => 'd',
                    Period::Weeks => 'w',
                    Period::Months => 'm',
                    Period::Years => 'y',
                };
                write!(f, "{count}{unit}")
            }
            DateCondition::Between(Some(from), Some(to)) if from == to => write!(f, "{from}"),
            // `2024..` before a year would be read as one range with it.
            DateCondition::Between(Some(from), None) => write!(f, ">={from}"),
            DateCondition::Between(None, Some(to)) => write!(f, "<={to}"),
            DateCondition::Between(Some(from), Some(to)) => write!(f, "{from}..{to}"),
            DateCondition::Between(None, None) => write!(f, ">=0001"),
        }
    }
}
