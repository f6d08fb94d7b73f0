//! The book: a list of chapters.
