//! What speaks for and against a boundary between two owners.

use crate::vocabulary::roles;
use crate::vocabulary::roles::{OwnerKind, OwnerShape};

use super::{NameSegment, NameSeparator, SplitCertainty};

/// Whether a separator parts two owners; none if it stands inside a name.
pub(super) fn boundary(
    before: NameSegment<'_>,
    separator: NameSeparator,
    after: NameSegment<'_>,
) -> Option<SplitCertainty> {
    if before.is_known && after.is_known && !before.has_separators && !after.has_separators {
        return Some(SplitCertainty::Known);
    }
    if separator == NameSeparator::And {
        let (left, right) = (before.text.to_lowercase(), after.text.to_lowercase());
        if roles::belong_together(&left, &right) {
            return None;
        }
    }
    let (Some(x), Some(y)) = (before.shape, after.shape) else {
        return boundary_of_unknown(before, separator, after);
    };
    let is_one_word = |segment: NameSegment<'_>| {
        !segment.text.contains(|c: char| c.is_whitespace() || c == '@' || c == '.')
    };
    match (x.kind, y.kind) {
        (OwnerKind::Person, OwnerKind::Person) => {
            let given_names = is_one_word(before) || is_one_word(after);
            Some(if given_names { SplitCertainty::Doubtful } else { SplitCertainty::Sure })
        }
        (OwnerKind::Person, OwnerKind::Post) => match separator {
            // "Jane Smith - Deputy Head & SENCo", "Jane Smith, Headteacher" are one
            _ if before.text.contains(" - ") || before.text.contains(" – ") => None,
            NameSeparator::Comma if !y.is_plural() && !before.has_separators => None,
            NameSeparator::Comma | NameSeparator::Slash { .. } if !y.is_plural() => {
                Some(SplitCertainty::Doubtful)
            }
            _ => Some(SplitCertainty::Sure),
        },
        (OwnerKind::Person, OwnerKind::Body) => {
            let sure = separator != NameSeparator::Comma
                || y.is_gathering()
                || y.is_plural()
                || y.is_people();
            Some(if sure { SplitCertainty::Sure } else { SplitCertainty::Doubtful })
        }
        (OwnerKind::Person, OwnerKind::Department) => {
            (separator != NameSeparator::Comma).then_some(SplitCertainty::Doubtful)
        }
        (OwnerKind::Post, OwnerKind::Person) => {
            Some(if separator == NameSeparator::Comma && !x.is_plural() {
                SplitCertainty::Doubtful
            } else {
                SplitCertainty::Sure
            })
        }
        (OwnerKind::Body, OwnerKind::Person) => Some(SplitCertainty::Sure),
        (OwnerKind::Department, OwnerKind::Person) => Some(SplitCertainty::Doubtful),
        (_, OwnerKind::Post) => boundary_before_post(before, x, separator, after, y),
        (_, OwnerKind::Body) => boundary_before_body(before, x, separator, after, y),
        (_, OwnerKind::Department) => boundary_before_department(x, separator),
    }
}

/// A word that no list has may be a name beside one that is.
fn boundary_of_unknown(
    before: NameSegment<'_>,
    separator: NameSeparator,
    after: NameSegment<'_>,
) -> Option<SplitCertainty> {
    if before.has_separators || after.has_separators {
        return None;
    }
    // "SMITH, Mary"
    let is_reversed = matches!(separator, NameSeparator::Comma)
        && roles::is_surname_in_capitals(before.text)
        && after.shape.is_some_and(|shape| shape.kind == OwnerKind::Person)
        && !after.text.contains(char::is_whitespace);
    if is_reversed {
        return None;
    }
    let beside = match (before.shape, after.shape) {
        (Some(shape), None) => {
            if shape.subject_follows && !after.is_known
                || shape.kind == OwnerKind::Post && shape.needs_a_subject()
            {
                return None;
            }
            (shape, after.text)
        }
        (None, Some(shape)) => {
            if !shape.is_bare && shape.kind != OwnerKind::Person {
                return None;
            }
            (shape, before.text)
        }
        _ => return None,
    };
    let (shape, unknown) = beside;
    let is_full_person = shape.kind == OwnerKind::Person
        && [before.text, after.text].iter().any(|text| text.contains(' '));
    let acronym = roles::is_unknown_acronym(unknown, before.added)
        && (shape.kind != OwnerKind::Department || separator == NameSeparator::Comma);
    let known = before.is_known || after.is_known;
    (is_full_person || acronym || known && shape.kind == OwnerKind::Person)
        .then_some(SplitCertainty::Doubtful)
}

