//! The only code that touches terminals, threads, disk and clock.

pub mod backend;
pub mod input;
pub mod tty;
