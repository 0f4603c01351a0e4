//! Tables as text: CSV and its relatives, with the label first or last.
//!
//! Fields are separated by commas, semicolons, tabs or spaces. A first line
//! without any number has the names of the columns. Lines that begin with
//! `#` or `@` are left out; in a file with such `@` lines, as the UCR
//! archive has them, a colon separates, too.

use crate::Real;
use crate::nn::Matrix;

use super::DataError;
use super::grouped::grouped;
use super::npy::MOST;
use super::stored::Stored;

/// The most bytes of text, unpacked. The 42,000 digits of a well-known
/// contest have 77 million.
const LARGEST: u64 = 256 << 20;

/// Names that mark a column as the label.
const LABELS: [&str; 6] =
    ["label", "labels", "class", "target", "species", "y"];

/// A table as it was stored.
#[derive(Debug, PartialEq)]
pub(super) struct Table {
    /// Names of the columns; empty if the file has none.
    pub columns: Vec<String>,
    /// `[rows, columns]`, without the label.
    pub x: Matrix,
    /// The label of each row; empty if there are none.
    pub labels: Vec<String>,
}

/// Where the label stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    First,
    Last,
    Nowhere,
}

/// Reads a table.
///
/// The label is the first or the last column: the one with such a name, or
/// the one with words, or the only one of the two with whole numbers of few
/// kinds. Otherwise there is no label.
pub(super) fn read(file: &Stored) -> Result<Table, DataError> {
    let text = String::from_utf8(file.content(LARGEST)?)
        .map_err(|_| file.unusable("it is no text in UTF-8", CSV))?;
    let marked = text.lines().any(|line| line.starts_with('@'));
    let mut lines: Vec<(usize, &str)> = (1..)
        .zip(text.lines().map(str::trim))
        .filter(|(_, line)| !line.is_empty())
        .filter(|(_, line)| !line.starts_with(['#', '@']))
        .collect();
    let Some(&(_, first)) = lines.first() else {
        return Err(file.unusable("it has no lines", CSV));
    };
    let cut = Cut::of(first, marked);
    let names: Vec<&str> = cut.fields(first).collect();
    let mut columns = Vec::new();
    if names.iter().all(|name| number(name).is_none()) {
        columns = names.iter().map(|&name| name.to_owned()).collect();
        lines.remove(0);
    }
    let width = names.len();
    if lines.is_empty() || width < 2 {
        let what = "it has no rows of two numbers or more";
        return Err(file.unusable(what, CSV));
    }
    if lines.len().saturating_mul(width) > MOST {
        let what = format!(
            "it has {} rows of {}",
            grouped(lines.len()),
            grouped(width)
        );
        return Err(file.unusable(what, "Use a file with fewer rows."));
    }
    let place = place(file, &cut, &columns, &lines)?;
    match place {
        _ if columns.is_empty() => {}
        Place::First => drop(columns.remove(0)),
        Place::Last => drop(columns.pop()),
        Place::Nowhere => {}
    }
    let (x, labels) = rows(file, &cut, &lines, (width, place))?;
    Ok(Table { columns, x, labels })
}

const CSV: &str = "Use lines of numbers with commas between them.";
const NAME: &str =
    "Name the columns in a first line, and call the label `label`.";

/// How a line is cut into fields.
struct Cut {
    by: fn(char) -> bool,
    /// Whether several in a row count as one.
    merged: bool,
}

impl Cut {
    fn of(line: &str, marked: bool) -> Self {
        let has = |c| line.contains(c);
        let by: fn(char) -> bool = match () {
            () if marked => |c| matches!(c, ',' | ':'),
            () if has(';') => |c| c == ';',
            () if has(',') => |c| c == ',',
            () if has('\t') => |c| c == '\t',
            () => char::is_whitespace,
        };
        Self { by, merged: by(' ') }
    }

    fn fields<'a>(&self, line: &'a str) -> impl Iterator<Item = &'a str> {
        let merged = self.merged;
        line.split(self.by)
            .map(|field| field.trim().trim_matches('"'))
            .filter(move |field| !merged || !field.is_empty())
    }

    fn ends<'a>(&self, line: &'a str) -> [&'a str; 2] {
        let mut fields = self.fields(line);
        let first = fields.next().unwrap_or("");
        [first, fields.last().unwrap_or(first)]
    }
}

