use super::*;
use crate::vocabulary::words::NO_WORDS;

#[test]
fn names_are_told_apart_by_what_the_plan_shows() {
    let cells = [
        "Stuart Ashley",
        "Steve Handforth",
        "Lin Ferguson",
        "Service Leads, District Managers, County Service Managers",
        "Sue Roch with CAMHS Delivery Group",
        "Children in Care Managers",
    ];
    let known = KnownOwners::learn(cells.into_iter(), &NO_WORDS);
    for (cell, expected) in [
        ("Stuart Ashley Jenny Lovell", "Stuart Ashley|Jenny Lovell"),
        ("Lin Ferguson Lisa Humphreys", "Lin Ferguson|Lisa Humphreys"),
        ("Sue Roch Lee Culhane", "Sue Roch|Lee Culhane"),
        ("Sue Roch, Karina Large", "Sue Roch|Karina Large"),
        ("Sue Roch with CAMHS Delivery Group", "Sue Roch|CAMHS Delivery Group"),
        ("Service Lead District Managers", "Service Lead|District Managers"),
        (
            "Steve Handforth with Workforce Development Team District Managers Team Managers",
            "Steve Handforth|Workforce Development Team|District Managers|Team Managers",
        ),
        ("Children in Care Managers", "Children in Care Managers"),
        ("Anna Maria del Rio", "Anna Maria del Rio"),
        ("Jane Smith Mary Jones", "Jane Smith Mary Jones"),
        ("Director of Children's Services", "Director of Children's Services"),
        ("", ""),
    ] {
        assert_eq!(known.read(cell).names.join("|"), expected, "{cell}");
    }
}

#[test]
fn slips_in_names_are_found_and_other_names_are_not() {
    let shown = |names: &[&str]| {
        let found = near_misses(names.iter().copied());
        found
            .iter()
            .map(|m| format!("{} ({}) ~ {} ({})", m.name, m.count, m.like, m.like_count))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        shown(&["Stuart Ashley", "Stuart Ashly", "Stuart Ashley"]),
        ["Stuart Ashly (1) ~ Stuart Ashley (2)"]
    );
    assert_eq!(shown(&["Lin Ferguson", "Lin Fergusson"]).len(), 1);
    assert_eq!(
        shown(&[
            "Team Manager",
            "Team Managers",
            "Joan Smith",
            "Jean Smith",
            "Head of Service",
            "Head of Services"
        ]),
        Vec::<String>::new()
    );
    assert_eq!(shown(&["Alison Carter", "Alistair Carter", "Alison Barter"]), Vec::<String>::new());
}

