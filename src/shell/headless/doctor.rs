//! `gargalo doctor`: facts for a report of a problem.

use crate::app::progress::Preferences;
use crate::cli::Common;
use crate::shell::facts::Facts;
use crate::shell::headless;
use crate::shell::headless::Answer;
use crate::shell::store;
use crate::shell::tty;
use std::fmt::Write;
use std::thread;

/// The facts as text.
pub fn text(common: &Common) -> Answer {
    let mut text = String::new();
    for (name, value) in facts(common) {
        let _ = writeln!(text, "{name:<12} {value}");
    }
    Answer::fine(text)
}

/// The facts as JSON.
pub fn as_json(common: &Common) -> Answer {
    let facts = facts(common).into_iter();
    let map: serde_json::Map<_, _> = facts
        .map(|(name, value)| (name.replace(' ', "_"), value.into()))
        .collect();
    Answer::fine(headless::json(&map.into()))
}

/// Everything that decides how this program behaves here.
fn facts(common: &Common) -> Vec<(&'static str, String)> {
    let facts = Facts::of_process();
    let look = facts.look(&Preferences::default());
    let size = tty::size();
    let unicode = if facts.unicode { "yes" } else { "no, ASCII" };
    let multiplexer = facts.multiplexer.unwrap_or("none");
    let cores = thread::available_parallelism();
    let cores = cores.map_or("?".to_owned(), |n| n.to_string());
    let mut all = vec![
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("terminal", terminal(&facts)),
        ("size", format!("{}x{}", size.width, size.height)),
        ("colors", format!("{:?}", facts.depth)),
        ("unicode", unicode.to_owned()),
        ("pictures", format!("{:?}", look.pictures)),
        ("theme", format!("{:?}", look.theme)),
        ("locale", facts.locale.clone()),
        ("language", headless::language(common)),
        ("remote", yes_no(facts.remote)),
        ("multiplexer", multiplexer.to_owned()),
        ("cores", cores),
    ];
    match store::usual_folder() {
        Ok(folder) => {
            all.push(("progress", folder.display().to_string()));
            let data = folder.join("data");
            all.push(("own data", data.display().to_string()));
        }
        Err(why) => all.push(("progress", why)),
    }
    all
}

fn terminal(facts: &Facts) -> String {
    let name =
        if facts.term.is_empty() { "TERM is not set" } else { &facts.term };
    let kind = if tty::is_terminal() { "" } else { " (not a terminal)" };
    format!("{name}{kind}")
}

fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}
