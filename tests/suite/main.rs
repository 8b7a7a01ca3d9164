//! The integration tests, in one binary: each binary links the whole library again.
//!
//! `cargo test --test suite import::` runs one module.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its files has failed

mod agenda;
mod any_input;
mod anyplan;
mod around;
mod checklist;
mod checklist_parts;
mod cli;
mod corpus;
mod cycle;
mod damage;
mod examples;
mod fixture;
mod hidden;
mod import;
mod kept_together;
mod known;
mod laid_out;
mod layers;
mod leaks;
mod left_out;
mod limits;
mod merge_rules;
mod merges;
mod plans;
mod public_names;
mod publish;
mod publisher;
mod recount;
mod returns;
mod roundtrip;
mod safety;
mod since;
mod staff_columns;
mod text;
mod welsh;
mod whole;
mod words;