const CELLS: &[(&str, &str)] = &[
    ("Estates Department: fit the lamps", "Estates Department"),
    (
        "Finance Director: Approve orders, attend training\nStore Managers: Oversee the pilot",
        "Finance Director|Store Managers",
    ),
    ("Head of HR: Jo Lee", "Head of HR: Jo Lee"),
    // one person, post or body, whatever its name contains
    ("Head of HR and OD", "Head of HR and OD"),
    ("Health and Wellbeing Board", "Health and Wellbeing Board"),
    ("A&E General Manager", "A&E General Manager"),
    ("Service Manager, Assessment", "Service Manager, Assessment"),
    ("Director of Adults, Health and Communities", "Director of Adults, Health and Communities"),
    ("Finance/HR Lead", "Finance/HR Lead"),
    ("Assistant Headteacher (Inclusion)", "Assistant Headteacher (Inclusion)"),
    ("Fire & Rescue", "Fire & Rescue"),
    ("Adult Social Care and Health Directorate", "Adult Social Care and Health Directorate"),
    ("Buildings and Estates", "Buildings and Estates"),
    ("Police and Crime Commissioner", "Police and Crime Commissioner"),
    (
        "Director of Education and Children’s Services",
        "Director of Education and Children’s Services",
    ),
    ("Director of Children, Schools and Families", "Director of Children, Schools and Families"),
    ("Head of Learning and Skills Service", "Head of Learning and Skills Service"),
    ("Chair of Finance and Resources Committee", "Chair of Finance and Resources Committee"),
    (
        "Chair of the Audit, Risk and Assurance Committee",
        "Chair of the Audit, Risk and Assurance Committee",
    ),
    ("Chair of Audit and Risk Committee", "Chair of Audit and Risk Committee"),
    ("Head of Fostering and Adoption Team", "Head of Fostering and Adoption Team"),
    ("Planning, Housing and Environment Committee", "Planning, Housing and Environment Committee"),
    ("Assistant Director, Children’s Services", "Assistant Director, Children’s Services"),
    ("Deputy Head, Pastoral", "Deputy Head, Pastoral"),
    ("Patient and Staff Experience Lead", "Patient and Staff Experience Lead"),
    ("Schools and Partnerships Manager", "Schools and Partnerships Manager"),
    ("Parents and Friends Association", "Parents and Friends Association"),
    ("Quality & Safety Matron", "Quality & Safety Matron"),
    ("Learning & Development", "Learning & Development"),
    ("L&D", "L&D"),
    ("Team Leader/Manager", "Team Leader/Manager"),
    ("Jane Smith - Deputy Head & SENCo", "Jane Smith - Deputy Head & SENCo"),
    ("Smith, Jane", "Smith, Jane"),
    ("SMITH, Mary", "SMITH, Mary"),
    ("Mr & Mrs Jones", "Mr & Mrs Jones"),
    ("Jane Smith, Headteacher", "Jane Smith, Headteacher"),
    ("Jane Smith (Head of HR and OD)", "Jane Smith (Head of HR and OD)"),
    ("Jane Smith <j.smith@example.org>", "Jane Smith <j.smith@example.org>"),
    ("j.smith@example.org", "j.smith@example.org"),
    ("Head of\nGovernance", "Head of Governance"),
    ("All staff", "All staff"),
    ("Heads of Year", "Heads of Year"),
    (
        "Executive Director of Strategy, Planning & Performance",
        "Executive Director of Strategy, Planning & Performance",
    ),
    ("Pennaeth Addysg a Phlant", "Pennaeth Addysg a Phlant"),
    ("Housing and Planning", "Housing and Planning"),
    ("Equality, Diversity and Inclusion Lead", "Equality, Diversity and Inclusion Lead"),
    ("Waste/Recycling Officer", "Waste/Recycling Officer"),
    // several
    ("Police, Fire & Rescue, NHS", "Police|Fire & Rescue|NHS"),
    ("Headteacher and Chair of Governors", "Headteacher|Chair of Governors"),
    ("Director of Nursing / Medical Director", "Director of Nursing|Medical Director"),
    ("Jane Smith and Tom Okafor", "Jane Smith|Tom Okafor"),
    ("Jane Smith, Tom Okafor & Priya Shah", "Jane Smith|Tom Okafor|Priya Shah"),
    ("K. Brown/L. Shah", "K. Brown|L. Shah"),
    ("Dr O’Neill, Mrs van der Berg and Cllr Huws", "Dr O’Neill|Mrs van der Berg|Cllr Huws"),
    ("Jane Smith / Improvement Board", "Jane Smith|Improvement Board"),
    ("Jane Smith with Workforce Development Team", "Jane Smith|Workforce Development Team"),
    (
        "Jane Smith, Head of HR and Tom Okafor, Head of IT",
        "Jane Smith, Head of HR|Tom Okafor, Head of IT",
    ),
    ("Jane Smith; Head of Estates and Facilities", "Jane Smith|Head of Estates and Facilities"),
    ("Jane Smith\nTom Okafor", "Jane Smith|Tom Okafor"),
    ("- Jane Smith\n- Tom Okafor", "Jane Smith|Tom Okafor"),
    ("SENCo, DSL", "SENCo|DSL"),
    ("Headteacher/SENCo", "Headteacher|SENCo"),
    ("SLT and subject leaders", "SLT|subject leaders"),
    ("Clerk and councillors", "Clerk|councillors"),
    (
        "Chief Nurse, Medical Director and Chief Operating Officer",
        "Chief Nurse|Medical Director|Chief Operating Officer",
    ),
    ("Head of HR, Health and Wellbeing Board", "Head of HR|Health and Wellbeing Board"),
    ("Pennaeth a Chadeirydd y Llywodraethwyr", "Pennaeth|Chadeirydd y Llywodraethwyr"),
    ("j.smith@example.org, p.shah@example.org", "j.smith@example.org|p.shah@example.org"),
    ("Headteacher + governors", "Headteacher|governors"),
    (
        "Director of Adults, Health & Communities / Estates & Facilities Manager",
        "Director of Adults, Health & Communities|Estates & Facilities Manager",
    ),
    ("Zainab al-Rashid / Water Hygiene", "Zainab al-Rashid|Water Hygiene"),
    ("Station Manager Paul Jones and Cllr Huws", "Station Manager Paul Jones|Cllr Huws"),
    ("Residents and Relatives Committee", "Residents and Relatives Committee"),
    ("Police and Fire Service", "Police|Fire Service"),
    // sentences
    ("Head to lead, supported by the SENCo and reported to governors each term", "Head|SENCo"),
    ("J Smith (until June), then P Shah", "J Smith|P Shah"),
    ("This will be led by the Head of Estates", "Head of Estates"),
    (
        "The project manager watches this risk, as he/she has a good grip on the scope and the people.",
        "project manager",
    ),
    ("Lead: Jane Smith; support: Finance Team", "Jane Smith|Finance Team"),
    ("Jane Smith, with support from HR", "Jane Smith|HR"),
    (
        "Deputy Head will coordinate with the subject leaders by Easter",
        "Deputy Head|subject leaders",
    ),
    // none, and marks
    ("TBC", ""),
    ("N/A", ""),
    ("-", ""),
    ("To be confirmed", ""),
    ("Office A*", "Office A"),
    ("Office A[^2]", "Office A"),
    ("Parks Team2", "Parks Team"),
    ("Jane Smith†", "Jane Smith"),
    ("Jane Smith¹ and TBC", "Jane Smith"),
];

#[test]
fn an_owner_cell_names_its_owners() {
    let mut wrong = Vec::new();
    for (cell, expected) in CELLS {
        let known = KnownOwners::learn([*cell].into_iter(), &NO_WORDS);
        let found = known.read(cell).names.join("|");
        if found != *expected {
            wrong.push(format!("{cell}: {found}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), CELLS.len(), wrong.join("\n"));
}
