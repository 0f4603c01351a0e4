//! One student at one screen: input, training and saving in, frames out.
//!
//! The loop sleeps until something happens, takes everything that came in,
//! lets the state react, and draws once. It never computes: while models
//! train on all cores a key is answered at once.

use crate::app::effect::Effect;
use crate::app::message::Message;
use crate::app::state::App;
use crate::shell::backend::Lean;
use crate::shell::input::Incoming;
use crate::shell::input::Input;
use crate::shell::perform::Next;
use crate::shell::saver::Saver;
use crate::shell::store::Store;
use crate::shell::tty;
use crate::train::RunId;
use crate::train::TrainEvent;
use crate::train::cache::Cache;
use crate::train::trainer::Trainer;
use crate::view;
use crate::view::theme::Depth;
use ratatui::Terminal;
use ratatui::backend::Backend;
use ratatui::layout::Size;
use std::collections::BTreeMap;
use std::io;
use std::io::Write;
use std::sync::Arc;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// Frames of a training animation apart: 15 a second at home, 1.4 over
/// SSH, where each is about three kilobytes.
const LOCAL_FRAME: Duration = Duration::from_millis(66);
const REMOTE_FRAME: Duration = Duration::from_millis(700);

/// How long the loop sleeps when nothing is going on.
const IDLE: Duration = Duration::from_secs(3600);

/// How long leaving waits for the runs that are alive.
const FAREWELL: Duration = Duration::from_millis(500);

/// The signal of a terminal that went away.
const HANGUP: i32 = signal_hook::consts::SIGHUP;

/// A backend that can be told the size of the window.
pub trait Canvas: Backend<Error = io::Error> {
    /// The window has a new size.
    fn resized(&mut self, size: Size);
}

impl<W: Write> Canvas for Lean<W> {
    fn resized(&mut self, size: Size) {
        self.resize(size);
    }
}

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The student left.
    Quit,
    /// A signal ended it, or the terminal went away.
    Signal(i32),
}

/// What a session works with.
#[derive(Debug)]
pub struct Session<I> {
    /// The state.
    pub app: App,
    /// Where events come from.
    pub input: I,
    /// The data sets.
    pub library: Arc<crate::data::Library>,
    /// Baselines that are known already.
    pub cache: Arc<Cache>,
    /// Threads to train with.
    pub threads: usize,
    /// How many colors the terminal has.
    pub depth: Depth,
    /// Where saved runs are read from.
    pub store: Arc<Mutex<Store>>,
    /// Who saves; nobody in a rehearsal.
    pub saver: Option<Saver>,
    /// The runs that are alive.
    pub trainers: BTreeMap<RunId, Trainer>,
}

impl<I: Input> Session<I> {
    /// Runs until the student leaves or the terminal goes away; with what
    /// could not be saved, in sentences. Everything is saved on every way
    /// out.
    ///
    /// # Errors
    ///
    /// When the terminal can neither be read nor written.
    pub fn run<B: Canvas>(
        mut self,
        terminal: &mut Terminal<B>,
    ) -> io::Result<(End, Vec<String>)> {
        let end = self.work(terminal);
        let unsaved = self.close();
        match end {
            Ok(end) => Ok((end, unsaved)),
            Err(e) if is_gone(&e) => Ok((End::Signal(HANGUP), unsaved)),
            Err(e) => Err(e),
        }
    }

    fn work<B: Canvas>(
        &mut self,
        terminal: &mut Terminal<B>,
    ) -> io::Result<End> {
        let began = Instant::now();
        let mut last_animation = Instant::now();
        self.draw(terminal)?;
        loop {
            let incoming =
                self.input.take(self.patience(last_animation))?;
            let mut messages = Vec::new();
            for event in incoming {
                match event {
                    Incoming::Message(message) => messages.push(message),
                    Incoming::Stop => {
                        messages.push(self.suspend(terminal)?);
                    }
                    Incoming::Back => {
                        tty::leave();
                        messages.push(self.come_back(terminal)?);
                    }
                    Incoming::End(signal) => {
                        return Ok(End::Signal(signal));
                    }
                }
            }
            let frame = self.frame();
            if last_animation.elapsed() >= frame {
                messages.extend(self.training());
                last_animation = Instant::now();
            }
            if let Some(saver) = &mut self.saver {
                messages.extend(saver.results());
            }
            if messages.is_empty() {
                continue;
            }
            let now = began.elapsed().as_millis();
            let now = u64::try_from(now).unwrap_or(u64::MAX);
            messages.insert(0, Message::Tick(now));
            if self.react(messages, terminal)? {
                return Ok(End::Quit);
            }
            self.draw(terminal)?;
        }
    }

