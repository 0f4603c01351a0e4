//! Arguments in, exit code out.

use clap::Parser;
use gargalo::cli::Cli;
use gargalo::shell;
use std::io;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    match shell::run(&Cli::parse()) {
        Ok(answer) => {
            // A reader that went away, such as `head`, is no error.
            let _ = io::stdout().write_all(answer.text.as_bytes());
            ExitCode::from(answer.code)
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "gargalo: {error:#}");
            ExitCode::from(2)
        }
    }
}
