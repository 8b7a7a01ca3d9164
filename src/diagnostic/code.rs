//! The codes of diagnostics: what each means, and what to do about it.

use super::Severity;

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $what:literal $todo:literal;)*) => {
        /// What kind of thing a diagnostic tells. The names are stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`: ", $what, " ", $todo)] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// How much it matters.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),* }
            }

            /// What it means and why it is reported, then what to do.
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => concat!($what, "\n\n", $todo)),* }
            }

            /// The code of this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

codes! {
    EmptySource "empty-source" Error
        "The source holds no words, so there is no plan in it."
        "Check that the right file was given, and that it was saved.";
    NoPlanTable "no-plan-table" Error
        "No table in the source looks like a plan: a plan needs a column that says what is to be done, and one that says who does it, how one will know, or by when. All text that was found is kept in the introduction."
        "Look at the header row: name its columns as “Action”, “Owner”, “Success measures” and “Target date”, or say what they mean.";
    NoHeader "no-header" Error
        "A table holds what a plan does, dates and names beside sentences, but no row names its columns. Nothing was read as a plan, since which column means what would be a guess, and the first row was not taken for a header."
        "Check the columns that the message names and confirm them, or put a header row above the table.";
    EmptyPlan "empty-plan" Error
        "The header of a plan is there, but no row below it, as in a form that no one has filled in."
        "Check that it is the right file, or whether its rows are hidden.";
    TableUnreadable "table-unreadable" Error
        "Lines that look like a table could not be read as one, because the header row and the row of dashes below it differ in their number of cells. Their words are kept as a paragraph."
        "Give both rows the same number of cells; write \\| for a | inside a cell.";
    FormatDiffers "format-differs" Note
        "The source is another kind of file than its name or the chosen format says: a workbook or a web page saved under the name of a text, or a web page under that of a workbook, as report programs do. It was read as what it is."
        "Nothing, if the plan is right; otherwise give the file the extension of its kind.";
    EncodingGuessed "encoding-guessed" Note
        "The source does not say in which encoding its letters are written, so it was guessed from its bytes. A wrong guess shows as odd letters where a pound sign, a dash or a curly quote should stand."
        "Look at the place named; if the letters there are wrong, save the file with the encoding UTF-8 (in Excel: “CSV UTF-8”).";
    DelimiterRead "delimiter-read" Note
        "The separator of the cells was found from the rows themselves, or from a line “sep=” at the top, which is no row of the plan."
        "Nothing, if the columns are right; otherwise save the file with commas between its cells.";
    QuoteUnclosed "quote-unclosed" Warning
        "A quotation mark opens a cell, but none closes it where the cell ends. It was kept as a part of the words, and the cell ends with its line, so that it cannot swallow the rows below."
        "Check whether the row has the right cells; in the source, delete the mark or close the cell with another.";
    TableInTable "table-in-table" Warning
        "A table stands inside a cell of another table. Its words were kept in that cell, a line for each of its rows, but its columns are gone."
        "Check whether the cell reads well; if the inner table is the plan, take it out of the outer one.";
    HiddenWordsKept "hidden-words-kept" Warning
        "Words that their source hides, or may hide, were kept as though they were shown: by HTML in a cell, by a conditional format that cannot be evaluated, or by a style that depends on what is not read."
        "Check whether they may be published; delete them in the source if not.";
    ColumnGuessed "column-guessed" Warning
        "What a column means was guessed: its header is spelt like a known name, or the other columns leave it that meaning."
        "Nothing, if that is right; otherwise say what it means.";
    UnknownColumn "unknown-column" Warning
        "A column's header has no meaning here. Its cells are kept with each action under that header, and shown in every output."
        "Nothing, if that is right. Otherwise say what it means.";
    ColumnOption "column-option" Error
        "The meaning was given of a header that no table of the plan has."
        "Type the header as it stands in the source; the message lists the headers.";
    ColumnSetting "column-setting" Note
        "The settings give a meaning to a header that no table of this plan has."
        "Nothing, if other plans in the folder have it; otherwise type the header as it stands in the source.";
    OptionUnused "option-unused" Warning
        "An option was given that has no effect on the inputs and outputs that were named, such as the paper where no PDF is written."
        "Leave the option out, or name an output that it concerns.";
    SheetSetting "sheet-setting" Note
        "The settings name sheets, and this plan is not in a workbook."
        "Nothing, if other plans in the folder are workbooks; otherwise remove the setting.";
    ColumnTwice "column-twice" Error
        "Two columns of a table were given a meaning that an action has only once. The first is read so; the other is kept under its own header."
        "Give the other column another meaning, or none.";
    ColumnExcluded "column-excluded" Note
        "A column was left out because the caller asked for it. Its words are quoted in full."
        "Nothing, if that is right.";
    SheetOption "sheet-option" Error
        "The options or the settings name a sheet that the source does not have."
        "Type the name as it stands on the sheet's tab; `planwright inspect` shows the sheets in its places.";
    HiddenLeftOut "hidden-left-out" Warning
        "A sheet, a row or a column is hidden, by hand or by a filter. It was left out, since what is hidden is often not meant to be published. Its words are quoted in full."
        "If it belongs to the plan, show it in the workbook, or have what is hidden read too.";
    HiddenRead "hidden-read" Note
        "A sheet, a row or a column is hidden, and was read because the caller asked for what is hidden."
        "Check whether it may be published.";
    HiddenBlank "hidden-blank" Note
        "Rows of a sheet are hidden, but have no words, so nothing was left out with them."
        "Nothing.";
    RowLeftOut "row-left-out" Warning
        "Rows among those of a plan are not actions: they explain how to fill in the table, are examples, totals, notes or sign-offs, or hold only a number, an owner or the result of a formula. Their words are quoted in full, or kept as notes of the plan."
        "Nothing, if that is right. If one is an action, say in its row what is to be done.";
    NoActionText "no-action-text" Warning
        "A row has an owner, a date, a status or other details, but no text in the column of actions. It is kept as an action without words."
        "Write in the row what is to be done, or delete the row.";
    BelowTable "below-table" Note
        "Texts stand below the plan's table in the same sheet, such as a key, a note or a sign-off. They are not actions and are kept as notes of the plan."
        "Nothing, if that is right; an action needs an owner or a date in its row.";
    BlankRead "blank-read" Note
        "Cells hold what a program writes for an empty one, such as “nan”. They were read as empty."
        "Nothing.";
    TableLeftOut "table-left-out" Warning
        "A table is not part of the plan, so its words are not in the plan. They are quoted in full."
        "Nothing, if the table is a key or a look-up list. If it is part of the plan, give it the header row of the plan's other tables.";
    PiecesJoined "pieces-joined" Note
        "Tables that follow one another with the same columns were read as one table, as a page break or a converter had cut it."
        "Check whether they belong together; they can also be left apart.";
    HeaderRepeated "header-repeated" Note
        "A header row stands again further down. It was left out, as it is no action."
        "Nothing.";
    HeaderIsData "header-is-data" Warning
        "The first row of a table stands where a header should, but reads like a row of the plan and the columns match the table before. It was read as a row."
        "Check whether the row is complete.";
    RowJoined "row-joined" Note
        "Two rows were read as one action, because a page break had cut it: its cells break off in mid-sentence, or go on in one."
        "Check whether the action reads well; the rows can also be left apart.";
    CellJoined "cell-joined" Note
        "The text of one cell was continued by a cell of a later row, while the rest of that row is an action of its own."
        "Check whether the text reads well; the cells can also be left apart.";
    MergedCell "merged-cell" Note
        "A cell is merged over several rows of a spreadsheet. What it says holds for each of the actions in them."
        "Nothing, if that is right.";
    ValueRepeated "value-repeated" Note
        "A row repeats the theme or objective of the row above it, as lists in spreadsheets do. The row belongs to the same group; the words stand there once."
        "Nothing.";
    TextBetweenPieces "text-between-pieces" Note
        "Words stand between two pieces of one table, as a page's header or footer does. They were moved to the plan's notes."
        "Nothing, if that is right.";
    ThemeRead "theme-read" Note
        "A row with words in one cell only was read as the heading of a theme, or a heading above the table was."
        "Nothing, if that is right.";
    ThemeCut "theme-cut" Warning
        "The name of a sheet was read as the heading of a theme. It is as long as Excel allows, so its end may be missing."
        "If it is cut short, put the whole theme in a row by itself above the actions, or in a column “Theme”.";
    CellsBeyondHeader "cells-beyond-header" Warning
        "A row has more cells than the table has columns, mostly because of a | inside a cell. The words beyond were put into its last cell."
        "In the source, write \\| for a | inside a cell.";
    MarkupIgnored "markup-ignored" Warning
        "Markup that has no meaning in a plan stands in the source: an HTML tag, a picture, or the settings of a web page. It was left out; the words inside it were kept."
        "Nothing, if no picture or form is missed.";
    NotACharacter "not-a-character" Warning
        "A control character that no output can hold stands in the source. It is shown by its number in brackets."
        "Delete it in the source.";
    ErrorCell "error-cell" Warning
        "A cell shows an error, such as #REF!, instead of its value: what its formula refers to is gone. The error is kept as the words of the cell."
        "Correct the formula in the spreadsheet, or type the value.";
    FormulaWithoutValue "formula-without-value" Warning
        "A cell holds a formula whose result was never stored, as files made by other programs do. Formulas are not calculated here, so the cell is empty."
        "Open the workbook in a spreadsheet program and save it; that stores the results.";
    PartUnreadable "part-unreadable" Error
        "A part of the workbook is missing or damaged. What could be read of it before the damage is kept; the rest of it is not in the plan."
        "Open the workbook in a spreadsheet program, which may repair it, check whether all is there, and save it.";
    SheetNotRead "sheet-not-read" Note
        "A sheet of the workbook is a chart, a dialog or a sheet of macros. It has no cells, so it was not read."
        "Nothing, if no part of the plan is missed.";
    MacrosNotRun "macros-not-run" Note
        "The workbook holds macros. They were neither read nor run."
        "Nothing.";
    CharacterNotInFont "character-not-in-font" Warning
        "The fonts of the PDF have no shape for a character of the plan, so a mark stands for it there. The other outputs show it."
        "If readers of the PDF need it, name a font that has it under font-fallback in planwright.toml, or write it another way in the source.";
    TableAsCards "table-as-cards" Warning
        "The plan's table has more columns than fit on the paper that was asked for without breaking words, so the PDF has a card for each action instead."
        "Choose a larger paper, or none: then the paper is chosen that the table fits on.";
    CellGoesOn "cell-goes-on" Note
        "A text is longer than a cell of a workbook can be (32,767 characters, 253 line breaks, or 255 characters for a header). Its cell holds the beginning, and says that the rest is in the sheet “Long texts”."
        "Nothing, if that will do; otherwise put the long text into a document, and name that in the plan.";
    RowTooHigh "row-too-high" Warning
        "A row of the workbook would have to be higher than 409 points, the most that Excel allows, even with its columns as wide as can be. Its cells hold all of their words, but do not show all of them at once."
        "Shorten the text, or read it in the PDF or web page.";
    LinkMisleads "link-misleads" Warning
        "The words of a link are themselves the address of a page or mailbox, and it leads to another one. No output makes it a link: its address stands behind its words."
        "Check where it should lead, and correct the words or the link.";
    LinksLeftOut "links-left-out" Note
        "Excel takes no more than 65,530 links in a sheet. Beyond that, the workbook has words where links would be."
        "Nothing: the words say where each would lead.";
    LeftOutOfPublic "left-out-of-public" Note
        "Something that only those who work on the plan should see was removed from the public version: comments on cells, evidence, reviewers' entries, reporters' names, struck-out text, parts and columns that are internal, names on the list of people, or links that lead to no public web page. It is counted, and never quoted."
        "Nothing, if the public need not know it; otherwise say it in the plan's own words, as in an update.";
    PublishMarkUnclear "publish-mark-unclear" Warning
        "A column says of each row whether it may be published, or is internal, and the answer of a row is not understood or missing. The row was removed from the public version, to be safe."
        "Write “yes” or “no” in the column.";
    SignatoriesPublished "signatories-published" Warning
        "A column such as “Approved by” or “Signed off by” is left out of the public version where it names people. All its cells read as posts or bodies, so that it was published."
        "Check the column. To leave it out, name it with `--leave-out`.";
    NamePartLeft "name-part-left" Warning
        "A person's name was removed from the public version, and a given name or surname that is a part of it stands alone elsewhere. It was left, since it may be someone else's, or an ordinary word."
        "Check the texts. If it is the same person, write the full name or the role in the source, or add the word to the list of people.";
    PublishSettingUnmatched "publish-setting-unmatched" Warning
        "The settings name a column to leave out, or a theme, objective or action that is internal, and the plan has none of that name. Nothing was removed for it."
        "Correct the name; `planwright inspect` lists the columns.";
    PublicName "public-name" Warning
        "What is published names people: an owner, or someone in running text, by a title, an initial or a given name with a surname, or by words with capitals that plans do not use otherwise. Names are personal data."
        "Check that each may be published; otherwise name the post instead.";
    PublicEmail "public-email" Warning
        "What is published holds e-mail addresses."
        "Give the address of a team instead, or remove it.";
    PublicPhone "public-phone" Warning
        "What is published holds telephone numbers, or short numbers behind a word such as “tel.”."
        "Give the number of a team instead, or remove it.";
    PublicNhsNumber "public-nhs-number" Warning
        "What is published holds a number of ten digits with the check digit of an NHS number."
        "Remove it from the source.";
    PublicCaseNumber "public-case-number" Warning
        "What is published holds what looks like the number of a case, child or pupil: a number behind a word such as LAC, ICS or “case number”, a unique pupil number, or a national insurance number."
        "Remove it from the source.";
    PublicPostcode "public-postcode" Warning
        "What is published holds postcodes. That of an office may be published; that of a home says where someone lives."
        "Check that it is not the home of a person.";
    PublicBirthDate "public-birth-date" Warning
        "What is published holds a date of birth: a date behind a word such as “DOB” or “born”."
        "Remove it from the source.";
    PublicSmallNumber "public-small-number" Warning
        "What is published counts one to five children, pupils or young people. With what else is known locally, small numbers can show who they are (statistical disclosure)."
        "Check that no one can tell who they are; otherwise write “a small number”, or give a range.";
    InvalidPlan "invalid-plan" Error
        "A plan that a program built does not hold together: a reference is missing or given twice, a status is not in the plan’s scheme, or an objective answers a recommendation that the plan does not have. Only programs that use the library see this message."
        "Correct the plan where the message says; `Plan::assign_references` numbers what has no reference.";
    NotInCalendar "not-in-calendar" Note
        "An action has no event in the calendar that was written, because its target date names no day: it is ongoing, comes again and again, counts from something else, was not understood, or is not there. A day is never made up."
        "Nothing, if the action has no end; otherwise say by when it is to be done.";
    ChecklistNotMet "checklist-not-met" Warning
        "The workbook that was written to be published does not do what a row of the Government Analysis Function's checklist for spreadsheets asks for, because of the plan's own words: a cell that holds a symbol alone, say, or a mark that stands for a note."
        "Correct the words in the source; the publishing checklist lists what else to check in a workbook.";
    TitleInferred "title-inferred" Note
        "The source has no heading of its own, so its first paragraph was read as the plan's title."
        "Nothing, if that is right; otherwise put the title in the first line.";
    NoTitle "no-title" Warning
        "The plan has no title. A PDF or web page that is published must have one (ISO 14289-1, 7.1; WCAG 2.2, 2.4.2), so “Improvement plan” is shown."
        "Put a title above the table.";
    OrganisationInferred "organisation-inferred" Note
        "A short paragraph that names a council, trust, school or the like was read as the organisation whose plan it is."
        "Nothing, if that is right.";
    HeadingRead "heading-read" Note
        "A line above a list of recommendations was read as their area or their time limit."
        "Nothing, if that is right.";
    HeadingLeftOut "heading-left-out" Note
        "A line that only announces the plan's table was left out: every output has such a heading of its own."
        "Nothing.";
    CycleRead "cycle-read" Note
        "A small table was read as the dates of the review cycle, since each of its headers names one. The plan has the dates; its words are quoted."
        "Nothing, if that is right.";
    SchemeRead "scheme-read" Note
        "A key to the statuses stands in the source. It was read as what the states of an action mean in this plan, and every output prints it."
        "Nothing, if that is right; otherwise say what the states mean in planwright.toml.";
    ReferencesGiven "references-given" Note
        "The source has no reference numbers, so they were given: R1, R2 for recommendations, 1, 2 for objectives, 1.1, 1.2 for actions."
        "Nothing. Returns and later versions refer to these numbers.";
    ReferenceMissing "reference-missing" Warning
        "Some actions have references in the source and others have none. Those without were given new-1, new-2 and so on, which look unlike the source's own."
        "Give each action a reference in the source.";
    ListsSplit "lists-split" Warning
        "Cells of a row hold lists with the same number of items, so each item was read as an action of its own, with the item of the same number from the other lists."
        "Check that the items belong together. If they do not, put each action in a row of its own.";
    LabelsRead "labels-read" Note
        "Lines in a cell begin with the name of a field, such as “Lead:”, which no column of the table has. What follows was read as that field."
        "Nothing, if that is right. A column for each field is safer.";
    RowIsAction "row-is-action" Note
        "A table of two columns has the names of fields in the first and their values in the second. It was read as one action."
        "Nothing, if that is right.";
    SideHeading "side-heading" Warning
        "The first column has no header, and each of its cells stands for several rows. Its cells were read as the themes of these rows, or as their objectives where a heading above the table is the theme."
        "Nothing, if that is right. A header such as “Theme” or “Objective” is safer.";
    DuplicateReference "duplicate-reference" Warning
        "Two actions have the same reference, so the second was given one of its own."
        "Give each action its own reference in the source.";
    ReferenceQualified "reference-qualified" Note
        "References such as a, b, c begin again below each objective. The number of the objective was put before each, so that no two actions have the same."
        "Nothing, if that is right; otherwise give each action its own reference in the source.";
    RecommendationWording "recommendation-wording" Warning
        "An objective answers a recommendation of the inspection, but its wording differs. The difference is shown; both wordings are kept."
        "If one of them is a mistake, correct it in the source.";
    ObjectiveUnlinked "objective-unlinked" Warning
        "The plan lists recommendations, but none of them reads like this objective."
        "Check whether the objective answers a recommendation, and word it likewise.";
    RecommendationUnanswered "recommendation-unanswered" Warning
        "No objective of the plan answers this recommendation. An inspector will ask what is being done about it."
        "Check whether an action is missing, or an objective worded too differently to be recognised.";
    ObjectiveRead "objective-read" Note
        "A row heads the rows below it, by its number or because they are indented, and has no owner or date of its own. It was read as their objective."
        "Nothing, if that is right.";
    CommentKept "comment-kept" Note
        "A comment is attached to a cell, as spreadsheets have them. It was kept as a note of the action or objective in whose row it stands, or quoted where there is neither."
        "Check whether it may be published.";
    PlanDetailsRead "plan-details-read" Note
        "The source has tables that this program writes into markdown and CSV for what a plan says around its actions (its title, introduction, recommendations or statuses) where plain words would be read as something else. They were read as that."
        "Nothing, if that is right; change the words in the tables, and leave their headers as they are.";
    NotInCsv "not-in-csv" Note
        "A CSV file is one table, so it holds the themes, objectives, actions and statuses of a plan, and nothing of what stands around them. The message lists what of this plan is not in the file that was written."
        "Keep the plan file (JSON) or markdown too, which hold all of it.";
    FootnoteRead "footnote-read" Note
        "The source has footnotes. Each became a note of the action whose row has its mark, or a note of the plan; the marks are not part of names and texts."
        "Nothing, if that is right.";
    StruckText "struck-text" Note
        "Words are struck out in the source. They were kept, and are shown as struck where an output can show it."
        "If they no longer hold, delete them in the source.";
    UpdateLifted "update-lifted" Note
        "A dated update stood inside the success measures. It was made an update of its own, with its text whole."
        "Nothing, if that is right.";
    OwnersSplit "owners-split" Note
        "A cell names several owners. It was split at line breaks, at semicolons, between whole names, or where the parts stand alone elsewhere in the plan."
        "Check that these are the owners; in the source, put each owner on a line of its own.";
    OwnersDoubtful "owners-doubtful" Warning
        "A cell may name one owner or several, since “and”, a comma or a slash may stand between names or inside one. The message says how it was read."
        "Check the owners; in the source, put each owner on a line of its own.";
    OwnerSentence "owner-sentence" Warning
        "An owner cell holds a sentence about responsibility. Its words are kept, and the people, posts and bodies that it names as responsible are the owners."
        "Check the owners; in the source, put the names alone into the cell.";
    OwnersUnified "owners-unified" Note
        "An owner is spelt with different capitals, quotes or spaces in different cells. It is one owner, in the commonest spelling."
        "Nothing, if that is right; otherwise give the owners different names.";
    NamesAlike "names-alike" Warning
        "Two owners' names differ in a letter or two, so they may be one person. Each would be asked for updates by itself. They were not merged."
        "If it is one person, spell the name alike in the source.";
    NoOwner "no-owner" Warning
        "An action has no owner, or no column of the table says who does its actions. No one can be asked for an update."
        "Name who does it.";
    NoTargetDate "no-target-date" Warning
        "An action has no target date, or one that is still to be confirmed, or no column of the table has dates. It can be neither due nor overdue."
        "Say by when it is to be done.";
    DateUnread "date-unread" Warning
        "A date was not understood. It stays as typed, and the action counts as neither due nor overdue."
        "Write it as 30 September 2011, Sept 2011 or 2011-09-30.";
    DateWithoutYear "date-without-year" Warning
        "A date has no year, as “March” and “13-Sep” have none. A year is never guessed: the date stays as typed, and the action counts as neither due nor overdue."
        "Add the year: March 2012, 13 September 2012.";
    DateGuessed "date-guessed" Warning
        "A date was read in a way that is not certain: its month is misspelt, it cannot have the day first, a spreadsheet kept it as a number, a quarter names one year only, or several dates stand in one cell. The message says what was taken."
        "Check whether it is right; if not, write it as 30 September 2011, Sept 2011 or Q2 2011/12.";
    ColumnTaken "column-taken" Warning
        "Two columns could mean the same, as “Owner” and “Lead” could. A plan has one column for that: the one named was used, and the cells of the other are kept with each action under its own header."
        "If the other column is the right one, say so.";
    DateRevised "date-revised" Note
        "A table has two columns of target dates, the original and the revised. Where a date was revised, the revised one is the target, and the original one is kept, struck out, as the earlier target."
        "Nothing, if that is right; otherwise say what the columns mean.";
    DateApproximate "date-approximate" Note
        "A date names a stretch of time without sharp ends: “early March”, “spring”, a half term. It was taken as the days that the message names."
        "Nothing, if those days will do; otherwise write the days that are meant.";
    DateInSentence "date-in-sentence" Note
        "A date stands among other words, as in “Discuss by July 2026” or “Phase 1 by June 2026, phase 2 by December 2026”. The date was read as the target date; the words stay as typed."
        "Nothing, if that is right; otherwise write the date alone.";
    DayNumbers "day-numbers" Warning
        "A column of dates holds the numbers by which spreadsheets count days, such as 44440 for 1 September 2021, because its cells are formatted as numbers or text. They are shown as dates."
        "Check the dates; in the spreadsheet, format the column as dates.";
    UtcTimes "utc-times" Warning
        "A column of dates holds times in UTC, as lists are exported with. Midnight in London is 23:00 of the day before in UTC in summer, so each was read as the day that it was in London, and is shown as that."
        "Check the dates.";
    DayMonthSwapped "day-month-swapped" Warning
        "The dates of a column are such as arise when a program with the settings of another country opens a file: each of its dates has a day that could be a month, while those that could not be changed round are text, or have the month first. Day and month of the former may be swapped."
        "Check the dates against the original; if they are wrong, have days and months swapped.";
    TargetBeforeStart "target-before-start" Warning
        "An action is due before it starts or was raised. One of its two dates is wrong, or the columns are swapped."
        "Check both dates.";
    DateReplaced "date-replaced" Note
        "A date was struck out or revised, and another stands beside it. The one in force counts; both stay in the plan as typed."
        "Nothing, if that is right.";
    DateSaysStatus "date-says-status" Note
        "Where a target date should stand, words say how the action stands, as in “Sept 2011 - complete”. An action that is said to be done counts as complete."
        "Nothing, if that is right; to state it, add a column “Status”.";
    StatusUnread "status-unread" Warning
        "A word or symbol in a status column is not one of the plan's statuses, nor a word for one. It was kept as a status of the plan's own, and the action counts as open."
        "If it means one of the plan's statuses, use that word; otherwise add it to the key, or to the scheme of planwright.toml with its category.";
    StatusAmbiguous "status-ambiguous" Warning
        "A status names more than one status, as in “Amber to Green”, or an action has two. The less advanced of them was used."
        "Give the action one status; if such a status has a meaning of its own, give it a line in the plan's key.";
    StatusConflict "status-conflict" Warning
        "Two things that the source says of how an action stands do not agree, such as 100% done and amber, or a word and the fill of its cell. The word in the status column was used."
        "Check which is right, and correct the other.";
    StatusFromFill "status-from-fill" Warning
        "Only the colour that fills a cell gives the status of these actions. It was read by the plan's own key, else blue as complete, green as on track, amber as at risk and red as off track."
        "Check that this is right; otherwise say what the colours mean in a key, or in planwright.toml.";
    StatusFromRows "status-from-rows" Warning
        "No column of a table holds a status, and its rows are filled in the colours of a rating. The status of these actions was read from the fill: blue as complete, green as on track, amber as at risk and red as off track, unless the plan's key says otherwise."
        "Check that the colours are a rating; if not, clear the fills. To state a status, add a column “Status”.";
    StatusElsewhere "status-elsewhere" Note
        "No status column gives the status of an action, and a word for one stands alone in another column, as “DONE” among the success measures. It was read as the status, and stays where it is."
        "Nothing, if that is right; otherwise add a column “Status”.";
    FilledTableMissing "filled-table-missing" Error
        "A workbook that planwright wrote has no sheet with the headers of the plan's table any more, so its answers cannot be read."
        "Put the row with the headers back above the actions, worded as it was.";
    PlanCellChanged "plan-cell-changed" Warning
        "A cell of a workbook that planwright wrote, and that holds what the plan itself says, was changed. The plan keeps its words; the message quotes those in the cell, so that they are not lost."
        "If the change is meant, make it in the plan's own source; to read the cells as those of any workbook, name their sheet.";
    AddedToWorkbook "added-to-workbook" Warning
        "Words were added to a workbook that planwright wrote where none are read: beside the columns of the plan, as a comment on a cell, or in a sheet of their own. They were left out; the message quotes them, so that they are not lost."
        "Write them into one of the columns to fill in.";
    UnknownReference "unknown-reference" Error
        "A row that came back has a reference that is no action of the plan, or none, or that of another row. Nothing of it was taken over; the message quotes its words."
        "Give the row the reference of its action as the plan has it; add new actions in the plan's own source.";
    StateNotInScheme "state-not-in-scheme" Error
        "What was chosen as a status is none of the plan's scheme, nor a word for one. It was not taken for any."
        "Choose one of the statuses that the key lists.";
    ReturnOverruled "return-overruled" Warning
        "As was asked for, one of two answers was taken and the other was not. The message says who gave the one that was left out, and when."
        "Check whether the right one was taken; if not, correct the plan.";
    ReturnOfEarlierVersion "return-of-earlier-version" Note
        "A return was made for an earlier version of the plan than the one that it is merged into. Its answers are taken over where the plan still says what it said then; otherwise there is a conflict."
        "Nothing, if the plan was meant to change meanwhile.";
    PreviousOrder "previous-order" Warning
        "An earlier version is later than the plan, or than the version given after it: by the dates of their reviews, or the periods of the plans. What changed, and the trend, run backwards."
        "Give the latest version as the plan, and the earlier ones in their order, the oldest first.";
    PreviousOtherPlan "previous-other-plan" Warning
        "An earlier version has another title or organisation than the plan, and hardly any of its actions. If it is another plan, everything that the pack says of changes is wrong."
        "Check that it is an earlier version of the same plan.";
    ReturnOfAnotherPlan "return-of-another-plan" Error
        "A return was made for another plan: none of its actions is in the one that it is merged into. Nothing was taken from it."
        "Merge it into the plan that it was made for.";
    ReturnDateUnread "return-date-unread" Warning
        "The date that a reviewer typed is not a day or month with its year. The date of the review was used instead; the typed words stay in the plan."
        "Write it as 3 June 2012 or 03/06/2012 in the return, and merge again.";
    ReturnConflict "return-conflict" Error
        "Two returns give different answers for the same action, or the plan has changed since a return was made. Neither was chosen: the plan stays as it was there, and everything else was merged."
        "Ask the people concerned, and correct one of the two; or let the later answer or the plan win.";
    ReturnMerged "return-merged" Note
        "What a return says was taken into the plan."
        "Nothing, if that is right.";
    ReturnEmpty "return-empty" Warning
        "A return came back with nothing filled in."
        "Ask its owner whether it is the right file, and whether it was saved.";
    StatusInferred "status-inferred" Note
        "No status column gives the status of these actions, and an update or the words of a target date state it outright. The update is shown as the source of the status."
        "Nothing, if that is right; otherwise add a column “Status”.";
}
