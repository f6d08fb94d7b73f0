//! Signals and DOM; knows no chapter.
