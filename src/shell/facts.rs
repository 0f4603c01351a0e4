//! What is known about the terminal without asking it anything.
//!
//! Some terminals, and most multiplexers, answer a question late or never;
//! a late answer is typed into the student's shell. So the environment
//! decides, and a key changes it.

use crate::app::progress::Pictures;
use crate::app::progress::Preferences;
use crate::app::progress::ThemeName;
use crate::app::state::Look;
use crate::view::theme::Depth;
use std::collections::BTreeMap;
use std::env;

/// The facts that decide how things are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// `TERM`.
    pub term: String,
    /// How many colors.
    pub depth: Depth,
    /// Whether the locale can show more than ASCII.
    pub unicode: bool,
    /// Whether there is an SSH session in between.
    pub remote: bool,
    /// The multiplexer in between, if there is one.
    pub multiplexer: Option<&'static str>,
    /// The locale, such as `pt_BR.UTF-8`.
    pub locale: String,
}

/// The variables that are looked at.
const VARIABLES: [&str; 15] = [
    "TERM",
    "COLORTERM",
    "NO_COLOR",
    "CLICOLOR",
    "LC_ALL",
    "LC_CTYPE",
    "LC_MESSAGES",
    "LANG",
    "SSH_CONNECTION",
    "SSH_TTY",
    "TMUX",
    "STY",
    "COLORFGBG",
    "MOSH_CONNECTION",
    "ACCESSIBLE",
];

impl Facts {
    /// Of the terminal this process runs in.
    pub fn of_process() -> Self {
        let variables = VARIABLES
            .iter()
            .filter_map(|name| {
                env::var(name).ok().map(|value| (*name, value))
            })
            .collect();
        let mut facts = Self::from(&variables);
        if facts.locale.is_empty() {
            facts.locale = sys_locale::get_locale().unwrap_or_default();
        }
        facts
    }

    /// From a set of variables.
    pub fn from(variables: &BTreeMap<&str, String>) -> Self {
        let get =
            |name: &str| variables.get(name).map_or("", String::as_str);
        let term = get("TERM").to_owned();
        let first = |names: &[&str]| {
            let found = names.iter().map(|name| get(name));
            found.into_iter().find(|value| !value.is_empty())
        };
        let locale =
            first(&["LC_ALL", "LC_MESSAGES", "LANG"]).unwrap_or("");
        let ctype = first(&["LC_ALL", "LC_CTYPE", "LANG"]);
        let utf8 = ctype.is_none_or(|name| {
            let name = name.to_lowercase();
            name.contains("utf-8") || name.contains("utf8")
        });
        let console = term == "linux" || term.starts_with("vt");
        let multiplexer = if !get("TMUX").is_empty() {
            Some("tmux")
        } else if !get("STY").is_empty() {
            Some("screen")
        } else {
            None
        };
        Self {
            depth: depth(&term, &get),
            unicode: utf8 && !console && term != "dumb",
            remote: !get("SSH_CONNECTION").is_empty()
                || !get("SSH_TTY").is_empty()
                || !get("MOSH_CONNECTION").is_empty(),
            multiplexer,
            locale: locale.to_owned(),
            term,
        }
    }

    /// How things are drawn here, unless the student chose otherwise.
    pub fn look(&self, chosen: &Preferences) -> Look {
        let pictures = match (self.depth, self.unicode) {
            (_, false) | (Depth::None, _) => Pictures::Ascii,
            (Depth::Ansi16, true) => Pictures::Quadrant,
            (Depth::True, true) if !self.remote => Pictures::TrueColor,
            _ => Pictures::Greys,
        };
        let theme = match self.depth {
            Depth::None => ThemeName::Mono,
            _ => ThemeName::Terminal,
        };
        let language = match chosen.language.clone() {
            Some(language) => language,
            None if self.locale.to_lowercase().starts_with("pt") => {
                "pt-BR".to_owned()
            }
            None => "en".to_owned(),
        };
        Look {
            language,
            theme: chosen.theme.unwrap_or(theme),
            pictures: chosen.pictures.unwrap_or(pictures),
            unicode: self.unicode,
            mouse: chosen.mouse.unwrap_or(!self.remote),
            remote: self.remote,
            chosen: chosen.clone(),
        }
    }
}

fn depth<'a>(term: &str, get: &impl Fn(&str) -> &'a str) -> Depth {
    let color = get("COLORTERM");
    let unwanted = !get("NO_COLOR").is_empty() || get("CLICOLOR") == "0";
    if unwanted || term == "dumb" || term.is_empty() {
        Depth::None
    } else if color == "truecolor" || color == "24bit" {
        Depth::True
    } else if term == "linux"
        || term == "ansi"
        || term == "xterm"
        || term == "screen"
        || term.starts_with("vt")
    {
        Depth::Ansi16
    } else {
        Depth::Ansi256
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(variables: &[(&'static str, &str)]) -> Facts {
        let map = variables
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect();
        Facts::from(&map)
    }

    #[test]
    fn a_modern_local_terminal_gets_true_color() {
        let facts = facts(&[
            ("TERM", "xterm-256color"),
            ("COLORTERM", "truecolor"),
            ("LANG", "pt_BR.UTF-8"),
        ]);
        let look = facts.look(&Preferences::default());
        assert_eq!(look.pictures, Pictures::TrueColor);
        assert_eq!(look.language, "pt-BR");
        assert!(look.mouse);
    }

    #[test]
    fn over_ssh_greys_are_enough_and_the_mouse_stays_free() {
        let facts = facts(&[
            ("TERM", "xterm-256color"),
            ("COLORTERM", "truecolor"),
            ("SSH_TTY", "/dev/pts/1"),
        ]);
        let look = facts.look(&Preferences::default());
        assert_eq!(look.pictures, Pictures::Greys);
        assert!(!look.mouse);
    }

    #[test]
    fn no_color_means_letters_and_no_theme() {
        let facts = facts(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]);
        let look = facts.look(&Preferences::default());
        assert_eq!(look.pictures, Pictures::Ascii);
        assert_eq!(look.theme, ThemeName::Mono);
        assert!(facts.unicode);
    }

    #[test]
    fn the_console_and_latin_locales_get_ascii() {
        assert!(!facts(&[("TERM", "linux")]).unicode);
        let latin = [("TERM", "xterm"), ("LANG", "pt_BR.ISO-8859-1")];
        assert!(!facts(&latin).unicode);
    }

    #[test]
    fn what_the_student_chose_wins() {
        let chosen = Preferences {
            language: Some("en".to_owned()),
            theme: Some(ThemeName::Light),
            pictures: Some(Pictures::Braille),
            mouse: Some(true),
        };
        let look = facts(&[("TERM", "vt100"), ("LANG", "pt_BR.UTF-8")])
            .look(&chosen);
        assert_eq!(look.language, "en");
        assert_eq!(look.theme, ThemeName::Light);
        assert_eq!(look.pictures, Pictures::Braille);
        assert!(look.mouse);
    }
}
