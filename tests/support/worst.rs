//! How far the worst of a family was off. CONTRIBUTING.md names the command
//! that makes a table of these lines.

/// A family of formulas, and the largest relative error among them.
pub struct Worst {
    family: &'static str,
    ratio: f64,
}

impl Worst {
    /// Nothing seen yet.
    pub fn of(family: &'static str) -> Self {
        Self { family, ratio: 0.0 }
    }

    /// Sees one more, and holds it to a bound.
    #[track_caller]
    pub fn hold(&mut self, ratio: f64, bound: f64) {
        assert!(ratio < bound, "{}: {ratio:e}", self.family);
        self.ratio = self.ratio.max(ratio);
    }

    /// Prints the line of the table.
    pub fn tell(&self) {
        assert!(self.ratio > 0.0, "{}: nothing seen", self.family);
        println!("gradients: {:50} {:.1e}", self.family, self.ratio);
    }
}
