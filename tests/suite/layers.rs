//! The modules of the library depend on one another in one direction.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // a test reads files, and has failed if it cannot

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What a file says before its tests, without comments.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    code.lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The files of a module, by its name in the crate.
fn modules() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut modules = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let inside = path.strip_prefix(&root).unwrap().with_extension("");
            let name = inside.iter().next().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs")
                && !["lib", "main", "cli"].contains(&name.as_str())
                && inside.file_name().is_some_and(|file| file != "tests")
            {
                *modules.entry(name).or_insert_with(String::new) += &code(&path);
            }
        }
    }
    modules
}

/// What is called by the root of the crate, and the module that it comes from.
fn names_of_root() -> BTreeMap<String, String> {
    let root = code(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"));
    let mut names = BTreeMap::new();
    for exported in root.split("pub use ").skip(1) {
        let (module, rest) = exported.split_once("::").unwrap();
        let items = rest.split(';').next().unwrap_or_default();
        let items = items.rsplit("::").next().unwrap_or_default();
        for name in items.split(|c: char| !c.is_alphanumeric() && c != '_') {
            names.insert(name.to_owned(), module.to_owned());
        }
    }
    names
}

#[test]
fn no_module_depends_on_itself_by_way_of_others() {
    let (modules, names) = (modules(), names_of_root());
    let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (module, code) in &modules {
        for used in code.split("crate::").skip(1) {
            // `crate::{a::B, C}` names several
            let list = used.strip_prefix('{').and_then(|list| list.split('}').next());
            for one in list.unwrap_or(used).split(", ") {
                let name: String =
                    one.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let known = modules.get_key_value(&name).map(|(module, _)| module);
                if let Some(other) = known.or_else(|| names.get(&name)).filter(|o| *o != module) {
                    needs.entry(module).or_default().insert(other);
                }
                if list.is_none() {
                    break;
                }
            }
        }
    }
    assert!(needs.len() > 20, "{}", needs.len());
    // modules that need none of those that are left are taken away, until only circles are left
    loop {
        let left: BTreeSet<&str> = needs.keys().copied().collect();
        needs.retain(|_, others| others.iter().any(|other| left.contains(other)));
        if needs.len() == left.len() {
            break;
        }
    }
    assert_eq!(needs, BTreeMap::new(), "each of these depends on itself or on such a module");
}
