//! The numbers along the edges of a plot.

/// A range of numbers on one edge of a plot, straight or logarithmic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    from: f64,
    to: f64,
    log: bool,
}

impl Axis {
    /// Equal steps. A range that is empty or no number becomes 0 to 1.
    pub fn straight(from: f64, to: f64) -> Self {
        let fine = from.is_finite() && to.is_finite() && from < to;
        let (from, to) = if fine { (from, to) } else { (0.0, 1.0) };
        Self { from, to, log: false }
    }

    /// Equal ratios, of numbers above zero.
    pub fn log(from: f64, to: f64) -> Self {
        let fine = from > 0.0 && to.is_finite() && from < to;
        let (from, to) = if fine { (from, to) } else { (0.001, 1.0) };
        Self { from, to, log: true }
    }

    /// From zero or a power of ten up to a round number at or above `to`.
    pub fn covering(lowest: f64, highest: f64) -> Self {
        let to = if highest > 0.0 { highest } else { 1.0 };
        let from = lowest.min(0.0);
        let step = round_up((to - from) / 4.0);
        Self::straight(
            (from / step).floor() * step,
            (to / step).ceil() * step,
        )
    }

    /// From a power of ten to a power of ten around both numbers.
    pub fn covering_log(lowest: f64, highest: f64) -> Self {
        let to = if highest > 0.0 { highest } else { 1.0 };
        let from = if lowest > 0.0 { lowest.min(to) } else { to / 1e3 };
        let low = from.max(to / 1e9).log10();
        let (low, high) = (low.floor(), to.log10().ceil());
        Self::log(10_f64.powf(low), 10_f64.powf(high.max(low + 1.0)))
    }

    /// The lowest number.
    pub fn from(&self) -> f64 {
        self.from
    }

    /// The highest number.
    pub fn to(&self) -> f64 {
        self.to
    }

    /// Whether it shows ratios.
    pub fn is_log(&self) -> bool {
        self.log
    }

    /// Where a number lies, 0 to 1; outside of that if it is outside of
    /// the range; `None` if it has no place.
    pub fn share(&self, value: f64) -> Option<f64> {
        if !value.is_finite() {
            return None;
        }
        if !self.log {
            return Some((value - self.from) / (self.to - self.from));
        }
        if value <= 0.0 {
            return Some(-1.0);
        }
        let (from, to) = (self.from.log10(), self.to.log10());
        Some((value.log10() - from) / (to - from))
    }

    /// At most `most` round numbers on the axis, with their labels.
    pub fn ticks(&self, most: usize) -> Vec<(f64, String)> {
        if self.log { self.log_ticks(most) } else { self.even_ticks(most) }
    }

    fn even_ticks(&self, most: usize) -> Vec<(f64, String)> {
        let most = most.clamp(2, 20);
        let mut step = round_up((self.to - self.from) / most as f64);
        let count = |step: f64| {
            let first = (self.from / step - 1e-6).ceil();
            let last = (self.to / step + 1e-6).floor();
            (first, last)
        };
        while count(step).1 - count(step).0 >= most as f64 {
            step = round_up(step * 1.01);
        }
        let (first, last) = count(step);
        let decimals = (-step.log10().floor()).clamp(0.0, 9.0) as usize;
        (0..=(last - first) as usize)
            .map(|i| (first + i as f64) * step)
            .map(|x| (x, label(x, decimals)))
            .collect()
    }

    fn log_ticks(&self, most: usize) -> Vec<(f64, String)> {
        let most = most.clamp(2, 20);
        let (low, high) = (self.from.log10(), self.to.log10());
        let powers =
            (low - 1e-6).floor() as i32..=(high + 1e-6).floor() as i32;
        let within = |x: &f64| {
            let power = x.log10();
            low - 1e-6 <= power && power <= high + 1e-6
        };
        for steps in [&[1.0, 2.0, 5.0][..], &[1.0, 3.0], &[1.0]] {
            let ticks: Vec<f64> = powers
                .clone()
                .flat_map(|p| steps.iter().map(move |s| (p, s)))
                .map(|(power, step)| step * 10_f64.powi(power))
                .filter(within)
                .collect();
            if ticks.len() <= most || steps.len() == 1 {
                let every = ticks.len().div_ceil(most).max(1);
                let shown = ticks.into_iter().step_by(every);
                return shown.map(|x| (x, short(x))).collect();
            }
        }
        Vec::new()
    }
}