/// A finite number.
fn number(field: &str) -> Option<Real> {
    field.parse().ok().filter(|value: &Real| value.is_finite())
}

/// Finds the column with the label.
fn place(
    file: &Stored,
    cut: &Cut,
    columns: &[String],
    lines: &[(usize, &str)],
) -> Result<Place, DataError> {
    let named = |name: Option<&String>| {
        let name = name.map(|name| name.to_lowercase());
        name.is_some_and(|name| LABELS.contains(&&*name))
    };
    let [first, last] = [columns.first(), columns.last()].map(named);
    if let Some(place) = only([first, last]) {
        return Ok(place);
    }
    let mut words = [false; 2];
    let mut whole = [true; 2];
    let mut kinds = [const { Vec::new() }; 2];
    for (_, line) in lines {
        for (i, field) in cut.ends(line).into_iter().enumerate() {
            match number(field) {
                None => words[i] = true,
                Some(value) => {
                    whole[i] &= value.fract() == 0.0;
                    if kinds[i].len() < 257 && !kinds[i].contains(&value) {
                        kinds[i].push(value);
                    }
                }
            }
        }
    }
    if let Some(place) = only(words) {
        return Ok(place);
    }
    if words[0] {
        let what = "its first and its last column hold words";
        return Err(file.unusable(what, NAME));
    }
    let few = |i: usize| whole[i] && (2..=256).contains(&kinds[i].len());
    if few(0) && few(1) {
        let what = "the label may be its first or its last column";
        return Err(file.unusable(what, NAME));
    }
    Ok(only([few(0), few(1)]).unwrap_or(Place::Nowhere))
}

/// The only one of the two that is true.
fn only(either: [bool; 2]) -> Option<Place> {
    match either {
        [true, false] => Some(Place::First),
        [false, true] => Some(Place::Last),
        _ => None,
    }
}

/// Reads all numbers and labels.
fn rows(
    file: &Stored,
    cut: &Cut,
    lines: &[(usize, &str)],
    (width, place): (usize, Place),
) -> Result<(Matrix, Vec<String>), DataError> {
    let label = match place {
        Place::First => 0,
        Place::Last => width - 1,
        Place::Nowhere => width,
    };
    let mut values = Vec::new();
    let mut labels = Vec::new();
    for &(at, line) in lines {
        let mut count = 0;
        for (i, field) in cut.fields(line).enumerate() {
            count += 1;
            if i == label {
                labels.push(plain(field));
            } else if let Some(value) = number(field) {
                values.push(value);
            } else {
                let field: String = field.chars().take(20).collect();
                let what = format!(
                    "line {at} has `{field}` in column {}, which is no \
                     finite number",
                    i + 1
                );
                return Err(file.unusable(what, "Correct or delete it."));
            }
        }
        if count != width {
            let what = format!(
                "line {at} has {count} fields and the first has {width}"
            );
            return Err(file.unusable(what, "Correct or delete the line."));
        }
    }
    let columns = width - usize::from(place != Place::Nowhere);
    let x = Matrix::from_shape_vec((lines.len(), columns), values)
        .map_err(|error| file.unusable(error.to_string(), CSV))?;
    Ok((x, labels))
}

/// A label as one writes it: 1 for 1.0000000e+00.
fn plain(field: &str) -> String {
    match field.parse::<f64>() {
        Ok(value) if value.is_finite() => value.to_string(),
        _ => field.to_owned(),
    }
}

