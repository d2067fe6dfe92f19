//! Files that are broken, hostile or not what they are called, given to the real command: each
//! costs little, has its reason in the summary, and the others are indexed all the same. And queries
//! that nobody types by hand.
//!
//! What it costs is asked of the operating system: the processor time of each run, and the most
//! memory that any run so far had at once.

#![cfg(unix)]
// A test that cannot set the scene has failed.
#![allow(clippy::unwrap_used)]

mod bombs;
mod cost;
#[path = "../../../dossier-files/tests/common/mod.rs"]
mod files;
mod formats;
#[path = "../command/harness.rs"]
#[allow(dead_code)]
mod harness;
mod huge;
mod kinds;
mod markup;
mod queries;
