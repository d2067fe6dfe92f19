//! The real command in a temporary folder, as people and programs call it.

// A test that cannot set the scene has failed.
#![allow(clippy::unwrap_used)]

mod bad_input;
mod explain;
mod harness;
mod kwic;
mod languages;
mod many;
mod names;
mod never_stale;
mod noise;
mod search;
mod seeds;
mod similar;
