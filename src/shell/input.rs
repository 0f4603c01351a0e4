//! Keys, mouse, window size and signals as messages.
//!
//! The loop sleeps in one `poll` on the terminal and on a pipe that the
//! signal handlers write to. Only when the terminal has something does
//! crossterm read it: on a terminal that is gone, crossterm would spin.

use crate::app::message::Key;
use crate::app::message::Message;
use crate::app::message::Mouse;
use crate::shell::tty;
use crossterm::event;
use crossterm::event::Event;
use crossterm::event::KeyCode;
use crossterm::event::KeyEvent;
use crossterm::event::KeyEventKind;
use crossterm::event::KeyModifiers;
use crossterm::event::MouseButton;
use crossterm::event::MouseEvent;
use crossterm::event::MouseEventKind;
use rustix::event::PollFd;
use rustix::event::PollFlags;
use rustix::event::Timespec;
use signal_hook::consts;
use std::io;
use std::io::Read;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// What came in.
#[derive(Debug, Clone, PartialEq)]
pub enum Incoming {
    /// A message for the state.
    Message(Message),
    /// The terminal is gone, or the system asks to end: the signal.
    End(i32),
    /// The student pressed Ctrl-z elsewhere: stop for a while.
    Stop,
    /// The program goes on after it was stopped: the terminal may look
    /// like anything.
    Back,
}

/// Where events come from: a terminal, or a list in a test.
pub trait Input {
    /// Everything that came in, waiting at most `timeout` for the first.
    ///
    /// # Errors
    ///
    /// When the terminal cannot be read.
    fn take(&mut self, timeout: Duration) -> io::Result<Vec<Incoming>>;
}

/// The terminal of this process.
#[derive(Debug)]
pub struct Terminal {
    wake: UnixStream,
    flags: Vec<(i32, Arc<AtomicBool>)>,
    /// Whether crossterm has read more events than it was asked for: those
    /// are no longer on the terminal, so that nothing would wake us.
    more: bool,
}

/// So many events are taken at once, so that a flood of keys cannot keep
/// the screen from being drawn.
const AT_ONCE: usize = 256;

impl Terminal {
    /// Listens to the terminal and to the signals.
    ///
    /// # Errors
    ///
    /// When a signal handler cannot be installed.
    pub fn new() -> io::Result<Self> {
        let (wake, write) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        write.set_nonblocking(true)?;
        let mut flags = Vec::new();
        for signal in [
            consts::SIGWINCH,
            consts::SIGTERM,
            consts::SIGINT,
            consts::SIGHUP,
            consts::SIGQUIT,
            consts::SIGTSTP,
            consts::SIGCONT,
        ] {
            let flag = Arc::new(AtomicBool::new(false));
            signal_hook::flag::register(signal, Arc::clone(&flag))?;
            signal_hook::low_level::pipe::register(
                signal,
                write.try_clone()?,
            )?;
            flags.push((signal, flag));
        }
        Ok(Self { wake, flags, more: false })
    }

    /// Waits for the terminal or a signal. Says whether the terminal can
    /// be read and whether it is gone.
    fn wait(&self, timeout: Duration) -> io::Result<(bool, bool)> {
        let stdin = io::stdin();
        let mut fds = [
            PollFd::new(&stdin, PollFlags::IN),
            PollFd::new(&self.wake, PollFlags::IN),
        ];
        let timeout = Timespec {
            tv_sec: timeout.as_secs().try_into().unwrap_or(1),
            tv_nsec: timeout.subsec_nanos().into(),
        };
        match rustix::event::poll(&mut fds, Some(&timeout)) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => return Ok((false, false)),
            Err(error) => return Err(error.into()),
        }
        let seen = fds[0].revents();
        let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
        Ok((seen.contains(PollFlags::IN), seen.intersects(gone)))
    }

    fn signals(&mut self, found: &mut Vec<Incoming>) {
        let mut sink = [0; 64];
        while matches!(self.wake.read(&mut sink), Ok(n) if n > 0) {}
        for (signal, flag) in &self.flags {
            if !flag.swap(false, Ordering::SeqCst) {
                continue;
            }
            found.push(match *signal {
                consts::SIGWINCH => {
                    let size = tty::size();
                    let message = Message::Resize(size.width, size.height);
                    Incoming::Message(message)
                }
                consts::SIGTSTP => Incoming::Stop,
                consts::SIGCONT => Incoming::Back,
                other => Incoming::End(other),
            });
        }
    }
}

impl Input for Terminal {
    fn take(&mut self, timeout: Duration) -> io::Result<Vec<Incoming>> {
        let timeout = if self.more { Duration::ZERO } else { timeout };
        let (readable, gone) = self.wait(timeout)?;
        let mut found = Vec::new();
        self.signals(&mut found);
        if gone {
            found.push(Incoming::End(consts::SIGHUP));
            return Ok(found);
        }
        if readable || self.more {
            self.more = true;
            for _ in 0..AT_ONCE {
                if !event::poll(Duration::ZERO)? {
                    self.more = false;
                    break;
                }
                let message = message_for(&event::read()?);
                found.extend(message.map(Incoming::Message));
            }
        }
        Ok(found)
    }
}

/// A terminal event as a message, if it means anything here.
pub fn message_for(event: &Event) -> Option<Message> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => {
            key_for(*key).map(Message::Key)
        }
        Event::Mouse(mouse) => mouse_for(*mouse).map(Message::Mouse),
        Event::Paste(text) => Some(Message::Paste(text.clone())),
        Event::Resize(width, height) => {
            Some(Message::Resize(*width, *height))
        }
        _ => None,
    }
}

fn key_for(key: KeyEvent) -> Option<Key> {
    let shift = key.modifiers.contains(KeyModifiers::SHIFT);
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return match key.code {
            KeyCode::Char(c) => Some(Key::Ctrl(c.to_ascii_lowercase())),
            _ => None,
        };
    }
    Some(match key.code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left if shift => Key::ShiftLeft,
        KeyCode::Right if shift => Key::ShiftRight,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        _ => return None,
    })
}

fn mouse_for(mouse: MouseEvent) -> Option<Mouse> {
    let (x, y) = (mouse.column, mouse.row);
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Mouse::Click(x, y)),
        MouseEventKind::Drag(MouseButton::Left) => Some(Mouse::Drag(x, y)),
        MouseEventKind::ScrollUp => Some(Mouse::Up(x, y)),
        MouseEventKind::ScrollDown => Some(Mouse::Down(x, y)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_their_control_and_shift() {
        let key = |code, modifiers| {
            message_for(&Event::Key(KeyEvent::new(code, modifiers)))
        };
        assert_eq!(
            key(KeyCode::Char('C'), KeyModifiers::CONTROL),
            Some(Message::Key(Key::Ctrl('c')))
        );
        assert_eq!(
            key(KeyCode::Right, KeyModifiers::SHIFT),
            Some(Message::Key(Key::ShiftRight))
        );
        assert_eq!(
            key(KeyCode::Char('G'), KeyModifiers::SHIFT),
            Some(Message::Key(Key::Char('G')))
        );
        assert_eq!(key(KeyCode::F(1), KeyModifiers::NONE), None);
    }
}
