//! What a student types, checked by value.
