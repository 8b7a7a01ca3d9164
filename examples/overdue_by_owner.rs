//! Lists the overdue actions of a plan, owner by owner.
//!
//! `cargo run --example overdue_by_owner [PLAN.md] [DAY]`

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // a program, not the library

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;

use planwright::{
    Action, Format, ImportOptions, Position, PublishOptions, import, publish, read, review,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().unwrap_or_else(|| "fixtures/hampshire-2011/plan.md".to_owned());
    let day = arguments.next().map(|day| day.parse()).transpose()?;

    let source = read(&fs::read(file)?, Format::Markdown)?;
    let imported = import(source, &ImportOptions { as_of: day, ..ImportOptions::default() });
    let plan = publish(imported.plan, &PublishOptions::internal());
    let looked_at = review(&plan, day);

    let mut overdue: BTreeMap<&str, Vec<&Action>> = BTreeMap::new();
    for reviewed in plan.plan().actions_with(&looked_at) {
        if matches!(reviewed.position(), Position::Overdue { .. }) {
            for owner in &reviewed.action().owners {
                overdue.entry(owner).or_default().push(reviewed.action());
            }
        }
    }
    for (owner, actions) in overdue {
        println!("{owner}");
        for action in actions {
            let target = action.target.as_ref().map_or("no target date", |t| &t.text);
            println!("  {} {} (target date {target})", action.reference, action.action);
        }
    }
    Ok(())
}
