//! Ends the program if the loop cannot.
//!
//! A signal asks the loop to save and leave. The loop may be stuck all the
//! same: in a write to a terminal that takes no more, or in a disk that
//! does not answer. So a thread of its own hears the signals, too, and
//! ends the process a while after the first, or at once after a second.

use crate::shell::tty;
use signal_hook::consts;
use signal_hook::iterator::Signals;
use std::io;
use std::process;
use std::thread;
use std::time::Duration;

/// How long the loop may take to save and leave.
const PATIENCE: Duration = Duration::from_secs(3);

/// Watches from now on.
///
/// # Errors
///
/// When a signal handler cannot be installed or the system gives no
/// thread.
pub fn watch() -> io::Result<()> {
    let mut signals = Signals::new([
        consts::SIGTERM,
        consts::SIGINT,
        consts::SIGHUP,
        consts::SIGQUIT,
    ])?;
    let work = move || {
        let mut first = None;
        for signal in signals.forever() {
            // A terminal that goes away sends SIGHUP and SIGCONT, a
            // service manager SIGTERM and SIGHUP: only the same signal
            // twice is impatience.
            match first {
                Some(before) if before == signal => end(signal),
                Some(_) => {}
                None => {
                    first = Some(signal);
                    let after = move || {
                        thread::sleep(PATIENCE);
                        end(signal);
                    };
                    if spawn("patience", after).is_err() {
                        end(signal);
                    }
                }
            }
        }
    };
    spawn("watchdog", work)
}

/// Gives the terminal back, as far as that goes without waiting for it,
/// and ends.
fn end(signal: i32) {
    tty::abandon();
    process::exit(128 + signal);
}

fn spawn(
    name: &str,
    work: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map(|_| ())
}
