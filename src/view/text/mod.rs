//! Prose, formulas and source code as styled lines.
