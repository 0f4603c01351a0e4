//! The state of one student's screen; no I/O, no widgets.
