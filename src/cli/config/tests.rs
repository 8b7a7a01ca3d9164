use super::*;

/// The template with every setting in it set.
fn uncommented() -> String {
    let is_setting = |line: &str| {
        line.strip_prefix('#').is_some_and(|rest| !rest.is_empty() && !rest.starts_with(' '))
    };
    TEMPLATE
        .lines()
        .map(|line| if is_setting(line) { &line[1..] } else { line })
        .fold(String::new(), |all, line| all + line + "\n")
}

#[test]
fn the_template_sets_nothing_and_shows_every_default() {
    let unset = Settings::read(TEMPLATE.as_bytes(), NAME).unwrap();
    assert!(
        unset.columns.is_empty()
            && unset.words.words() == ExtraWords::default()
            && unset.scheme().is_none()
            && unset.dates.financial_year_starts.is_none()
    );
    let defaults = planwright::ImportOptions::default();
    let set = Settings::read(uncommented().as_bytes(), NAME).unwrap();
    assert_eq!(set.scheme(), Some(&Scheme::default()));
    assert_eq!(set.dates.financial_year_starts, Some(Month(defaults.year_starts)));
    assert_eq!(set.reading.sheets, defaults.sheets);
    assert_eq!(set.reading.include_hidden, defaults.include_hidden);
    assert_eq!(set.reading.stitch, Some(defaults.stitch));
    assert_eq!(set.publish.audience, Some(Audience::Internal));
    assert_eq!(set.publish.layout, Some(PlanForm::Table));
    assert_eq!(set.publish.profile, Some(WorkbookProfile::Review));
    assert_eq!(set.publish.contact, "");
    assert_eq!(set.publish.paper, Some(PaperSize::A4));
    assert_eq!(set.publish.lang, Some(Language::English));
    assert_eq!(
        (set.publish.leave_out.len(), set.publish.internal.len(), set.publish.hidden),
        (1, 2, false),
        "examples"
    );
    assert_eq!(set.publish.people(), [Person::new("Jo Lee").with_role("Head of Service")]);
    assert_eq!(set.pack.sections.as_deref(), Some(PackSection::ALL));
    let examples_aside =
        BrandSettings { logo: None, font: None, font_bold: None, font_italic: None, ..set.brand };
    let brand =
        BrandSettings { font_bold_italic: None, font_fallback: Vec::new(), ..examples_aside }
            .brand("", NAME, Path::new(""))
            .unwrap();
    assert_eq!(brand, Brand::default());
    assert!(set.columns.contains_key("Lead officer"));
    assert_ne!(set.words.words(), defaults.words);
    assert!(Category::ALL.iter().all(|category| TEMPLATE.contains(category.name())));
    assert!(Field::ALL.iter().all(|field| TEMPLATE.contains(field.name())));
}

#[cfg(unix)]
#[test]
#[expect(clippy::disallowed_methods, reason = "tests make files")]
fn logos_and_fonts_are_regular_files_in_the_folder_of_the_settings() {
    use std::fs;
    use std::os::unix::fs::symlink;
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("plans");
    fs::create_dir_all(folder.join("fonts")).unwrap();
    fs::write(outer.path().join("outside.svg"), "<svg/>").unwrap();
    fs::write(folder.join("inside.svg"), "<svg/>").unwrap();
    symlink(outer.path().join("outside.svg"), folder.join("link.svg")).unwrap();
    symlink(folder.join("inside.svg"), folder.join("within.svg")).unwrap();
    symlink("/dev/zero", folder.join("zero.svg")).unwrap();
    let is_made = std::process::Command::new("mkfifo")
        .arg(folder.join("pipe.svg"))
        .status()
        .is_ok_and(|status| status.success());
    fs::File::create(folder.join("large.svg")).unwrap().set_len(33 << 20).unwrap();
    let refused = |named: &str| files::read_of_settings(&folder, Path::new(named)).unwrap().err();
    for (named, why) in [
        ("../outside.svg", "is not inside the folder of the settings"),
        ("link.svg", "is not inside the folder of the settings"),
        ("/etc/passwd", "is not inside the folder of the settings"),
        ("/dev/zero", "is not inside the folder of the settings"),
        ("zero.svg", "is not inside the folder of the settings"),
        ("fonts", "is not a regular file"),
        ("large.svg", "is larger than 32 MB, the most that a logo or font may have"),
    ] {
        assert!(refused(named).is_some_and(|said| said.ends_with(why)), "{named}");
    }
    assert!(
        is_made && refused("pipe.svg").is_some_and(|said| said.ends_with("is not a regular file"))
    );
    assert_eq!(
        (refused("inside.svg"), refused("within.svg"), refused("fonts/../inside.svg")),
        (None, None, None)
    );
    let settings = folder.join(NAME);
    fs::write(&settings, "[brand]\nlogo = \"../outside.svg\"\n").unwrap();
    let said = format!("{:?}", Settings::load(&settings).err());
    assert!(said.contains("2:8") && said.contains("is not inside the folder"), "{said}");
}

#[test]
fn months_are_known_by_name_and_number() {
    for (month, expected) in
        [("\"April\"", 4), ("4", 4), ("\"sept\"", 9), ("\"JAN\"", 1), ("\"12\"", 12)]
    {
        let settings =
            Settings::read(format!("[dates]\nfinancial-year-starts = {month}\n").as_bytes(), NAME)
                .unwrap();
        assert_eq!(settings.dates.financial_year_starts, Some(Month(expected)), "{month}");
    }
    for month in ["\"Aprill\"", "0", "13", "\"ma\"", "true", "999"] {
        assert!(
            Settings::read(format!("[dates]\nfinancial-year-starts = {month}\n").as_bytes(), NAME)
                .is_err(),
            "{month}"
        );
    }
}

#[test]
fn two_states_with_one_id_are_refused() {
    let state = "[[scheme.states]]\nid = \"done\"\nlabel = \"Done\"\ncolour = \"#1d70b8\"\ndefinition = \"\"\n";
    let read = |states: &str| {
        Settings::read(format!("[scheme]\nname = \"Ours\"\n{states}").as_bytes(), NAME)
    };
    assert!(read(state).is_ok());
    assert!(read(&state.repeat(2)).is_err());
    assert!(read("states = []\n").is_err());
}
