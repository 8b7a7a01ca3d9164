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

/// What each file says, by the path of its module: `read/html/words`.
fn files() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let inside = path.strip_prefix(&root).unwrap().with_extension("");
            let is_code = path.extension().is_some_and(|extension| extension == "rs")
                && inside.file_name().is_some_and(|file| file != "tests");
            if path.is_dir() {
                folders.push(path);
            } else if is_code && !["lib", "main"].map(Path::new).contains(&inside.as_path()) {
                files.insert(inside.to_str().unwrap().replace('\\', "/"), code(&path));
            }
        }
    }
    files
}

/// What the files of each module of the library say.
fn modules() -> BTreeMap<String, String> {
    let mut modules = BTreeMap::new();
    for (path, code) in files() {
        let name = path.split('/').next().unwrap_or_default();
        if name != "cli" {
            *modules.entry(name.to_owned()).or_insert_with(String::new) += &code;
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

/// The paths that a `use` names: `a::{b, c::{self, d}}` names `a::b`, `a::c::self` and `a::c::d`.
fn expanded(path: &str) -> Vec<String> {
    let Some((before, list)) = path.split_once('{') else { return vec![path.trim().to_owned()] };
    let list = list.strip_suffix('}').unwrap_or(list);
    let mut depth = 0;
    let parts = list.split(|c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    let paths = parts.map(str::trim).filter(|part| !part.is_empty()).flat_map(expanded);
    paths.map(|path| before.trim().to_owned() + &path).collect()
}

/// The paths that the code of a file names, re-exports aside.
fn paths(code: &str) -> Vec<String> {
    let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let code = code.replace("{ ", "{").replace(" }", "}");
    let mut paths = Vec::new();
    for statement in code.split(';') {
        if let Some((before, path)) = statement.rsplit_once("use ")
            && path.contains("::")
            && !path.contains(['(', '='])
        {
            if !before.trim_end().ends_with(')') && !before.trim_end().ends_with("pub") {
                paths.extend(expanded(path));
            }
            continue;
        }
        for root in ["crate::", "super::"] {
            for (at, _) in statement.match_indices(root) {
                let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
                if !statement[..at].ends_with(is_path) {
                    paths.push(statement[at..].chars().take_while(|c| is_path(*c)).collect());
                }
            }
        }
    }
    paths
}

/// The file in which a path that is named in a module ends; none if that is not in the crate.
fn file_of<'f>(
    module: &str,
    path: &str,
    files: &'f BTreeMap<String, String>,
) -> Option<&'f String> {
    let mut whole: Vec<&str> = module.split('/').collect();
    for (i, name) in path.split("::").enumerate() {
        match name {
            "crate" => whole.clear(),
            "super" => drop(whole.pop()),
            "self" => {}
            // a name alone is that of a child or of another crate
            _ if i == 0 && !files.contains_key(&format!("{module}/{name}")) => return None,
            name => whole.push(name),
        }
    }
    let ends = (1..=whole.len()).rev();
    ends.filter_map(|end| files.get_key_value(&whole[..end].join("/"))).map(|(file, _)| file).next()
}

#[test]
fn no_more_than_two_files_depend_on_one_another() {
    let files = files();
    let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (module, code) in &files {
        let used = paths(code).into_iter().filter_map(|path| file_of(module, &path, &files));
        // a file may use the one whose part it is
        let others = used.filter(|other| !format!("{module}/").starts_with(&format!("{other}/")));
        needs.insert(module, others.map(String::as_str).collect());
    }
    assert!(needs.values().map(BTreeSet::len).sum::<usize>() > 1000);
    let reached = |from: &str| {
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut next: Vec<&str> = needs[from].iter().copied().collect();
        while let Some(file) = next.pop() {
            if reached.insert(file) {
                next.extend(&needs[file]);
            }
        }
        reached
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        needs.keys().map(|file| (*file, reached(file))).collect();
    let circles: BTreeSet<Vec<&str>> = reached
        .iter()
        .map(|(file, others)| {
            others.iter().copied().filter(|other| reached[other].contains(file)).collect()
        })
        .filter(|circle: &Vec<&str>| circle.len() > 2)
        .collect();
    assert_eq!(circles, BTreeSet::new());
}
