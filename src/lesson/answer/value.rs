//! Numbers, vectors and matrices, with errors in words.

/// A matrix of `f64`; a number is `[1, 1]`, a vector `[n, 1]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    rows: usize,
    cols: usize,
    data: Vec<f64>,
}

impl Value {
    /// A number.
    pub fn scalar(number: f64) -> Self {
        Self { rows: 1, cols: 1, data: vec![number] }
    }

    /// A column of numbers.
    pub fn vector(data: Vec<f64>) -> Self {
        Self { rows: data.len(), cols: 1, data }
    }

    /// Row after row; `None` if the numbers do not fill the shape exactly.
    pub fn matrix(
        rows: usize,
        cols: usize,
        data: Vec<f64>,
    ) -> Option<Self> {
        (rows.checked_mul(cols) == Some(data.len())).then_some(Self {
            rows,
            cols,
            data,
        })
    }

    /// Rows and columns.
    pub fn shape(&self) -> (usize, usize) {
        (self.rows, self.cols)
    }

    /// The entries, row after row.
    pub fn data(&self) -> &[f64] {
        &self.data
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self.data.as_slice() {
            [number] => Some(*number),
            _ => None,
        }
    }

    /// Whether it is a column.
    pub(super) fn is_column(&self) -> bool {
        self.cols == 1
    }

    /// Whether it is a column or a row.
    pub(super) fn is_line(&self) -> bool {
        self.cols == 1 || self.rows == 1
    }

    /// The entry in a row and column, counted from 0.
    pub(super) fn entry(&self, row: usize, col: usize) -> Option<f64> {
        if row >= self.rows || col >= self.cols {
            return None;
        }
        self.data.get(row * self.cols + col).copied()
    }

    /// Every entry changed by itself.
    pub(super) fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        let data = self.data.iter().map(|x| f(*x)).collect();
        Self { data, ..*self }
    }

    /// One entry changed by a step.
    pub(super) fn nudged(&self, entry: usize, step: f64) -> Self {
        let mut value = self.clone();
        value.data.iter_mut().skip(entry).take(1).for_each(|x| *x += step);
        value
    }

    /// Entry by entry; a number fits any shape.
    pub(super) fn zip(
        &self,
        other: &Self,
        f: impl Fn(f64, f64) -> f64,
    ) -> Result<Self, String> {
        if let Some(a) = self.number() {
            return Ok(other.map(|b| f(a, b)));
        }
        if let Some(b) = other.number() {
            return Ok(self.map(|a| f(a, b)));
        }
        if self.shape() != other.shape() {
            return Err(format!(
                "{} and {} do not fit entry by entry.{}",
                shape_name(self.shape()),
                shape_name(other.shape()),
                if self.shape() == (other.cols, other.rows) {
                    " One of them has to be transposed: T(..)."
                } else {
                    ""
                }
            ));
        }
        let pairs = self.data.iter().zip(&other.data);
        let data = pairs.map(|(a, b)| f(*a, *b)).collect();
        Ok(Self { data, ..*self })
    }

    /// The matrix product.
    pub(super) fn product(&self, other: &Self) -> Result<Self, String> {
        if self.cols != other.rows {
            return Err(format!(
                "{} times {} has no matrix product: the {} column(s) of \
                 the first must match the {} row(s) of the second.{}",
                shape_name(self.shape()),
                shape_name(other.shape()),
                self.cols,
                other.rows,
                if self.shape() == other.shape() {
                    " Entry by entry is `⊙`."
                } else {
                    ""
                }
            ));
        }
        let mut data = Vec::with_capacity(self.rows * other.cols);
        for row in 0..self.rows {
            for col in 0..other.cols {
                let terms = (0..self.cols).filter_map(|k| {
                    Some(self.entry(row, k)? * other.entry(k, col)?)
                });
                data.push(terms.sum());
            }
        }
        Ok(Self { rows: self.rows, cols: other.cols, data })
    }

    /// Rows become columns.
    pub(super) fn transposed(&self) -> Self {
        let mut data = Vec::with_capacity(self.data.len());
        for col in 0..self.cols {
            data.extend((0..self.rows).filter_map(|r| self.entry(r, col)));
        }
        Self { rows: self.cols, cols: self.rows, data }
    }

    /// Whether every entry is a finite number.
    pub(super) fn is_finite(&self) -> bool {
        self.data.iter().all(|x| x.is_finite())
    }

    /// The largest absolute value, 0 if there are no entries.
    pub(super) fn size(&self) -> f64 {
        self.data.iter().fold(0.0, |size, x| size.max(x.abs()))
    }
}

/// A shape in words, as the subject of a sentence.
pub(super) fn shape_name(shape: (usize, usize)) -> String {
    match shape {
        (1, 1) => "a number".to_owned(),
        (n, 1) => format!("a vector of {n}"),
        (1, n) => format!("a row of {n}"),
        (r, c) => format!("a {r}×{c} matrix"),
    }
}
