//! Runs a model and reports what happened.
