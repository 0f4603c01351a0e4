//! The table of all knobs: names, ranges, and when they act.

use crate::lesson::knob::KnobId;
use crate::lesson::knob::KnobInfo;
use crate::lesson::knob_basic::BASIC;
use crate::lesson::knob_ends::ENDS;
use crate::lesson::knob_rules::RULES;

/// One row per knob, in the order in which they are offered.
pub const KNOBS: [KnobInfo; BASIC.len() + RULES.len() + ENDS.len()] = {
    let mut all = [BASIC[0]; BASIC.len() + RULES.len() + ENDS.len()];
    let mut i = 0;
    while i < all.len() {
        let after = i.saturating_sub(BASIC.len());
        all[i] = if i < BASIC.len() {
            BASIC[i]
        } else if after < RULES.len() {
            RULES[after]
        } else {
            ENDS[after - RULES.len()]
        };
        i += 1;
    }
    all
};

impl KnobId {
    /// The row of this knob in the table.
    pub fn info(self) -> &'static KnobInfo {
        KNOBS.iter().find(|row| row.id == self).unwrap_or(&KNOBS[0])
    }

    /// The knob with this name on the command line, such as `code-size`.
    pub fn from_name(name: &str) -> Option<Self> {
        KNOBS.iter().find(|row| row.name == name).map(|row| row.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_knob_has_one_row_and_a_name_of_its_own() {
        let ids: BTreeSet<_> = KNOBS.iter().map(|row| row.id).collect();
        let names: BTreeSet<_> = KNOBS.iter().map(|row| row.name).collect();
        assert_eq!(ids.len(), KNOBS.len());
        assert_eq!(names.len(), KNOBS.len());
        for row in &KNOBS {
            assert_eq!(row.id.info().name, row.name);
            assert_eq!(KnobId::from_name(row.name), Some(row.id));
        }
    }
}
