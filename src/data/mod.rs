//! Examples to learn from: readers, the bundled digits, splits.
