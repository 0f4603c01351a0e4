//! The textbook against PyTorch and scikit-learn.
//!
//! `tests/parity/make*.py` asked them once; `tests/parity/values*.json`
//! keep their answers. The program computes in 32 bits, they did in 64.
//!
//! Every family of models has a script, a file of values and a module of
//! its own here.

#[path = "parity/compare.rs"]
mod compare;
#[path = "parity/conv_vae.rs"]
mod conv_vae;
#[path = "parity/dense.rs"]
mod dense;
#[path = "parity/networks.rs"]
mod networks;
