//! Lesson files as text: what can be said about them before, and about
//! their places after, they are read as RON.
//!
//! [`lexer`] cuts a file into brackets, words and strings, [`scan`] refuses
//! files that are too deep or no proper RON, [`place`] finds the line and
//! column of any value, and [`complaint`] turns the errors of the RON
//! reader into sentences.

pub mod complaint;
pub mod lexer;
pub mod place;
pub mod scan;
