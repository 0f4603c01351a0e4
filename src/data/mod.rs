//! What the models see.
