//! The query language: what each construction is read as, what is remarked, and what is an error.

#![allow(clippy::unwrap_used, clippy::type_complexity)]

mod fields;
mod laws;
mod limits;
mod operators;
mod remarks;
mod words;

use std::time::{Duration, Instant};

use dossier_engine::{
    Date, DateCondition, Dates, NoticeKind, Parsed, Period, Phrase, Query, QueryErrorKind as Kind,
    QueryField, Word, WordMode,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// How long reading a query may take. Without optimisation, and on a busy machine, it takes longer than
/// the 200 milliseconds that nobody notices.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 1 });

/// A query that cannot be searched: text, what is wrong, where, and what is suggested.
type Refused<'t> = (&'t str, Kind, &'t str, Option<&'t str>);

/// A query that is read: text, how it prints, and what is remarked about which part.
type Read<'t> = (&'t str, &'t str, &'t [(NoticeKind, &'t str)]);

/// What printing and parsing again changes, if anything.
fn fault_of_inverse(query: &Query) -> Option<String> {
    let printed = query.to_string();
    match Query::parse(&printed) {
        Ok(again) if again.query == *query => None,
        Ok(again) => Some(format!("'{printed}' is {:?}, not {query:?}", again.query)),
        Err(error) => Some(format!("'{printed}': {error}")),
    }
}

#[track_caller]
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Each text must print so, without a remark.
#[track_caller]
fn read(cases: &[(&str, &str)]) {
    let cases: Vec<_> = cases.iter().map(|(text, printed)| (*text, *printed, &[][..])).collect();
    read_with_notices(&cases);
}

/// Each text must print so, with these remarks: kind, and the text they are about.
#[track_caller]
fn read_with_notices(cases: &[Read<'_>]) {
    let mut faults = Vec::new();
    for (text, printed, notices) in cases {
        let parsed = match Query::parse(text) {
            Ok(parsed) => parsed,
            Err(error) => {
                faults.push(format!("{text}: {error}"));
                continue;
            }
        };
        let found: Vec<_> = parsed
            .notices
            .iter()
            .map(|notice| (notice.kind.clone(), &text[notice.span.clone()]))
            .collect();
        if parsed.query.to_string() != *printed || found != *notices {
            faults.push(format!("{text}: {} {found:?}", parsed.query));
        }
        faults.extend(fault_of_inverse(&parsed.query).map(|fault| format!("{text}: {fault}")));
        assert!(parsed.notices.iter().all(|notice| !notice.message.is_empty()), "{text}");
    }
    none(faults);
}

/// Each text must be refused so.
#[track_caller]
fn refused(cases: &[Refused<'_>]) {
    let mut faults = Vec::new();
    for (text, kind, at, suggestion) in cases {
        let error = match Query::parse(text) {
            Ok(parsed) => {
                faults.push(format!("{text}: read as {}", parsed.query));
                continue;
            }
            Err(error) => error,
        };
        let found = (error.kind(), text.get(error.span()).unwrap_or("outside"), error.suggestion());
        if found != (*kind, *at, *suggestion) {
            faults.push(format!("{text}: {found:?}"));
        }
        let message = error.to_string();
        assert!(message.contains(&format!("at byte {}", error.span().start)), "{text}: {message}");
        assert_eq!(text.parse::<Query>().unwrap_err(), error, "{text}");
    }
    none(faults);
}
