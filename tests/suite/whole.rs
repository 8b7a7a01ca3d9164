//! What is made of a whole plan, for those who work on it: each function publishes the plans that
//! it is given for them.

use planwright::changes::Changes;
use planwright::plan::Plan;
use planwright::report::{Calendar, ChangesOptions, ChangesReport, PackOptions};
use planwright::returns::OwnerReturn;
use planwright::{
    Agenda, AgendaOptions, Date, Error, PartialDate, PublishOptions, Published, Report,
    ReportOptions, Review,
};

/// A plan as those who work on it see it.
pub(crate) fn whole(plan: &Plan) -> Published {
    planwright::publish(plan.clone(), &PublishOptions::internal())
}

pub(crate) fn json(plan: &Plan) -> Result<String, Error> {
    planwright::json::write(&whole(plan))
}

pub(crate) fn markdown(plan: &Plan) -> String {
    planwright::write::markdown(&whole(plan))
}

pub(crate) fn csv(plan: &Plan) -> Result<Vec<u8>, Error> {
    planwright::write::csv(&whole(plan))
}

pub(crate) fn review(plan: &Plan, day: Option<Date>) -> Review {
    planwright::review(&whole(plan), day)
}

pub(crate) fn report(plan: &Plan, review: &Review, options: &ReportOptions) -> Report {
    planwright::report(&whole(plan), review, options)
}

pub(crate) fn agenda(plan: &Plan, review: &Review, options: &AgendaOptions<'_>) -> Agenda {
    planwright::agenda(&whole(plan), review, options)
}

pub(crate) fn pack(
    plan: &Plan,
    review: &Review,
    agenda: &Agenda,
    options: &PackOptions<'_>,
) -> Report {
    planwright::report::pack(&whole(plan), review, agenda, options)
}

pub(crate) fn calendar(plan: &Plan, review: &Review, options: &ReportOptions) -> Calendar {
    planwright::report::calendar(&whole(plan), review, options)
}

pub(crate) fn changes(old: &Plan, new: &Plan) -> Changes {
    planwright::changes::changes(&whole(old), &whole(new))
}

pub(crate) fn changes_report(
    old: &Plan,
    new: &Plan,
    changes: &Changes,
    options: &ChangesOptions,
) -> ChangesReport {
    ChangesReport::new(&whole(old), &whole(new), changes, options)
}

pub(crate) fn returns(plan: &Plan, period: Option<PartialDate>) -> Result<Vec<OwnerReturn>, Error> {
    planwright::returns::returns(&whole(plan), period)
}
