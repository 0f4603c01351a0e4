//! Large numbers for readers.

use std::fmt::Display;

/// A whole number with its digits in groups of three: `203,672`.
pub fn grouped<N: Display>(n: N) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups_of_three() {
        let all = [0_u32, 999, 1000, 203_672, 3_214_096].map(grouped);
        let expected = ["0", "999", "1,000", "203,672", "3,214,096"];
        assert_eq!(all, expected);
    }
}
