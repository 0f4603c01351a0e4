//! What papers, tutorials and theorems say, and what our models do.
//!
//! A table of claims. Each row trains real models of the textbook on the
//! data of this program and says what it measured, beside what was
//! expected, in the unit of the source. Rows of one paper share a file.
//!
//! Nothing is loosened until it fits: where a claim does not hold on this
//! data the row says so and why. A number that depends on our data and
//! settings was measured with five seeds here and five seeds of an
//! independent program, and both are in [`pins`].

pub mod finding;
pub mod fit;
pub mod lab;
pub mod pins;
pub mod score;

mod ackley;
mod alain;
mod hinton;
mod keras;
mod kingma;
mod le;
mod linear;
mod lucas;
mod makhzani;
mod ng;
mod rifai;
mod tensorflow;
mod ufldl_slopes;
mod vincent;

use crate::train::reproduce::finding::Finding;
use crate::train::reproduce::finding::Verdict;
use crate::train::reproduce::lab::Halt;
use crate::train::reproduce::lab::Lab;

/// A claim, and how it is tested.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// For the command line, such as `KB-32`.
    pub id: &'static str,
    /// What is claimed, in a few words.
    pub claim: &'static str,
    /// Who claims it, and where.
    pub source: &'static str,
    /// The number or picture of the source.
    pub reported: &'static str,
    /// How sure it is that the source says so.
    pub mark: Mark,
    /// What kind of claim it is.
    pub tier: Tier,
    /// How long the row takes as large as in the source, if it can.
    pub full: Option<&'static str>,
    /// Trains and measures.
    pub measure: fn(&mut Lab) -> Result<Vec<Finding>, Halt>,
}

/// How sure it is that the source says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Read in the source itself or in a run of its code.
    Read,
    /// From memory of the source; never a bound for a digit.
    Memory,
    /// Proven: there is nothing to believe.
    Theorem,
}

/// What kind of claim a row makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tier {
    /// A theorem or a closed form.
    Exact,
    /// A constant that was measured.
    Measured,
    /// A range that depends on data and settings.
    Range,
    /// An order or a sign, as a mean over three seeds.
    Order,
}

impl Mark {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Read => "read in the source",
            Self::Memory => "reported, not re-read",
            Self::Theorem => "proven",
        }
    }
}

impl Tier {
    /// In a word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Measured => "constant",
            Self::Range => "range",
            Self::Order => "order",
        }
    }
}

/// All rows, in the order of the table.
pub fn rows() -> Vec<Row> {
    let groups: [&[Row]; 13] = [
        &ackley::ROWS,
        &linear::ROWS,
        &hinton::ROWS,
        &vincent::ROWS,
        &rifai::ROWS,
        &makhzani::ROWS,
        &ng::ROWS,
        &alain::ROWS,
        &le::ROWS,
        &keras::ROWS,
        &tensorflow::ROWS,
        &kingma::ROWS,
        &lucas::ROWS,
    ];
    groups.concat()
}

/// The row with this name; capital letters or not.
pub fn find(id: &str) -> Option<Row> {
    rows().into_iter().find(|row| row.id.eq_ignore_ascii_case(id))
}

/// The worst verdict among the findings of a row.
pub fn verdict(findings: &[Finding]) -> Verdict {
    let all = findings.iter().map(Finding::verdict);
    all.max().unwrap_or(Verdict::Fails)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_name_of_its_own_and_fits_the_table() {
        let rows = rows();
        for (n, row) in rows.iter().enumerate() {
            assert!(rows[..n].iter().all(|r| r.id != row.id), "{}", row.id);
            let width = |text: &str| text.chars().count();
            assert!(width(row.id) <= 10, "{}", row.id);
            assert!(width(row.claim) <= 52, "{}", row.claim);
            let told = width(row.source) + width(row.reported);
            assert!(told <= 150, "{}: {told}", row.id);
        }
    }

    #[test]
    fn a_row_is_found_by_its_name_in_any_case() {
        let row = find("h06-pca30").map(|row| row.id);
        assert_eq!(row, Some("H06-PCA30"));
        assert!(find("H06").is_none());
    }
}
