//! The fixed words of every output, one table a language.
