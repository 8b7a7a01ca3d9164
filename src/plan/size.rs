//! How large a plan may be.

use crate::error::{Error, ErrorKind};
use crate::limits::Limits;

use super::Plan;

impl Plan {
    /// Checks that it has no more actions than the limit on rows allows, so that every output of it
    /// can be made.
    ///
    /// ```
    /// use planwright::plan::{Action, Objective, Theme};
    /// use planwright::{Limits, Plan};
    /// let objective = Objective { actions: vec![Action::default(); 2], ..Objective::default() };
    /// let plan = Plan { themes: vec![Theme { objectives: vec![objective], ..Theme::default() }], ..Plan::default() };
    /// assert!(plan.check_size(&Limits { rows: 2, ..Limits::default() }).is_ok());
    /// assert!(plan.check_size(&Limits { rows: 1, ..Limits::default() }).is_err_and(|error| error.is_too_large()));
    /// ```
    ///
    /// # Errors
    ///
    /// If it has more: the error [`Error::is_too_large`].
    pub fn check_size(&self, limits: &Limits) -> Result<(), Error> {
        match self.actions().count() {
            count if count <= limits.rows => Ok(()),
            count => {
                let message = format!(
                    "the plan has {count} actions; the limit on actions is {}",
                    limits.rows
                );
                Err(Error::new(ErrorKind::TooLarge, message).help("divide the plan into several"))
            }
        }
    }
}