fn boundary_before_post(
    before: NameSegment<'_>,
    x: OwnerShape,
    separator: NameSeparator,
    after: NameSegment<'_>,
    y: OwnerShape,
) -> Option<SplitCertainty> {
    let joins = !matches!(separator, NameSeparator::With | NameSeparator::Slash { spaced: true });
    // "Police and Crime Commissioner", "Finance/HR Lead"
    if joins
        && x.may_be_a_subject()
        && !y.is_bare
        && !y.subject_follows
        && !(x.is_acronym && y.is_plural())
    {
        return (separator == NameSeparator::Comma && x.is_acronym)
            .then_some(SplitCertainty::Doubtful);
    }
    if x.kind == OwnerKind::Department {
        return (separator != NameSeparator::And).then_some(SplitCertainty::Doubtful);
    }
    // "Team Leader/Manager"
    if separator == (NameSeparator::Slash { spaced: false })
        && !x.is_bare
        && y.is_bare
        && y.needs_a_subject()
    {
        return None;
    }
    // "Schools and Partnerships Manager", "Deputy and Assistant Headteachers"
    if separator == NameSeparator::And && x.is_bare && !y.is_bare && !y.subject_follows {
        let is_modifier =
            x.is_plural() && (x.kind == OwnerKind::Body || roles::begins_with_a_plural(after.text));
        if is_modifier
            || x.kind == OwnerKind::Post && x.needs_a_subject() && !x.is_plural() && y.is_plural()
        {
            return None;
        }
        if x.is_plural() {
            return Some(SplitCertainty::Doubtful);
        }
    }
    // "Chair of Governors and Trustees"
    if separator == NameSeparator::And && x.subject_follows && y.is_bare && y.is_plural() {
        return if roles::ends_in_a_role(before.text, before.added) {
            None
        } else {
            Some(SplitCertainty::Doubtful)
        };
    }
    Some(SplitCertainty::Sure)
}

fn boundary_before_body(
    before: NameSegment<'_>,
    x: OwnerShape,
    separator: NameSeparator,
    after: NameSegment<'_>,
    y: OwnerShape,
) -> Option<SplitCertainty> {
    let joins = !matches!(separator, NameSeparator::With | NameSeparator::Slash { spaced: true });
    if !joins {
        return Some(SplitCertainty::Sure);
    }
    // "Director of Education and Children's Services", "Head of Performance and Partnerships"
    if x.subject_follows {
        let of_a_body =
            x.kind == OwnerKind::Body || roles::ends_in_a_role(before.text, before.added);
        let heads_a_body = before.has_separators || y.is_team();
        let chairs = x.kind == OwnerKind::Post && !x.needs_a_subject() && !of_a_body;
        return match separator {
            _ if chairs && !y.is_acronym => None,
            _ if y.is_acronym && y.is_gathering() => Some(SplitCertainty::Sure),
            NameSeparator::Comma if y.is_gathering() && !y.is_bare && !after.has_separators => {
                Some(SplitCertainty::Sure)
            }
            // "Chair of Audit and Risk Committee", "Head of Fostering and Adoption Team"
            NameSeparator::And | NameSeparator::Slash { .. } if heads_a_body && !of_a_body => None,
            _ if y.is_gathering() && !y.is_bare => Some(SplitCertainty::Doubtful),
            _ if y.is_gathering() && of_a_body && y.is_bare => Some(SplitCertainty::Doubtful),
            _ => None,
        };
    }
    match x.kind {
        OwnerKind::Department if separator == NameSeparator::And && !y.is_bare => None,
        OwnerKind::Department if after.has_separators && !x.is_acronym => None,
        OwnerKind::Department => Some(SplitCertainty::Doubtful),
        // "Assistant Director, Children's Services"
        OwnerKind::Post
            if separator == NameSeparator::Comma
                && x.needs_a_subject()
                && !x.is_plural()
                && y.is_unit() =>
        {
            None
        }
        // "Parents and Friends Association"
        OwnerKind::Post | OwnerKind::Body
            if x.is_bare && !y.is_bare && !x.is_acronym && (x.is_plural() || x.is_people()) =>
        {
            let is_modifier = x.kind == OwnerKind::Body && separator == NameSeparator::And
                || roles::begins_with_a_plural(after.text);
            let in_a_list = separator == NameSeparator::Comma && after.has_separators;
            (!is_modifier && !in_a_list).then_some(SplitCertainty::Sure)
        }
        _ if x.may_be_a_subject()
            && !y.is_bare
            && (separator != NameSeparator::Comma || after.has_separators) =>
        {
            (x.is_acronym).then_some(SplitCertainty::Doubtful)
        }
        OwnerKind::Body
            if x.is_unit() && !x.is_bare && y.is_unit() && separator == NameSeparator::And =>
        {
            Some(SplitCertainty::Doubtful)
        }
        _ => Some(SplitCertainty::Sure),
    }
}

fn boundary_before_department(x: OwnerShape, separator: NameSeparator) -> Option<SplitCertainty> {
    if x.subject_follows || separator == NameSeparator::And && x.kind == OwnerKind::Department {
        return None;
    }
    match separator {
        NameSeparator::Slash { spaced: false } => None,
        // "Service Manager, Finance"
        NameSeparator::Comma
            if x.kind == OwnerKind::Post && x.needs_a_subject() && !x.is_plural() =>
        {
            None
        }
        _ => Some(SplitCertainty::Doubtful),
    }
}