/// The classes that come, at most 256: by size if they are numbers, else
/// by the alphabet; and each label as the number of its class.
pub(super) fn numbered(
    name: &str,
    labels: &[&[String]],
) -> Result<(Vec<String>, Vec<Vec<u8>>), DataError> {
    let mut classes: Vec<&String> =
        labels.iter().copied().flatten().collect();
    classes.sort();
    classes.dedup();
    if classes.len() > 256 {
        let what = format!("it has {} different labels", classes.len());
        let advice = "Use at most 256 classes.";
        return Err(DataError::unusable(name, what, advice));
    }
    let value = |class: &str| class.parse::<f64>();
    if classes.iter().all(|class| value(class).is_ok()) {
        classes.sort_by(|a, b| {
            let [a, b] = [a, b].map(|c| value(c).unwrap_or(0.0));
            a.total_cmp(&b)
        });
    }
    let index = |label: &String| {
        let place = classes.iter().position(|class| *class == label);
        place.unwrap_or(0) as u8
    };
    let numbers = labels
        .iter()
        .map(|part| part.iter().map(index).collect())
        .collect();
    Ok((classes.into_iter().cloned().collect(), numbers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn table(text: &'static str) -> Result<Table, String> {
        let file = Stored::embedded("x.csv", text.as_bytes());
        read(&file).map_err(|error| error.to_string())
    }

    #[test]
    fn the_label_is_found_first_or_last_by_name_word_or_number() {
        let x = array![[1.5, 2.5], [3.5, 4.5]];
        for (text, labels) in [
            ("7,1.5,2.5\n8,3.5,4.5\n", ["7", "8"]),
            ("1.5,2.5,7\n3.5,4.5,8\n", ["7", "8"]),
            ("a,1.5,2.5\nb,3.5,4.5", ["a", "b"]),
            ("1.5,2.5,a\n3.5,4.5,b\n", ["a", "b"]),
            ("label,one,two\n7,1.5,2.5\n7,3.5,4.5\n", ["7", "7"]),
            ("one,two,Class\n1.5,2.5,\"a\"\n3.5,4.5,b\n", ["a", "b"]),
            ("1.5;2.5;a\n3.5;4.5;b", ["a", "b"]),
            ("1.5\t2.5\ta\n3.5\t4.5\tb", ["a", "b"]),
            ("# x\n\n 7.0e0  1.5 2.5\n 8.0  3.5 4.5\r\n", ["7", "8"]),
            ("@data\n1.5,2.5:a\n3.5,4.5:b\n", ["a", "b"]),
        ] {
            let table = table(text).unwrap();
            assert_eq!(table.x, x, "{text}");
            assert_eq!(table.labels, labels, "{text}");
        }
        let named = table("one,two,Class\n1,2.5,a\n").unwrap();
        assert_eq!(named.columns, ["one", "two"]);
    }

    #[test]
    fn rows_without_labels_have_none() {
        let table = table("1.5,2.5\n3.5,4.5\n").unwrap();
        assert!(table.labels.is_empty() && table.columns.is_empty());
        assert_eq!(table.x.dim(), (2, 2));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, part) in [
            ("", "it has no lines"),
            ("a,b,c\n", "no rows of two numbers"),
            ("1\n2\n", "no rows of two numbers"),
            ("1.5,2.5\n3.5\n", "line 2 has 1 fields and the first has 2"),
            ("1.5,x,2.5\n1.5,2.5,3.5\n", "line 1 has `x` in column 2"),
            ("1.5,2.5,3.5\n1.5,nan,2.5\n", "line 2 has `nan` in column 2"),
            ("1.5,2.5,3.5\n1.5,,2.5\n", "line 2 has `` in column 2"),
            ("1,2.5,3\n2,2.5,4\n", "may be its first or its last"),
            ("a,1.5,b\nc,2.5,d\n", "its last column hold words"),
        ] {
            let told = table(text).unwrap_err();
            assert!(told.contains(part), "{text} {told}");
        }
    }

    #[test]
    fn classes_are_sorted_as_people_do() {
        let labels = ["10", "9", "10"].map(str::to_owned);
        let (classes, numbers) = numbered("x", &[&labels]).unwrap();
        assert_eq!(classes, ["9", "10"]);
        assert_eq!(numbers, [[1, 0, 1]]);
        let labels = ["dog", "9", "cat"].map(str::to_owned);
        assert_eq!(numbered("x", &[&labels]).unwrap().0[1], "cat");
        let many: Vec<String> = (0..257).map(|i| i.to_string()).collect();
        assert!(numbered("x", &[&many]).is_err());
    }
}
