//! What learns: layers, losses, optimizers, and the loop that joins them.
