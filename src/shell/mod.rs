//! The only code that touches terminals, threads, disk and clock.

pub mod backend;
pub mod facts;
pub mod input;
pub mod store;
pub mod tty;
