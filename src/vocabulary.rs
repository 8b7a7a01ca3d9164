//! What words mean in plans: headers of columns, statuses, job titles and bodies, dates, in English and Welsh.
//!
//! The words themselves are data: TOML files in the folder `vocabulary`, one for each subject, which an officer can read and extend.
//! This module loads them and answers questions about words; it knows nothing about tables or plans.

pub(crate) mod statuses;
