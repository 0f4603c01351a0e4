//! Keys, mouse, window size and signals as messages.
//!
//! The loop sleeps in one `poll` on the terminal and on a pipe that the
//! signal handlers write to. Only when the terminal has something is it
//! read, once, so that reading never waits: neither for the rest of a
//! sequence nor for a terminal that is gone.

use crate::app::message::Message;
use crate::shell::decode::Decoder;
use crate::shell::tty;
use rustix::event::PollFd;
use rustix::event::PollFlags;
use rustix::event::Timespec;
use rustix::io::Errno;
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
    decoder: Decoder,
}

/// How long the rest of a sequence may take; a lone Escape is the key.
const REST: Duration = Duration::from_millis(50);

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
        Ok(Self { wake, flags, decoder: Decoder::default() })
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
            Err(Errno::INTR) => return Ok((false, false)),
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
        let waits = self.decoder.waits();
        let timeout = if waits { timeout.min(REST) } else { timeout };
        let (readable, gone) = self.wait(timeout)?;
        let mut found = Vec::new();
        self.signals(&mut found);
        if gone {
            found.push(Incoming::End(consts::SIGHUP));
            return Ok(found);
        }
        let messages = match (readable, waits) {
            (true, _) => {
                let mut bytes = [0; 1024];
                match rustix::io::read(rustix::stdio::stdin(), &mut bytes) {
                    // The other end was closed.
                    Ok(0) => {
                        found.push(Incoming::End(consts::SIGHUP));
                        return Ok(found);
                    }
                    Ok(n) => self.decoder.feed(&bytes[..n]),
                    Err(Errno::INTR | Errno::AGAIN) => Vec::new(),
                    Err(error) => return Err(error.into()),
                }
            }
            (false, true) => self.decoder.give_up(),
            (false, false) => Vec::new(),
        };
        found.extend(messages.into_iter().map(Incoming::Message));
        Ok(found)
    }
}
