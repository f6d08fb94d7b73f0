//! A training session and its two ends.
