//! The terminal: taken over once, given back on every way out.

use crossterm::terminal;
use ratatui::layout::Size;
use std::io;
use std::io::IsTerminal;
use std::io::Write;
use std::panic;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

/// Whether the screen is ours now. The panic hook and the signal thread
/// must know, and neither can be handed a value.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// Alternate screen, no cursor, bracketed paste.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[2J";

/// Everything undone: synchronized update, mouse, paste, pen, cursor,
/// alternate screen.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[?1006l\x1b[?1002l\x1b[?1000l\
    \x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l";

const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Whether both ends of the program are a terminal.
pub fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Takes the terminal over.
///
/// # Errors
///
/// When raw mode or the screen is not to be had.
pub fn enter() -> io::Result<()> {
    terminal::enable_raw_mode()?;
    ENTERED.store(true, Ordering::SeqCst);
    write_all(ENTER)
}

/// Gives the terminal back. May be called any number of times, from any
/// way out; ignores errors, since the terminal may be gone.
pub fn leave() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        let _ = write_all(LEAVE);
        let _ = terminal::disable_raw_mode();
    }
}

/// Gives the terminal back when a thread may be stuck in writing to it:
/// waits for nothing.
pub fn abandon() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    // Not through `io::stdout`, which the stuck thread has locked; on a
    // thread of its own, since the terminal may take no more.
    let farewell = || {
        let _ = terminal::disable_raw_mode();
        let _ = rustix::io::write(rustix::stdio::stdout(), LEAVE);
    };
    if thread::Builder::new().spawn(farewell).is_ok() {
        thread::sleep(Duration::from_millis(200));
    }
}

/// Whether the screen is ours now.
pub fn entered() -> bool {
    ENTERED.load(Ordering::SeqCst)
}

/// Listens to the mouse.
///
/// # Errors
///
/// When the terminal cannot be written to.
pub fn mouse_on() -> io::Result<()> {
    write_all(MOUSE_ON)
}

/// Leaves the mouse to the terminal.
///
/// # Errors
///
/// When the terminal cannot be written to.
pub fn mouse_off() -> io::Result<()> {
    write_all(MOUSE_OFF)
}

/// The size of the window; 80x24 where the terminal does not know.
pub fn size() -> Size {
    match terminal::size() {
        Ok((width, height)) if width > 0 && height > 0 => {
            Size { width, height }
        }
        _ => Size { width: 80, height: 24 },
    }
}

/// Puts text on the student's clipboard, through the terminal (OSC 52).
///
/// # Errors
///
/// When the terminal cannot be written to.
pub fn copy(text: &str) -> io::Result<()> {
    let code = base64(text.as_bytes());
    write_all(format!("\x1b]52;c;{code}\x07").as_bytes())
}

/// A panic on the main thread gives the terminal back before it speaks; a
/// panic of a trainer must not, since the program lives on.
pub fn install_panic_hook() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().name() != Some("main") {
            return;
        }
        leave();
        usual(info);
    }));
}

/// One write to the terminal, outside of frames.
fn write_all(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout();
    out.write_all(bytes)?;
    out.flush()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ\
        abcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let mut word = 0u32;
        for i in 0..3 {
            let byte = chunk.get(i).copied().unwrap_or(0);
            word = word << 8 | u32::from(byte);
        }
        for i in 0..4 {
            let digit = (word >> (18 - 6 * i)) & 63;
            let sign = if i <= chunk.len() {
                char::from(DIGITS[digit as usize])
            } else {
                '='
            };
            text.push(sign);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_rfc_4648() {
        assert_eq!(base64(b""), "");
        assert_eq!(base64(b"f"), "Zg==");
        assert_eq!(base64(b"fo"), "Zm8=");
        assert_eq!(base64(b"foo"), "Zm9v");
        assert_eq!(base64(b"foobar"), "Zm9vYmFy");
    }

    #[test]
    fn leaving_undoes_whatever_entering_and_the_mouse_did() {
        let leave = String::from_utf8_lossy(LEAVE);
        for on in [ENTER, MOUSE_ON] {
            let on = String::from_utf8_lossy(on).into_owned();
            for mode in on.split("\x1b[?").filter(|m| m.ends_with('h')) {
                let off = format!("\x1b[?{}l", mode.trim_end_matches('h'));
                assert!(leave.contains(&off), "{mode} stays on");
            }
        }
        assert!(leave.contains("\x1b[?25h"), "the cursor stays hidden");
    }
}
