//! The table, 80 columns wide.

use super::Order;
use super::Outcome;
use crate::train::reproduce::Row;
use crate::train::reproduce::finding::Expected;
use crate::train::reproduce::finding::Finding;
use crate::train::reproduce::finding::Verdict;
use crate::train::reproduce::lab::Scale;
use crate::train::reproduce::pins::Pin;
use crate::view::text::markdown;
use std::fmt::Write as _;

/// Columns.
const WIDTH: usize = 80;

/// Columns for the name of a quantity.
const LABEL: usize = 40;

/// What units and words mean.
const LEGEND: &str = "\
sum/image: squared error summed over pixels, mean over images; divide by \
784 for the mean/pixel of 28 x 28 pictures. nats/image: cross-entropy summed \
over pixels; for grey pixels it has a floor above 0. A range of some seeds is \
their mean and three standard deviations on this data, which is smaller than \
that of the source; `peer` is the same model in PyTorch or scikit-learn on the \
same data. holds: as expected. open: not measured often \
enough to expect anything. differs: not so on this data, and it is known why. \
FAILS: it should be so and is not.";

/// One line per row, nothing trained.
pub fn list(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let full = match row.full {
            Some(time) => format!("--full {time}"),
            None => String::new(),
        };
        let line = format!("{:<10}  {:<52} {full:>15}", row.id, row.claim);
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// Everything that was measured.
pub fn text(outcomes: &[Outcome], order: &Order, unicode: bool) -> String {
    let mut text = String::new();
    let data = match order.scale {
        Scale::Small => "small, on the data inside the program",
        Scale::Full => "as large as in the source, on your full data",
    };
    let _ = writeln!(text, "{data}; seed {}\n", order.seed);
    for outcome in outcomes {
        one(outcome, unicode, &mut text);
    }
    summary(outcomes, &mut text);
    match unicode {
        true => text,
        false => text.replace('\u{b1}', "+-").replace('\u{b7}', "-"),
    }
}

/// A row: its name and claim, its source, a line per number.
fn one(outcome: &Outcome, unicode: bool, text: &mut String) {
    let row = &outcome.row;
    let time = format!("{:.1} s", outcome.seconds);
    let _ = writeln!(text, "{:<10}  {:<57} {time:>10}", row.id, row.claim);
    let source = format!(
        "{}: {} ({}; {})",
        row.source,
        row.reported,
        row.tier.label(),
        row.mark.label()
    );
    indented(&source, text);
    match &outcome.result {
        Ok(findings) => {
            for finding in findings {
                line(finding, unicode, text);
            }
        }
        Err(halt) => indented(&halt.to_string(), text),
    }
    text.push('\n');
}

/// Quantity, expectation, measurement, verdict.
fn line(finding: &Finding, unicode: bool, text: &mut String) {
    let verdict = finding.verdict();
    let label = match finding.unit.label() {
        "" => finding.what.clone(),
        unit => format!("{}, {unit}", finding.what),
    };
    let numbers = format!(
        "{:>16} {:>8}  {}",
        expected(finding.expected, true),
        short(finding.measured),
        verdict.label()
    );
    let sign = sign(verdict, unicode);
    let row = match label.chars().count() > LABEL {
        true => format!("  {sign} {label}\n    {:LABEL$} {numbers}", ""),
        false => format!("  {sign} {label:LABEL$} {numbers}"),
    };
    let _ = writeln!(text, "{}", row.trim_end());
    if let Expected::Pinned(pin) = finding.expected {
        let _ = writeln!(text, "      {}", both(pin));
    }
    if let (Verdict::Differs, Some(reason)) = (verdict, finding.differs) {
        for row in markdown::plain(reason, WIDTH - 6) {
            let _ = writeln!(text, "      {row}");
        }
    }
}

/// What both programs gave, and how often each was asked.
fn both(pin: &Pin) -> String {
    let runs = [("here", pin.here), ("peer", pin.peer)];
    let spreads = [pin.here(), pin.peer()];
    let told = runs.iter().zip(spreads);
    let told = told.map(|((who, runs), (m, s))| match runs.len() {
        0 => format!("{who} not yet"),
        1 => format!("{who} once {}", short(m)),
        n => format!("{who} {n} seeds {}", near(m, s)),
    });
    told.collect::<Vec<_>>().join(", ")
}

fn indented(what: &str, text: &mut String) {
    for row in markdown::plain(what, WIDTH - 4) {
        let _ = writeln!(text, "    {row}");
    }
}

fn sign(verdict: Verdict, unicode: bool) -> char {
    match (verdict, unicode) {
        (Verdict::Shown, _) => ' ',
        (Verdict::Open, _) => '?',
        (Verdict::Holds, true) => '\u{2713}',
        (Verdict::Holds, false) => '+',
        (Verdict::Differs, true) => '\u{2260}',
        (Verdict::Differs, false) => '~',
        (Verdict::Fails, true) => '\u{2717}',
        (Verdict::Fails, false) => '!',
    }
}

/// What was expected, at most 16 columns where it must be `brief`.
pub fn expected(expected: Expected, brief: bool) -> String {
    match expected {
        Expected::Near(middle, slack) => near(middle, slack),
        Expected::Within(low, high) => {
            format!("{} .. {}", short(low), short(high))
        }
        Expected::Below(limit) => format!("< {}", short(limit)),
        Expected::AtLeast(limit) => format!(">= {}", short(limit)),
        Expected::Pinned(pin) => match pin.expected() {
            Some((middle, slack)) => near(middle, slack),
            None => "not measured yet".to_owned(),
        },
        Expected::Unmeasured if brief => "not measured yet".to_owned(),
        Expected::Unmeasured => {
            "not measured with five seeds yet".to_owned()
        }
        Expected::Shown => String::new(),
    }
}

/// Both with as many digits as the slack needs.
fn near(middle: f64, slack: f64) -> String {
    if slack == 0.0 {
        return short(middle);
    }
    let digits = (1.5 - slack.abs().log10()).floor().clamp(0.0, 5.0);
    let digits = digits as usize;
    if slack.abs() < 1e-4 {
        return format!("{} \u{b1} {slack:.0e}", short(middle));
    }
    format!("{middle:.digits$} \u{b1} {slack:.digits$}")
}

/// Four digits.
fn short(x: f64) -> String {
    let size = x.abs();
    if !x.is_finite() {
        return x.to_string();
    }
    if size > 0.0 && !(1e-3..1e6).contains(&size) {
        return format!("{x:.1e}");
    }
    if x.fract() == 0.0 {
        return format!("{x:.0}");
    }
    let digits = (3.0 - size.log10().floor()).clamp(0.0, 4.0) as usize;
    format!("{x:.digits$}")
}

fn summary(outcomes: &[Outcome], text: &mut String) {
    let ran: Vec<_> =
        outcomes.iter().filter(|o| o.result.is_ok()).collect();
    let count =
        |verdict| ran.iter().filter(|o| o.verdict() == verdict).count();
    let not_run = match outcomes.len() - ran.len() {
        0 => String::new(),
        n => format!(", {n} not run"),
    };
    let holds = count(Verdict::Holds) + count(Verdict::Shown);
    let seconds: f64 = outcomes.iter().map(|o| o.seconds).sum();
    let _ = writeln!(
        text,
        "{} {}: {holds} hold, {} open, {} differ, {} fail{not_run}; \
         {seconds:.0} s\n",
        outcomes.len(),
        if outcomes.len() == 1 { "row" } else { "rows" },
        count(Verdict::Open),
        count(Verdict::Differs),
        count(Verdict::Fails)
    );
    for row in markdown::plain(LEGEND, WIDTH) {
        let _ = writeln!(text, "{row}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_say_what_is_known() {
        for (x, told) in [
            (14.0254, "14.03"),
            (0.10128, "0.1013"),
            (3.2e-7, "3.2e-7"),
            (8.0, "8"),
            (1234.5, "1234"),
            (0.0, "0"),
        ] {
            assert_eq!(short(x), told);
        }
        assert_eq!(near(14.0254, 0.002), "14.0254 \u{b1} 0.0020");
        assert_eq!(near(105.6, 0.8), "105.6 \u{b1} 0.8");
        assert_eq!(near(38.0, 1e-6), "38 \u{b1} 1e-6");
        assert_eq!(near(100.0, 0.0), "100");
    }
}
