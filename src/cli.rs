//! What the command line can ask for.

use clap::Parser;
use clap::Subcommand;
use clap_complete::Shell;
use std::path::PathBuf;

/// A notebook in the terminal that teaches autoencoders.
///
/// Without a command it opens the tutor. Standard output is data, standard
/// error is messages. Exit codes: 0 fine, 1 a check is not met, 2 wrong
/// usage or something the environment lacks.
#[derive(Debug, Parser)]
#[command(name = "gargalo", version, max_term_width = 100)]
pub struct Cli {
    /// The lesson to open the tutor at, such as L07.
    #[arg(value_name = "LESSON", value_parser = parse_lesson)]
    pub lesson: Option<String>,
    /// What to do; the tutor opens if nothing is named.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Options that go with every command.
    #[command(flatten)]
    pub common: Common,
}

/// Options that go with every command.
#[derive(Debug, Clone, clap::Args)]
pub struct Common {
    /// The language of the lessons: en or pt-BR.
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<String>,
    /// A folder with your own data: a full MNIST as IDX files, plain or
    /// compressed, is then the data set `digits`; `own-images` and
    /// `own-table` inside it are data sets of these names.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// A folder with lessons to use instead of the built-in ones.
    #[arg(long, global = true, value_name = "DIR")]
    pub lessons: Option<PathBuf>,
    /// Threads to train with; the result does not depend on it.
    #[arg(long, global = true, value_name = "N", default_value_t = 1,
          value_parser = clap::value_parser!(u16).range(1..=64))]
    pub threads: u16,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the lessons and what is done of each.
    List {
        /// As one JSON array.
        #[arg(long)]
        json: bool,
    },
    /// Open the sandbox: any data, any model, nothing graded.
    Sandbox,
    /// Print a lesson as text.
    Show {
        /// The lesson, such as L02.
        lesson: String,
        /// Columns and rows to lay it out for.
        #[arg(long, value_name = "WxH", default_value = "80x24",
              value_parser = parse_size)]
        size: (u16, u16),
        /// The cells with id and kind, as one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Train a model cell and print its curve, pictures and metrics.
    ///
    /// Example: gargalo run L02/linear --set code-size=16 --seed 3
    Run {
        /// The cell, as LESSON/CELL; or any model on any data, as
        /// MODEL/DATA, such as variational/digits.
        cell: String,
        /// Turn a knob; may be given several times.
        #[arg(long = "set", value_name = "KNOB=VALUE")]
        set: Vec<String>,
        /// The seed of weights, order and noise.
        #[arg(long, value_name = "N")]
        seed: Option<u32>,
        /// Configuration, metrics and history as one JSON object.
        #[arg(long)]
        json: bool,
        /// Also write the weights to a safetensors file.
        #[arg(long, value_name = "FILE")]
        weights: Option<PathBuf>,
        /// Also write the codes of the test set to an npy file.
        #[arg(long, value_name = "FILE")]
        codes: Option<PathBuf>,
    },
    /// Check lessons: every problem with its place and what to do.
    Check {
        /// A lesson file or a folder; the built-in lessons if missing.
        path: Option<PathBuf>,
        /// Also train: prove every claim, solve every exercise.
        #[arg(long)]
        train: bool,
        /// The problems as one JSON array.
        #[arg(long)]
        json: bool,
    },
    /// Run every solution and every wrong answer with many seeds.
    Calibrate {
        /// Only this lesson, such as L02.
        lesson: Option<String>,
        /// How many seeds.
        #[arg(long, value_name = "N", default_value_t = 20)]
        seeds: u32,
    },
    /// Train what papers and theorems speak of, and compare the numbers.
    ///
    /// Exit code 1 if a claim that should hold does not.
    Reproduce {
        /// The rows, such as KB-32; all if none is named.
        ids: Vec<String>,
        /// As large as in the source, on your full data; takes long.
        #[arg(long)]
        full: bool,
        /// Name the rows and what they claim; train nothing.
        #[arg(long)]
        list: bool,
        /// The first seed.
        #[arg(long, value_name = "N", default_value_t = 1)]
        seed: u32,
        /// How many seeds the mean of an order is taken over.
        #[arg(long, value_name = "N", default_value_t = 3,
              value_parser = clap::value_parser!(u32).range(1..=100))]
        seeds: u32,
        /// The folder with your full data; the same as --data.
        #[arg(long, value_name = "DIR")]
        folder: Option<PathBuf>,
        /// As one JSON array.
        #[arg(long)]
        json: bool,
    },
    /// Show what is done, or forget it.
    Progress {
        /// As one JSON object.
        #[arg(long)]
        json: bool,
        /// Forget instead of show.
        #[command(subcommand)]
        action: Option<ProgressAction>,
    },
    /// List the data sets: what is there, its size, source and licence.
    Data {
        /// As one JSON array.
        #[arg(long)]
        json: bool,
    },
    /// Time training steps on this machine.
    ///
    /// Example: gargalo bench W1 W7 --threads 2
    Bench {
        /// The items, such as W1; all if missing.
        #[arg(value_name = "ID")]
        ids: Vec<String>,
        /// The measurements as one JSON array.
        #[arg(long)]
        json: bool,
    },
    /// Print facts about this terminal, for a report of a problem.
    Doctor {
        /// As one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Print a completion script for a shell.
    Completions {
        /// Which shell.
        shell: Shell,
    },
    /// Print the skeleton of a translation of a lesson.
    Translate {
        /// The lesson, such as L01.
        lesson: String,
        /// The language to translate to, such as pt-BR.
        language: String,
    },
}

/// What can be done to the progress.
#[derive(Debug, Subcommand)]
pub enum ProgressAction {
    /// Forget everything, or one lesson, for good. Asks first.
    Reset {
        /// Only this lesson, such as L02.
        lesson: Option<String>,
        /// Do not ask.
        #[arg(long)]
        yes: bool,
    },
}

/// A letter and a number; everything else shall be a command.
fn parse_lesson(text: &str) -> Result<String, String> {
    let id = text.to_uppercase();
    let number = id.strip_prefix(['L', 'R']).unwrap_or_default();
    if !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) {
        return Ok(id);
    }
    Err("this is neither a command nor a lesson; gargalo --help lists \
         the commands, gargalo list the lessons"
        .to_owned())
}

fn parse_size(text: &str) -> Result<(u16, u16), String> {
    let parts = text.split_once(['x', 'X', '×']);
    let size = parts.and_then(|(width, height)| {
        Some((width.parse().ok()?, height.parse().ok()?))
    });
    match size {
        Some((width, height))
            if (20..=500).contains(&width)
                && (5..=200).contains(&height) =>
        {
            Ok((width, height))
        }
        _ => Err("a size is written as 80x24: 20 to 500 columns and 5 to \
             200 rows"
            .to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_lesson_is_a_letter_and_a_number() {
        let lesson = |words: &[&str]| {
            let words = ["gargalo"].iter().chain(words);
            Cli::try_parse_from(words).map(|cli| cli.lesson)
        };
        assert_eq!(lesson(&["l07"]).unwrap(), Some("L07".to_owned()));
        assert_eq!(lesson(&["list"]).unwrap(), None);
        assert!(lesson(&["lst"]).is_err());
    }

    #[test]
    fn sizes_are_columns_by_rows() {
        assert_eq!(parse_size("120x40"), Ok((120, 40)));
        for bad in ["120", "x", "-1x5", "5x5", "99999x10", "80x24x3"] {
            assert!(parse_size(bad).is_err(), "{bad}");
        }
    }
}