    /// How long to sleep at most.
    fn patience(&self, last_animation: Instant) -> Duration {
        if !self.trainers.is_empty() {
            self.frame().saturating_sub(last_animation.elapsed())
        } else if self.saver.as_ref().is_some_and(Saver::busy) {
            Duration::from_millis(30)
        } else {
            IDLE
        }
    }

    fn frame(&self) -> Duration {
        if self.app.look.remote { REMOTE_FRAME } else { LOCAL_FRAME }
    }

    /// What the trainers report; those that are done are let go.
    fn training(&mut self) -> Vec<Message> {
        let mut messages = Vec::new();
        let mut over = Vec::new();
        for (id, trainer) in &self.trainers {
            for event in trainer.drain() {
                if matches!(
                    event,
                    TrainEvent::Ended(_) | TrainEvent::Failed(_)
                ) {
                    over.push(*id);
                }
                messages.push(Message::Train(*id, event));
            }
        }
        for id in over {
            self.trainers.remove(&id);
        }
        messages
    }

    /// Lets the state react; whether the student leaves.
    fn react<B: Canvas>(
        &mut self,
        messages: Vec<Message>,
        terminal: &mut Terminal<B>,
    ) -> io::Result<bool> {
        for message in messages {
            if let Message::Resize(width, height) = message {
                let size = Size { width, height };
                terminal.backend_mut().resized(size);
            }
            let mut effects = self.app.update(message);
            while !effects.is_empty() {
                let mut answers = Vec::new();
                for effect in effects {
                    match self.perform(effect, &mut answers) {
                        Next::On => {}
                        Next::Redraw => terminal.clear()?,
                        Next::Suspend => {
                            answers.push(self.suspend(terminal)?);
                        }
                        Next::Leave => return Ok(true),
                    }
                }
                effects = answers
                    .into_iter()
                    .flat_map(|answer| self.app.update(answer))
                    .collect();
            }
        }
        Ok(false)
    }

    fn draw<B: Canvas>(
        &mut self,
        terminal: &mut Terminal<B>,
    ) -> io::Result<()> {
        let scroll = |app: &App| app.lesson().map(|s| s.scroll);
        let before = scroll(&self.app);
        self.frame_once(terminal)?;
        // A cell that has grown moves the text: once more, at its end.
        if scroll(&self.app) != before {
            self.frame_once(terminal)?;
        }
        Ok(())
    }

    fn frame_once<B: Canvas>(
        &mut self,
        terminal: &mut Terminal<B>,
    ) -> io::Result<()> {
        let mut laid = None;
        terminal.draw(|frame| {
            let area = frame.area();
            let buf = frame.buffer_mut();
            laid = Some(view::draw(buf, area, &self.app, self.depth));
        })?;
        if let Some(laid) = laid {
            self.app.update(Message::Laid(laid));
        }
        Ok(())
    }

    /// Gives the terminal back and stops until the student returns; the
    /// size the window then has.
    fn suspend<B: Canvas>(
        &mut self,
        terminal: &mut Terminal<B>,
    ) -> io::Result<Message> {
        if tty::entered() {
            tty::leave();
            let pid = rustix::process::getpid();
            let stop = rustix::process::Signal::STOP;
            let _ = rustix::process::kill_process(pid, stop);
        }
        self.come_back(terminal)
    }

    /// Takes the terminal over again and paints it anew.
    fn come_back<B: Canvas>(
        &mut self,
        terminal: &mut Terminal<B>,
    ) -> io::Result<Message> {
        tty::enter()?;
        if self.app.look.mouse {
            tty::mouse_on()?;
        }
        let size = tty::size();
        terminal.backend_mut().resized(size);
        terminal.clear()?;
        Ok(Message::Resize(size.width, size.height))
    }

    /// Ends all runs, keeps what they came to, and waits for the last
    /// save; what could not be saved.
    fn close(mut self) -> Vec<String> {
        let began = Instant::now();
        for trainer in self.trainers.values() {
            trainer.stop();
        }
        while !self.trainers.is_empty() && began.elapsed() < FAREWELL {
            for message in self.training() {
                for effect in self.app.update(message) {
                    // Nobody is there any more to see anything else.
                    if matches!(effect, Effect::SaveRuns(..)) {
                        self.perform(effect, &mut Vec::new());
                    }
                }
            }
            thread::sleep(Duration::from_millis(2));
        }
        match self.saver.take() {
            Some(mut saver) => {
                saver.progress(&self.app.progress);
                saver.finish()
            }
            None => Vec::new(),
        }
    }
}

/// Whether an error of the terminal means that there is none any more.
fn is_gone(error: &io::Error) -> bool {
    const EIO: i32 = 5;
    error.raw_os_error() == Some(EIO)
        || error.kind() == io::ErrorKind::BrokenPipe
}
