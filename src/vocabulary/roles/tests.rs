use super::*;
use crate::vocabulary::words::NO_WORDS;

const PEOPLE_CELLS: &[&str] = &[
    "Jane Smith",
    "Stella Marsh",
    "Tom Okafor",
    "Mary O'Neill",
    "Jean-Luc Petit",
    "K. Begum",
    "J Smith",
    "J.R. Hartley",
    "Dr Patel",
    "Cllr Anne van der Berg",
    "Mrs Jones",
    "Siân ap Gwilym",
    "Mr. T. Ng",
    "Olena Kovalenko",
    "Nguyen Thi Lan",
    "María José García",
    "דנה כהן",
    "Smith, Jane",
    "j.smith@example.org",
    "Jane Smith <j.smith@x.org>",
    "Jane Smith (Head of HR)",
    "Jane Smith - Headteacher",
    "D’Arcy Wretzky",
    "Mark Young",
    "Helen Bishop",
    "Revd Canon Pugh",
    "Jane",
];
const POST_CELLS: &[&str] = &[
    "Headteacher",
    "Head of Service",
    "Head of HR and OD",
    "A&E General Manager",
    "Service Manager, Assessment",
    "Director of Children's Services",
    "Principal Social Worker",
    "DSL",
    "SENCo",
    "Clerk to the Governors",
    "Ward Managers",
    "Finance/HR Lead",
    "Assistant Headteacher (Inclusion)",
    "Chief Executive",
    "Deputy Chief Nurse",
    "Year 6 Teacher",
    "Pennaeth",
    "Rheolwr Data",
    "Dirprwy Brif Weithredwr",
    "Attendance officer",
    "the Head of Estates",
    "Police and Crime Commissioner",
    "Cadeirydd y Llywodraethwyr",
    "All teachers",
];
const BODY_CELLS: &[&str] = &[
    "Health and Wellbeing Board",
    "Senior Leadership Team",
    "SLT",
    "NHS",
    "Adult Social Care and Health Directorate",
    "All staff",
    "Staff",
    "Finance",
    "HR",
    "Police",
    "Board of Trustees",
    "Office A",
    "Tîm Hyfforddi",
    "Bwrdd Iechyd",
    "Y Cyngor",
    "Youth Offending Service",
    "Schools",
    "Fire & Rescue",
    "Public Health",
];
const OTHER_CELLS: &[&str] = &[
    "Risk Assessment",
    "Recruit to the team",
    "Complete",
    "30 June 2025",
    "Improve attendance",
    "Set up a working group",
    "In progress",
    "Within existing resources",
    "High",
    "R1",
    "Minutes of 12 May",
    "The policy is agreed by the board",
    "",
    "Monthly",
    "Audit Report",
    "Waiting Times",
    "Training log",
];

#[test]
fn people_posts_and_bodies_are_recognised() {
    let kind = |cell: &str| shape(cell, &NO_WORDS).map(|shape| shape.kind);
    let wrong = |cells: &[&'static str], kinds: &[OwnerKind]| {
        let is_wrong = |cell: &&str| !kind(cell).is_some_and(|kind| kinds.contains(&kind));
        cells.iter().copied().filter(is_wrong).collect::<Vec<_>>()
    };
    assert_eq!(wrong(PEOPLE_CELLS, &[OwnerKind::Person]), Vec::<&str>::new());
    assert_eq!(wrong(POST_CELLS, &[OwnerKind::Post]), Vec::<&str>::new());
    assert_eq!(wrong(BODY_CELLS, &[OwnerKind::Body, OwnerKind::Department]), Vec::<&str>::new());
    assert_eq!(
        OTHER_CELLS.iter().filter(|cell| kind(cell).is_some()).collect::<Vec<_>>(),
        Vec::<&&str>::new()
    );
    assert!(
        ["Jane Smith / Head of HR", "HR, Finance", "Head and governors"]
            .into_iter()
            .all(|text| looks_like_owner(text, &NO_WORDS))
    );
}
