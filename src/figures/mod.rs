//! Ink: plain values in, a drawing on any plotters backend out.
