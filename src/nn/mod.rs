//! The textbook: how an autoencoder works.
