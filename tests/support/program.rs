//! The program itself, run as a command.

use std::path::Path;
use std::process::Command;

/// What it printed and how it ended.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    /// Standard output as JSON; nothing may stand on standard error.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        assert_eq!(self.err, "");
        serde_json::from_str(&self.out).expect(&self.out)
    }
}

/// Runs gargalo with these words and a home of its own.
pub fn gargalo(home: &Path, words: &str) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_gargalo"))
        .args(words.split_whitespace())
        .env("GARGALO_HOME", home)
        .env("LANG", "en_US.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said {
        code: output.status.code().expect("ended by a signal"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}
