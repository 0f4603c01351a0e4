//! `gargalo reproduce`: what papers claim, and what our models do.

mod table;

use crate::data::Library;
use crate::shell::facts::Facts;
use crate::shell::headless::Answer;
use crate::shell::headless::json;
use crate::shell::headless::number;
use crate::train::reproduce;
use crate::train::reproduce::Row;
use crate::train::reproduce::finding::Expected;
use crate::train::reproduce::finding::Finding;
use crate::train::reproduce::finding::Verdict;
use crate::train::reproduce::lab::Halt;
use crate::train::reproduce::lab::Lab;
use crate::train::reproduce::lab::Scale;
use crate::train::reproduce::lab::Watcher;
use anyhow::anyhow;
use serde_json::Value as Json;
use serde_json::json;
use std::io;
use std::io::IsTerminal;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;
use std::time::Instant;

/// How often a line of progress is written anew.
const PERIOD: Duration = Duration::from_millis(100);

/// What the command line asks for.
#[derive(Debug)]
pub struct Order<'a> {
    /// The rows; all if there is none.
    pub ids: &'a [String],
    /// Small or as in the source.
    pub scale: Scale,
    /// The first seed.
    pub seed: u64,
    /// How many seeds the mean of an order is taken over.
    pub seeds: u64,
    /// Threads to train with.
    pub threads: u16,
    /// What to print.
    pub form: Form,
}

/// What to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The table.
    Text,
    /// One JSON array.
    Json,
}

/// What came of a row.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The row.
    pub row: Row,
    /// What it measured, or why it did not.
    pub result: Result<Vec<Finding>, Halt>,
    /// How long it took.
    pub seconds: f64,
}

impl Outcome {
    /// The worst of its findings; a row that could not run fails.
    pub fn verdict(&self) -> Verdict {
        match &self.result {
            Ok(findings) => reproduce::verdict(findings),
            Err(_) => Verdict::Fails,
        }
    }
}

/// The rows as a list, nothing trained.
pub fn list(form: Form) -> Answer {
    let rows = reproduce::rows();
    Answer::fine(match form {
        Form::Text => table::list(&rows),
        Form::Json => {
            json(&rows.iter().map(about).collect::<Vec<_>>().into())
        }
    })
}

/// Trains and measures; exit code 1 if a claim fails.
///
/// # Errors
///
/// When there is no such row, or a signal cannot be listened to.
pub fn reproduce(
    order: &Order,
    library: &Library,
) -> anyhow::Result<Answer> {
    let rows = chosen(order)?;
    let mut terminal = Terminal::new()?;
    let mut lab = Lab::new(library, order.seed, &mut terminal);
    (lab.scale, lab.seeds) = (order.scale, order.seeds);
    lab.threads = usize::from(order.threads);
    let mut outcomes: Vec<Outcome> = Vec::new();
    for row in rows {
        let started = Instant::now();
        lab.watcher.say(&format!("\0{}", row.id));
        let result = match (order.scale, row.full) {
            (Scale::Full, None) => Err(Halt::NotFull),
            _ => (row.measure)(&mut lab),
        };
        let stopped = result == Err(Halt::Stopped);
        let seconds = started.elapsed().as_secs_f64();
        outcomes.push(Outcome { row, result, seconds });
        if stopped {
            break;
        }
    }
    terminal.clear();
    let text = match order.form {
        Form::Text => {
            let unicode = Facts::of_process().unicode;
            table::text(&outcomes, order, unicode)
        }
        Form::Json => json(&outcomes.iter().map(outcome).collect()),
    };
    let fails = |o: &Outcome| o.verdict() == Verdict::Fails;
    Ok(match outcomes.iter().any(fails) {
        true => Answer::not_met(text),
        false => Answer::fine(text),
    })
}

/// The rows that are wanted, in the order in which they are named.
fn chosen(order: &Order) -> anyhow::Result<Vec<Row>> {
    if order.ids.is_empty() {
        let mut rows = reproduce::rows();
        if order.scale == Scale::Full {
            rows.retain(|row| row.full.is_some());
        }
        return Ok(rows);
    }
    let find = |id: &String| {
        reproduce::find(id).ok_or_else(|| {
            anyhow!(
                "there is no row {id}; gargalo reproduce --list names them"
            )
        })
    };
    order.ids.iter().map(find).collect()
}

/// A line of progress on a terminal, and an ear for Ctrl-C.
struct Terminal {
    stop: Arc<AtomicBool>,
    row: String,
    shown: bool,
    next: Instant,
}

impl Terminal {
    fn new() -> io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        listen(&stop)?;
        let (row, next) = (String::new(), Instant::now());
        let shown = io::stderr().is_terminal();
        Ok(Self { stop, row, shown, next })
    }

    /// Takes the line away.
    fn clear(&self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r{:78}\r", "");
        }
    }
}

/// The first Ctrl-C asks to stop, the second ends the program at once.
#[cfg(unix)]
fn listen(stop: &Arc<AtomicBool>) -> io::Result<()> {
    use signal_hook::consts;
    for signal in [consts::SIGINT, consts::SIGTERM] {
        signal_hook::flag::register_conditional_default(
            signal,
            Arc::clone(stop),
        )?;
        signal_hook::flag::register(signal, Arc::clone(stop))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn listen(_: &Arc<AtomicBool>) -> io::Result<()> {
    Ok(())
}

impl Watcher for Terminal {
    fn say(&mut self, what: &str) {
        if let Some(row) = what.strip_prefix('\0') {
            self.row = row.to_owned();
            self.next = Instant::now();
        }
        if self.shown && Instant::now() >= self.next {
            let what = what.trim_start_matches('\0');
            let line = match what == self.row {
                true => self.row.clone(),
                false => format!("{}: {what}", self.row),
            };
            let _ = write!(io::stderr(), "\r{line:78}\r");
            let _ = io::stderr().flush();
            self.next = Instant::now() + PERIOD;
        }
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// What is known of a row before it runs.
fn about(row: &Row) -> Json {
    json!({
        "id": row.id,
        "claim": row.claim,
        "source": row.source,
        "reported": row.reported,
        "confidence": row.mark.label(),
        "kind": row.tier.label(),
        "full": row.full,
    })
}

/// A row with what came of it.
fn outcome(outcome: &Outcome) -> Json {
    let mut object = about(&outcome.row);
    let (findings, problem) = match &outcome.result {
        Ok(findings) => (findings.iter().map(finding).collect(), None),
        Err(halt) => (Vec::new(), Some(halt.to_string())),
    };
    object["verdict"] = json!(match problem {
        None => word(outcome.verdict()),
        Some(_) => "not run",
    });
    object["seconds"] = number(outcome.seconds);
    object["findings"] = Json::Array(findings);
    object["problem"] = json!(problem);
    object
}

fn finding(finding: &Finding) -> Json {
    let mut object = json!({
        "what": finding.what,
        "unit": finding.unit.label(),
        "expected": table::expected(finding.expected, false),
        "measured": number(finding.measured),
        "verdict": word(finding.verdict()),
        "reason": finding.differs,
    });
    if let Expected::Pinned(pin) = finding.expected {
        object["seeds_here"] = json!(pin.here);
        object["seeds_peer"] = json!(pin.peer);
    }
    object
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Shown => "shown",
        Verdict::Fails => "fails",
        other => other.label(),
    }
}
