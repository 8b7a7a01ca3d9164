//! From a plan and its review to the report.
