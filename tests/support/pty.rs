//! The program in a terminal of the test's own, and what is on its screen.

use portable_pty::Child;
use portable_pty::CommandBuilder;
use portable_pty::MasterPty;
use portable_pty::PtySize;
use portable_pty::SlavePty;
use portable_pty::native_pty_system;
use std::fs;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// How long anything may take on a busy machine.
const LONG: Duration = Duration::from_secs(30);

/// What came out so far.
struct Shown {
    parser: vt100::Parser,
    bytes: Vec<u8>,
}

/// A terminal with the program in it.
pub struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    /// Kept open, so that the terminal can be looked at afterwards.
    _slave: Box<dyn SlavePty + Send>,
    keys: Box<dyn Write + Send>,
    shown: Arc<Mutex<Shown>>,
    deaf: Arc<AtomicBool>,
    before: String,
}

impl Pty {
    /// The program in a window of 80x24, at home in a folder, with more
    /// variables of the environment.
    pub fn open(home: &Path, variables: &[(&str, &str)]) -> Self {
        let mut command =
            CommandBuilder::new(env!("CARGO_BIN_EXE_gargalo"));
        prepare(&mut command, home, variables);
        Self::with(command)
    }

    /// The program with words on its command line.
    pub fn with_words(home: &Path, words: &[&str]) -> Self {
        let mut command =
            CommandBuilder::new(env!("CARGO_BIN_EXE_gargalo"));
        command.args(words);
        prepare(&mut command, home, &[]);
        Self::with(command)
    }

    /// The program as a shell starts it, after a few words to the shell.
    pub fn in_shell(home: &Path, words: &str) -> Self {
        let mut command = CommandBuilder::new("sh");
        let program = env!("CARGO_BIN_EXE_gargalo");
        command.args(["-c", &format!("{words} '{program}'")]);
        prepare(&mut command, home, &[]);
        Self::with(command)
    }

    fn with(command: CommandBuilder) -> Self {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let before = format!("{:?}", pair.master.get_termios());
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let (rows, columns) = (24.try_into(), 80.try_into());
        let parser = vt100::Parser::new(rows.unwrap(), columns.unwrap(), 0);
        let shown = Shown { parser, bytes: Vec::new() };
        let shown = Arc::new(Mutex::new(shown));
        let deaf = Arc::new(AtomicBool::new(false));
        let (seen, asleep) = (Arc::clone(&shown), Arc::clone(&deaf));
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            loop {
                while asleep.load(Ordering::SeqCst) {
                    thread::sleep(Duration::from_millis(5));
                }
                match reader.read(&mut buffer) {
                    Ok(n) if n > 0 => {
                        let mut shown = seen.lock().unwrap();
                        shown.parser.process(&buffer[..n]);
                        shown.bytes.extend(&buffer[..n]);
                    }
                    _ => break,
                }
            }
        });
        Self {
            child,
            master: pair.master,
            _slave: pair.slave,
            keys,
            shown,
            deaf,
            before,
        }
    }

    /// Presses keys, as the bytes a terminal sends.
    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Looks at the screen.
    pub fn look<T>(&self, at: impl FnOnce(&vt100::Screen) -> T) -> T {
        at(self.shown.lock().unwrap().parser.screen())
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        self.look(|screen| screen.contents())
    }

    /// Every byte so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.shown.lock().unwrap().bytes.clone()
    }

    /// Waits for something to be on the screen.
    #[track_caller]
    pub fn wait(&self, what: &str) {
        self.until(what, |screen| screen.contents().contains(what));
    }

    /// Waits until something is so.
    #[track_caller]
    pub fn until(&self, what: &str, so: impl Fn(&vt100::Screen) -> bool) {
        let began = Instant::now();
        while !self.look(&so) {
            let late = began.elapsed() > LONG;
            assert!(!late, "no {what} in:\n{}", self.text());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until nothing has been written for a while; the bytes so far.
    pub fn quiet(&self) -> usize {
        let began = Instant::now();
        let mut length = usize::MAX;
        while length != self.bytes().len() {
            assert!(began.elapsed() < LONG, "it never falls silent");
            length = self.bytes().len();
            thread::sleep(Duration::from_millis(500));
        }
        length
    }

    /// Changes the size of the window.
    pub fn resize(&self, columns: u16, rows: u16) {
        let mut shown = self.shown.lock().unwrap();
        let to = (rows.try_into().unwrap(), columns.try_into().unwrap());
        shown.parser.screen_mut().set_size(to.0, to.1);
        drop(shown);
        self.master.resize(size(columns, rows)).unwrap();
    }

    /// The program's process.
    pub fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Whether it still runs.
    pub fn alive(&self) -> bool {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.id()));
        stat.is_ok_and(|stat| !stat.contains(") Z "))
    }

    /// Lets the program draw, where it never falls silent.
    pub fn quiet_enough(&self) {
        thread::sleep(Duration::from_millis(300));
    }

    /// Sends a signal, such as `TERM`.
    pub fn signal(&self, name: &str) {
        let order = format!("kill -{name} {}", self.id());
        Command::new("sh").args(["-c", &order]).status().unwrap();
    }

    /// Stops reading: the terminal takes no more once it is full.
    pub fn deafen(&self) {
        self.deaf.store(true, Ordering::SeqCst);
    }

    /// Reads again.
    pub fn listen(&self) {
        self.deaf.store(false, Ordering::SeqCst);
    }

    /// Whether the program is stopped, as by Ctrl-z.
    pub fn stopped(&self) -> bool {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.id()));
        stat.unwrap_or_default().contains(") T ")
    }

    /// Waits for something that the screen does not show.
    #[track_caller]
    pub fn hold(&self, what: &str, so: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        while !so(self) {
            assert!(began.elapsed() < LONG, "not {what}:\n{}", self.text());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits for the end; the exit code, and how long it took.
    #[track_caller]
    pub fn end(&mut self) -> (u32, Duration) {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // The rest is still on its way through the terminal.
                self.quiet();
                return (status.exit_code(), began.elapsed());
            }
            assert!(began.elapsed() < LONG, "it lives:\n{}", self.text());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Whether the line is as it was before the program came.
    pub fn is_cooked(&self) -> bool {
        format!("{:?}", self.master.get_termios()) == self.before
    }

    /// Holds the terminal to be as it was.
    #[track_caller]
    pub fn assert_given_back(&self) {
        assert!(self.is_cooked(), "the line is still raw");
        self.look(|screen| {
            assert!(!screen.alternate_screen(), "the screen is kept");
            assert!(!screen.hide_cursor(), "the cursor is hidden");
            assert!(!screen.bracketed_paste(), "pastes are marked");
            let mouse = screen.mouse_protocol_mode();
            assert_eq!(mouse, vt100::MouseProtocolMode::None);
        });
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        self.listen();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn prepare(
    command: &mut CommandBuilder,
    home: &Path,
    variables: &[(&str, &str)],
) {
    let path = std::env::var("PATH").unwrap_or_default();
    command.env_clear();
    command.env("PATH", path);
    command.env("GARGALO_HOME", home);
    command.env("TERM", "xterm-256color");
    command.env("LANG", "en_US.UTF-8");
    for (name, value) in variables {
        command.env(name, value);
    }
}
