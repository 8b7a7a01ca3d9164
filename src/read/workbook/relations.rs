//! Which part of a package belongs to which: each part may name others, by a number and a kind.

use std::collections::HashMap;

use crate::error::Error;
use crate::limits::Limits;

use super::package::ZipPackage;
use super::xml::{XmlEvent, XmlReader, attribute, decoded};

/// The parts that one part names.
#[derive(Debug, Default)]
pub(crate) struct Relationships {
    /// The kind and name of each part, in order of the file.
    parts: Vec<(String, String)>,
    /// Where each of them stands, by its number.
    places: HashMap<String, usize>,
    /// The addresses outside the package, by their numbers.
    targets: HashMap<String, String>,
}

impl Relationships {
    /// What the package itself names: its main part among others.
    pub(crate) fn of_package(package: &mut ZipPackage<'_>, limits: &Limits) -> Result<Self, Error> {
        Self::read(package, "_rels/.rels", "", limits)
    }

    /// What a part names.
    pub(crate) fn of(
        package: &mut ZipPackage<'_>,
        part: &str,
        limits: &Limits,
    ) -> Result<Self, Error> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let separator = if folder.is_empty() { "" } else { "/" };
        Self::read(package, &format!("{folder}{separator}_rels/{name}.rels"), folder, limits)
    }

    fn read(
        package: &mut ZipPackage<'_>,
        name: &str,
        folder: &str,
        limits: &Limits,
    ) -> Result<Self, Error> {
        let Some(part) = package.part(name)? else { return Ok(Self::default()) };
        let part = decoded(&part);
        let mut xml = XmlReader::new(&part, limits);
        let mut relations = Self::default();
        while let Some(event) = xml.next()? {
            let (XmlEvent::Start(tag) | XmlEvent::Empty(tag)) = event else { continue };
            if tag.name != "Relationship" {
                continue;
            }
            let value = |name| attribute(&tag, name).unwrap_or_default().into_owned();
            let (id, target) = (value("Id"), value("Target"));
            if value("TargetMode").eq_ignore_ascii_case("External") {
                relations.targets.insert(id, target);
            } else {
                let kind = value("Type").rsplit('/').next().unwrap_or_default().to_owned();
                relations.places.insert(id, relations.parts.len());
                relations.parts.push((kind, inside(folder, &target)));
            }
        }
        Ok(relations)
    }

    /// The kind and name of the part with this number.
    pub(crate) fn get(&self, id: &str) -> Option<(&str, &str)> {
        let (kind, part) = self.parts.get(*self.places.get(id)?)?;
        Some((kind, part))
    }

    /// The name of the first part of this kind.
    pub(crate) fn first(&self, kind: &str) -> Option<&str> {
        self.parts
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(kind))
            .map(|(_, part)| part.as_str())
    }

    /// The names of all parts of this kind, in the order of the file.
    pub(crate) fn all<'r>(&'r self, kind: &'r str) -> impl Iterator<Item = &'r str> {
        self.parts
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(kind))
            .map(|(_, part)| part.as_str())
    }

    /// The address outside the package with this number, if it is a web page or a mailbox: nothing
    /// else means anything to those who read the plan.
    pub(crate) fn link(&self, id: &str) -> Option<&str> {
        self.targets.get(id).map(String::as_str).filter(|target| is_public(target))
    }

    /// The address outside the package with this number, whatever it is.
    pub(crate) fn target(&self, id: &str) -> Option<&str> {
        self.targets.get(id).map(String::as_str)
    }

    /// Relations that are only links, for tests.
    #[cfg(test)]
    pub(crate) fn of_links(links: &[(&str, &str)]) -> Self {
        let targets =
            links.iter().map(|(id, target)| ((*id).to_owned(), (*target).to_owned())).collect();
        Self { targets, ..Self::default() }
    }
}

/// Whether an address is a web page or a mailbox.
pub(crate) fn is_public(target: &str) -> bool {
    let start = target.get(..8).unwrap_or(target).to_ascii_lowercase();
    ["http://", "https://", "mailto:"].iter().any(|scheme| start.starts_with(scheme))
}

/// The name of a part that stands beside others in a folder.
fn inside(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> =
        if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_their_folder() {
        assert_eq!(inside("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(inside("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(inside("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(inside("", "./xl/workbook.xml"), "xl/workbook.xml");
        assert_eq!(inside("", "../../x"), "x");
    }
}
