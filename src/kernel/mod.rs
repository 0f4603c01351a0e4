//! Speed, and nothing else: what the textbook calculates, calculated fast.
//!
//! - [`engine::Engine`] is what the textbook asks: products, curves,
//!   losses, steps of an optimizer, on matrices.
//! - [`product`] cuts a product into tiles, [`pack`] rewrites what a tile
//!   needs in reading order, [`tile`] is the innermost loop; [`sparse`] has
//!   the products with a factor that is nearly all zeros.
//! - [`passes`], [`columns`], [`losses`], [`lengths`] and [`steps`] do the
//!   same small calculation for every number; [`following`] makes a step
//!   along a product, [`picked`] copies rows.
//! - [`images`] has the products of a convolution, on pictures that are
//!   [`turned`] so that each is a column.
//! - [`spread`], [`mirrors`] and [`tridiagonal`] find the axes of a cloud
//!   of data.
//! - [`level`] compiles all of it for the instructions of the processor,
//!   [`crew`] cuts it into pieces for several threads.
//!
//! It knows nothing of layers, models or training. It is the only place
//! with `unsafe`; every such block says why it is sound. Whatever is
//! calculated here is compared with the plainest loop there is, on random
//! shapes and at every level.
//!
//! The same work gives the same bits for any number of threads. Levels may
//! differ in the last digits: some processors round a product before they
//! add to it.

// What a calculation is made of.
pub mod number;

pub mod vectors;

pub mod level;

pub mod crew;

pub mod cut;

// Products.
pub mod tile;

pub mod square;

pub mod input;

pub mod pack;

pub mod sparse;

mod output;

mod tiles;

pub mod line;

pub mod product;

// Passes over many numbers.
pub mod curve;

pub mod passes;

pub mod columns;

pub mod picked;

pub mod losses;

pub mod steps;

pub mod lengths;

pub mod following;

pub mod top;

// Windows over pictures.
pub mod turned;

pub mod reach;

pub mod sheet_sums;

mod finishing;

pub mod sliding;

pub mod blaming;

pub mod images;

// Axes of a cloud of data.
pub mod spread;

pub mod mirrors;

pub mod tridiagonal;

// A measure of the others.
pub mod peak;

// All of it, for the textbook.
pub mod engine;

mod axes;
