//! `gargalo bench`: how fast the models learn on this machine.
//!
//! Timed is what the lessons run: a batch gathered from the training set,
//! a look at it, a step of the optimizer. The data are drawn at random;
//! the time of a step does not depend on them.

mod items;

use crate::kernel::crew::Crew;
use crate::kernel::peak;
use crate::shell::headless::Answer;
use crate::shell::headless::json;
use anyhow::anyhow;
use items::ALL;
use items::Item;
use items::Work;
use serde_json::json;
use std::fmt::Write as _;
use std::time::Instant;

/// Blocks of steps that are timed; the median counts.
const BLOCKS: usize = 5;

/// Seconds of a block, about.
const BLOCK: f64 = 0.3;

/// What came of an item.
struct Measured {
    item: &'static Item,
    /// Seconds of a step: the median, the least and the most of blocks.
    seconds: [f64; 3],
    /// Of the process, at most until now, in bytes; 0 if unknown.
    memory: f64,
}

/// Times the items named, or all.
///
/// # Errors
///
/// When there is no such item.
pub fn run(
    ids: &[String],
    threads: usize,
    as_json: bool,
) -> anyhow::Result<Answer> {
    let wanted = wanted(ids)?;
    let peak = peak_of(threads);
    let mut text = format!(
        "{threads} thread{}, peak {:.0} GFLOP/s (32-bit multiply-adds)\n\n\
         {:<3} {:<32} {:>9} {:>9} {:>7} {:>6} {:>7}\n",
        if threads == 1 { "" } else { "s" },
        peak / 1e9,
        "",
        "",
        "samples/s",
        "step us",
        "GFLOP/s",
        "peak",
        "memory",
    );
    let mut rows = Vec::new();
    for item in wanted {
        let measured = measure(item, threads);
        measured.line(peak, &mut text);
        rows.push(measured.to_json(peak, threads));
    }
    if as_json {
        return Ok(Answer::fine(json(&serde_json::Value::Array(rows))));
    }
    text.push_str(
        "\nGFLOP/s and the share of the peak count the multiply-adds of \
         the products\nalone, for k-sparse codes those of the dense \
         products that they replace.\n",
    );
    Ok(Answer::fine(text))
}

fn wanted(ids: &[String]) -> anyhow::Result<Vec<&'static Item>> {
    if ids.is_empty() {
        return Ok(ALL.iter().collect());
    }
    let mut wanted = Vec::new();
    for id in ids {
        let named = |item: &&Item| item.id.eq_ignore_ascii_case(id);
        let Some(item) = ALL.iter().find(named) else {
            let known: Vec<&str> = ALL.iter().map(|item| item.id).collect();
            return Err(anyhow!(
                "{id}: there is no such item; choose from {}",
                known.join(", "),
            ));
        };
        wanted.push(item);
    }
    Ok(wanted)
}

/// Operations per second, the best of a few tries.
fn peak_of(threads: usize) -> f64 {
    let mut crew = Crew::new(threads);
    let mut best: f64 = 0.0;
    for _ in 0..10 {
        let start = Instant::now();
        let operations = peak::exercise(200_000, &mut crew);
        best = best.max(operations / start.elapsed().as_secs_f64());
    }
    best
}

fn measure(item: &'static Item, threads: usize) -> Measured {
    let mut work = Work::new(item, threads);
    // Three steps to warm up, then as many as fill a block.
    for _ in 0..3 {
        work.step();
    }
    let mut steps = 1;
    let mut seconds = time(&mut work, steps);
    while seconds < BLOCK / 4.0 {
        steps *= 2;
        seconds = time(&mut work, steps);
    }
    let fit = BLOCK / seconds * steps as f64;
    let steps = (fit as usize).max(1);
    let blocks = (0..BLOCKS).map(|_| match item.is_one_image() {
        true => usual(&mut work, steps),
        false => time(&mut work, steps) / steps as f64,
    });
    let mut blocks: Vec<f64> = blocks.collect();
    blocks.sort_by(f64::total_cmp);
    let seconds = [blocks[BLOCKS / 2], blocks[0], blocks[BLOCKS - 1]];
    Measured { item, seconds, memory: memory() }
}

fn time(work: &mut Work, steps: usize) -> f64 {
    let start = Instant::now();
    for _ in 0..steps {
        work.step();
    }
    start.elapsed().as_secs_f64()
}

/// The median of steps that are timed one by one: what else the machine
/// does in between does not count.
fn usual(work: &mut Work, steps: usize) -> f64 {
    let steps = (0..steps).map(|_| time(work, 1));
    let mut steps: Vec<f64> = steps.collect();
    steps.sort_by(f64::total_cmp);
    steps[steps.len() / 2]
}

/// The most memory that the process has had; 0 where the system does not
/// say.
fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status");
    let status = status.unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|l| l.split_whitespace().next());
    let kilobytes = kilobytes.and_then(|k| k.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) * 1024.0
}

impl Measured {
    fn line(&self, peak: f64, text: &mut String) {
        let Item { id, name, batch, .. } = self.item;
        let step = self.seconds[0];
        let speed = self.item.operations() / step;
        let _ = write!(
            text,
            "{id:<3} {name:<32} {:>9.0} {:>9.1}",
            *batch as f64 / step,
            step * 1e6,
        );
        if speed > 0.0 {
            let _ = write!(
                text,
                " {:>7.1} {:>4.0} %",
                speed / 1e9,
                100.0 * speed / peak,
            );
        } else {
            let _ = write!(text, " {:>7} {:>6}", "", "");
        }
        let _ = writeln!(text, " {:>4.0} MB", self.memory / 1e6);
    }

    fn to_json(&self, peak: f64, threads: usize) -> serde_json::Value {
        let [median, least, most] = self.seconds;
        let speed = self.item.operations() / median;
        json!({
            "id": self.item.id,
            "name": self.item.name,
            "threads": threads,
            "batch": self.item.batch,
            "step_us": median * 1e6,
            "step_us_min": least * 1e6,
            "step_us_max": most * 1e6,
            "samples_per_s": self.item.batch as f64 / median,
            "gflops": speed / 1e9,
            "peak_gflops": peak / 1e9,
            "share_of_peak": speed / peak,
            "memory_bytes": self.memory,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_item_is_named_with_the_known_ones() {
        let error = run(&["W99".to_owned()], 1, false).unwrap_err();
        assert!(error.to_string().contains("W1, W2"), "{error}");
    }

    #[test]
    fn every_item_takes_a_step_and_gives_a_finite_loss() {
        for item in ALL.iter().filter(|item| item.id != "W8") {
            let mut work = Work::new(item, 2);
            work.step();
            assert!(work.step().is_finite(), "{}", item.id);
        }
    }

    #[test]
    fn a_line_of_the_table_fits_80_columns() {
        for item in &ALL {
            let seconds = [1.234_567_8; 3];
            let measured = Measured { item, seconds, memory: 4e9 };
            let mut text = String::new();
            measured.line(1e9, &mut text);
            assert!(text.trim_end().chars().count() < 80, "{text}");
        }
    }

    #[test]
    fn operations_by_hand() {
        // 784-32-784: forward and weights 4 · 784 · 32 multiply-adds, the
        // code's blame 784 · 32 more; two operations each, 64 samples.
        let operations = ALL[0].operations();
        assert_eq!(operations, (64 * 2 * 5 * 784 * 32) as f64);
    }
}
