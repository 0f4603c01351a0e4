//! The only code that touches terminals, threads, disk and clock.

pub mod backend;
pub mod decode;
pub mod facts;
pub mod files;
pub mod headless;
pub mod input;
pub mod pen;
mod perform;
pub mod saver;
pub mod session;
pub mod store;
pub mod tty;
pub mod tutor;
mod watchdog;

use crate::cli::Cli;
use crate::cli::Command;
use crate::cli::Common;
use crate::cli::ProgressAction;
use crate::data::Library;
use crate::shell::headless::Answer;
use crate::shell::headless::reproduce::Form;
use crate::shell::tutor::Door;
use crate::train::reproduce::lab::Scale;
use clap::CommandFactory;
use std::io;
use std::io::Write;

/// Does what the command line asks for.
///
/// # Errors
///
/// Wrong usage, or something the environment lacks; the sentence says
/// what to do.
pub fn run(cli: &Cli) -> anyhow::Result<Answer> {
    let common = &cli.common;
    match (&cli.command, &cli.lesson) {
        (None, None) => tutor::open(common, Door::Course),
        (None, Some(id)) => at_lesson(common, id),
        (Some(command), None) => obey(common, command),
        (Some(_), Some(id)) => Err(anyhow::anyhow!(
            "{id} is a lesson to open, and no command goes with it; \
             gargalo {id} alone opens it"
        )),
    }
}

/// Does a command.
fn obey(common: &Common, command: &Command) -> anyhow::Result<Answer> {
    match command {
        Command::Sandbox => tutor::open(common, Door::Sandbox),
        Command::List { json } => {
            let course = in_language(common)?;
            let progress = headless::store()?.peek().value;
            Ok(match json {
                true => headless::lessons::list_json(&course, &progress),
                false => headless::lessons::list(&course, &progress),
            })
        }
        Command::Show { lesson, size, json } => {
            let course = in_language(common)?;
            match json {
                true => headless::lessons::show_json(&course, lesson),
                false => headless::lessons::show(&course, lesson, *size),
            }
        }
        Command::Run { cell, set, seed, json, weights, codes } => {
            let course = headless::course(common)?;
            let order = headless::run::Order {
                cell,
                set,
                seed: *seed,
                threads: common.threads,
                weights: weights.as_deref(),
                codes: codes.as_deref(),
            };
            let library = headless::library(common)?;
            let (model, record) =
                headless::run::record(&course, &library, &order)?;
            Ok(match json {
                true => headless::run::as_json(cell, &record),
                false => headless::run::text(cell, &model, &record),
            })
        }
        Command::Progress { json, action } => {
            progress(common, *json, action.as_ref())
        }
        other => more(common, other),
    }
}

/// The tutor at a lesson, or in a room.
fn at_lesson(common: &Common, id: &str) -> anyhow::Result<Answer> {
    if id == crate::lesson::room::SANDBOX {
        return tutor::open(common, Door::Sandbox);
    }
    headless::lessons::find(&in_language(common)?, id)?;
    tutor::open(common, Door::Lesson(id))
}

/// The commands for authors, and those about the program itself.
fn more(common: &Common, command: &Command) -> anyhow::Result<Answer> {
    match command {
        Command::Check { path, train, json } => {
            let order = headless::check::Order {
                path: path.as_deref().or(common.lessons.as_deref()),
                train: *train,
                json: *json,
            };
            headless::check::check(&order, &headless::library(common)?)
        }
        Command::Calibrate { lesson, seeds } => {
            let course = headless::course(common)?;
            let library = headless::library(common)?;
            let lesson = lesson.as_deref();
            headless::check::calibrate(&course, &library, lesson, *seeds)
        }
        Command::Data { json } => {
            let library = headless::library(common)?;
            Ok(match json {
                true => headless::data::as_json(&library),
                false => headless::data::text(&library),
            })
        }
        Command::Bench { ids, json } => {
            let threads = usize::from(common.threads);
            headless::bench::run(ids, threads, *json)
        }
        Command::Doctor { json } => Ok(match json {
            true => headless::doctor::as_json(common),
            false => headless::doctor::text(common),
        }),
        Command::Completions { shell } => {
            let mut bytes = Vec::new();
            let mut command = Cli::command();
            let name = "gargalo";
            clap_complete::generate(*shell, &mut command, name, &mut bytes);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            Ok(Answer::fine(text))
        }
        Command::Translate { lesson, language } => {
            let course = headless::course(common)?;
            let (_, lesson) = headless::lessons::find(&course, lesson)?;
            let text = crate::lesson::overlay::skeleton(lesson, language);
            Ok(Answer::fine(text))
        }
        Command::Reproduce { .. } => reproduce(common, command),
        _ => Ok(Answer::fine(String::new())),
    }
}

/// Claims of papers, tried. On the data inside the program, unless a
/// folder is named: the expected numbers are those of this data.
fn reproduce(common: &Common, command: &Command) -> anyhow::Result<Answer> {
    let Command::Reproduce { ids, full, list, seed, seeds, folder, json } =
        command
    else {
        return Ok(Answer::fine(String::new()));
    };
    let form = match json {
        true => Form::Json,
        false => Form::Text,
    };
    if *list {
        return Ok(headless::reproduce::list(form));
    }
    let mut common = common.clone();
    common.data = folder.clone().or(common.data);
    let (scale, library) = match full {
        true => (Scale::Full, headless::library(&common)?),
        false => (Scale::Small, Library::embedded()),
    };
    let order = headless::reproduce::Order {
        ids,
        scale,
        seed: u64::from(*seed),
        seeds: u64::from(*seeds),
        threads: common.threads,
        form,
    };
    headless::reproduce::reproduce(&order, &library)
}

fn in_language(
    common: &Common,
) -> anyhow::Result<crate::lesson::course::Course> {
    let course = headless::course(common)?;
    Ok(course.in_language(&headless::language(common)))
}

fn progress(
    common: &Common,
    json: bool,
    action: Option<&ProgressAction>,
) -> anyhow::Result<Answer> {
    let store = headless::store()?;
    let Some(ProgressAction::Reset { lesson, yes }) = action else {
        let course = in_language(common)?;
        return Ok(match json {
            true => headless::progress::as_json(&course, &store),
            false => headless::progress::text(&course, &store),
        });
    };
    let id = match lesson {
        Some(lesson) => {
            let course = headless::course(common)?;
            let (_, lesson) = headless::lessons::find(&course, lesson)?;
            Some(lesson.id.clone())
        }
        None => None,
    };
    if !yes {
        let question = headless::progress::question(id.as_deref());
        let _ = write!(io::stderr(), "{question}");
        let mut stdin = io::stdin().lock();
        if !headless::progress::is_yes(&mut stdin) {
            let text = "Nothing was forgotten.\n".to_owned();
            return Ok(Answer::not_met(text));
        }
    }
    headless::progress::reset(&store, id.as_deref())
}