/// A number with three digits that count: `0.0182`, `12.3`, `1.2e-5`.
pub fn number(x: f64) -> String {
    let size = x.abs();
    if !x.is_finite() {
        return if x.is_nan() { "NaN".to_owned() } else { format!("{x}") };
    }
    if size == 0.0 {
        return "0".to_owned();
    }
    if !(0.000_5..99_999.5).contains(&size) {
        let text = format!("{x:.1e}");
        return text.replace(".0e", "e");
    }
    // log10 of 0.0005..99999 is -4..4, so the decimals are 0..6.
    // What is 0.01 but for rounding is 0.01.
    let power = (size * (1.0 + 1e-6)).log10().floor();
    let decimals = (2.0 - power).clamp(0.0, 6.0) as usize;
    let text = format!("{x:.decimals$}");
    if text.contains('.') && text.ends_with('0') && size >= 1.0 {
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    text
}

/// A number with one digit that counts.
fn short(x: f64) -> String {
    let power = (x.log10() + 1e-6).floor();
    if !(-4.0..5.0).contains(&power) {
        return format!("{x:.0e}");
    }
    let decimals = (-power).max(0.0) as usize;
    format!("{x:.decimals$}")
}

fn label(x: f64, decimals: usize) -> String {
    if x != 0.0 && (x.abs() >= 1e6 || decimals > 5) {
        return number(x);
    }
    let text = format!("{x:.decimals$}");
    if text.trim_matches(['-', '0', '.']).is_empty() {
        return "0".to_owned();
    }
    text
}

/// The next of 1, 2, 5, 10, ... that is not smaller.
fn round_up(step: f64) -> f64 {
    if !step.is_finite() || step <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(step.log10().floor());
    let first = step / power;
    let round = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .find(|round| first <= round * (1.0 + 1e-9));
    power * round.unwrap_or(10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(ticks: Vec<(f64, String)>) -> Vec<String> {
        ticks.into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn numbers_keep_three_digits() {
        let cases = [
            (0.018_24, "0.0182"),
            (0.0, "0"),
            (f64::from(0.01_f32), "0.0100"),
            (12.34, "12.3"),
            (784.0, "784"),
            (25.0, "25"),
            (0.231, "0.231"),
            (1.0, "1"),
            (12_345.6, "12346"),
            (0.000_012, "1.2e-5"),
            (1e9, "1e9"),
            (-0.5, "-0.500"),
            (f64::NAN, "NaN"),
        ];
        for (x, text) in cases {
            assert_eq!(number(x), text);
        }
    }

    #[test]
    fn ticks_are_round_and_few() {
        let axis = Axis::covering(0.002, 0.2314);
        assert_eq!(axis.from(), 0.0);
        assert!((axis.to() - 0.3).abs() < 1e-9);
        let shown = labels(axis.ticks(4));
        assert_eq!(shown, ["0", "0.1", "0.2", "0.3"]);
        let epochs = Axis::straight(0.0, 40.0).ticks(6);
        assert_eq!(labels(epochs), ["0", "10", "20", "30", "40"]);
        for most in 2..12 {
            for to in [1.0, 3.0, 7.5, 40.0, 1e4, 1e-4] {
                let ticks = Axis::straight(0.0, to).ticks(most);
                assert!(ticks.len() <= most, "{to} in {most}: {ticks:?}");
                assert!(!ticks.is_empty());
            }
        }
    }

    #[test]
    fn logarithmic_ticks_are_round() {
        let axis = Axis::covering_log(0.018, 0.9);
        assert_eq!(labels(axis.ticks(4)), ["0.01", "0.1", "1"]);
        let fine = ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"];
        assert_eq!(labels(axis.ticks(7)), fine);
        let sizes = Axis::log(1.0, 64.0).ticks(6);
        assert_eq!(labels(sizes), ["1", "2", "5", "10", "20", "50"]);
        assert!(Axis::log(2.1, 2.2).ticks(4).is_empty());
        assert_eq!(axis.share(0.1), Some(0.5));
        assert_eq!(axis.share(-2.0), Some(-1.0));
    }

    #[test]
    fn no_range_breaks_an_axis() {
        for (a, b) in [(f64::NAN, 1.0), (2.0, 2.0), (5.0, -5.0)] {
            for axis in [
                Axis::straight(a, b),
                Axis::log(a, b),
                Axis::covering(a, b),
                Axis::covering_log(a, b),
            ] {
                assert!(axis.from() < axis.to());
                assert!(axis.ticks(4).len() <= 4, "{axis:?}");
            }
        }
        assert_eq!(Axis::straight(0.0, 1.0).share(f64::NAN), None);
    }
}
