//! Tests that compare an output with all that the report says, and so see what only the crate sees.
//! They are compiled with the library: `cargo test --lib inside::`.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test that cannot read its files has failed
#![allow(dead_code)] // the integration tests use the rest of what both share

#[path = "../suite/anyplan.rs"]
mod anyplan;
mod calendar;
mod changes;
mod edge;
#[path = "../suite/fixture.rs"]
mod fixture;
mod html;
mod labels;
mod layout;
mod links;
mod pdf;
#[path = "../suite/plans.rs"]
mod plans;
mod published;
#[path = "../suite/whole.rs"]
mod whole;
mod xlsx;
