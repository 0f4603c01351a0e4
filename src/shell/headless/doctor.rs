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

/// Everything that decides how this program behaves here.
pub fn text(common: &Common) -> Answer {
    let facts = Facts::of_process();
    let look = facts.look(&Preferences::default());
    let size = tty::size();
    let mut text = String::new();
    let mut row = |name: &str, value: String| {
        let _ = writeln!(text, "{name:<12} {value}");
    };
    row("version", env!("CARGO_PKG_VERSION").to_owned());
    row("terminal", terminal(&facts));
    row("size", format!("{}x{}", size.width, size.height));
    row("colors", format!("{:?}", facts.depth));
    let unicode = if facts.unicode { "yes" } else { "no, ASCII" };
    row("unicode", unicode.to_owned());
    row("pictures", format!("{:?}", look.pictures));
    row("theme", format!("{:?}", look.theme));
    row("locale", facts.locale.clone());
    row("language", headless::language(common));
    row("remote", yes_no(facts.remote));
    row("multiplexer", facts.multiplexer.unwrap_or("none").to_owned());
    let cores = thread::available_parallelism();
    row("cores", cores.map_or("?".to_owned(), |n| n.to_string()));
    match store::usual_folder() {
        Ok(folder) => {
            row("progress", folder.display().to_string());
            row("own data", folder.join("data").display().to_string());
        }
        Err(why) => row("progress", why),
    }
    Answer::fine(text)
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
