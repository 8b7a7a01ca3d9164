//! How diagnostics look: one file for each form.
