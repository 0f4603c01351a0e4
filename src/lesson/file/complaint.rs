//! The errors of the RON reader as sentences for an author.

use crate::lesson::knob_read::nearest;
use crate::lesson::knob_turn::one_of;
use ron::error::Error;

/// What is wrong, and what to do about it.
pub fn complaint(error: &Error) -> (String, String) {
    match error {
        Error::NoSuchStructField { expected, found, outer } => {
            let what = format!("{} has no field `{found}`.", owner(outer));
            (what, suggestion(found, expected))
        }
        Error::NoSuchEnumVariant { expected, found, outer } => {
            let what = match outer {
                Some(outer) => format!("`{found}` is no {outer}."),
                None => format!("`{found}` is not known here."),
            };
            (what, suggestion(found, expected))
        }
        Error::MissingStructField { field, outer } => (
            format!(
                "{}, which ends here, lacks the field `{field}`.",
                owner(outer)
            ),
            format!("Add `{field}: ...`."),
        ),
        Error::DuplicateStructField { field, .. } => (
            format!("The field `{field}` is given twice."),
            "Delete one of them.".to_owned(),
        ),
        Error::InvalidValueForType { expected, found } => (
            format!("{} stands where {expected} belongs.", capital(found)),
            "Write a value of that kind.".to_owned(),
        ),
        Error::ExpectedDifferentLength { expected, found } => (
            format!("There are {found} values; needed: {expected}."),
            "Add or delete values.".to_owned(),
        ),
        Error::Message(message) => (
            format!("{}.", capital(message)),
            "Change the value.".to_owned(),
        ),
        other => syntax(other),
    }
}

/// The same for a file that is no proper RON.
fn syntax(error: &Error) -> (String, String) {
    let (what, advice) = match error {
        Error::ExpectedComma => (
            "A comma or a closing bracket is missing before this.",
            "Add a comma between the values, or close the bracket.",
        ),
        Error::ExpectedString => {
            ("A string belongs here.", "Write text in double quotes.")
        }
        Error::ExpectedInteger | Error::ExpectedFloat => {
            ("A number belongs here.", "Write a number, without quotes.")
        }
        Error::ExpectedBoolean => {
            ("This is on or off.", "Write true or false.")
        }
        Error::InvalidEscape(_) => (
            "The backslash in this string means nothing.",
            "Double the backslash, or write LaTeX as r\"...\".",
        ),
        Error::SuggestRawIdentifier(_)
        | Error::InvalidIdentifier(_)
        | Error::ExpectedIdentifier => (
            "A name belongs here.",
            "Write a word of the list in lessons/README.md; a number in a \
             goal is written Value(0.03).",
        ),
        other => {
            let what = format!("{other}.");
            let advice = "Compare with the lesson in lessons/README.md.";
            return (what, advice.to_owned());
        }
    };
    (what.to_owned(), advice.to_owned())
}

fn owner(outer: &Option<String>) -> String {
    match outer {
        Some(outer) => format!("`{outer}`"),
        None => "This".to_owned(),
    }
}

/// The nearest word, or all of them.
fn suggestion(found: &str, expected: &[&str]) -> String {
    match nearest(found, expected.iter().copied()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => format!("Use {}.", one_of(expected)),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
