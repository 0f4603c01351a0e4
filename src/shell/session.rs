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
use crate::shell::saver::Saver;
use crate::shell::store::Store;
use crate::shell::tty;
use crate::train::RunId;
use crate::train::TrainEvent;
use crate::train::cache::Cache;
use crate::train::config::RunConfig;
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
use std::sync::PoisonError;
use std::time::Duration;
use std::time::Instant;

/// Frames of a training animation apart: 15 a second at home, 4 over SSH.
const LOCAL_FRAME: Duration = Duration::from_millis(66);
const REMOTE_FRAME: Duration = Duration::from_millis(250);

/// How long the loop sleeps when nothing is going on.
const IDLE: Duration = Duration::from_secs(3600);

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

/// What performing an effect leads to.
enum Next {
    /// Go on.
    On,
    /// Paint the whole screen anew.
    Redraw,
    /// Stop the process for a while.
    Suspend,
    /// Leave.
    Leave,
}

impl<I: Input> Session<I> {
    /// Runs until the student leaves or the terminal goes away.
    ///
    /// # Errors
    ///
    /// When the terminal can neither be read nor written.
    pub fn run<B: Canvas>(
        mut self,
        terminal: &mut Terminal<B>,
    ) -> io::Result<(End, Vec<String>)> {
        let began = Instant::now();
        let mut last_animation = Instant::now();
        self.draw(terminal)?;
        loop {
            let incoming =
                self.input.take(self.patience(last_animation))?;
            let mut messages = Vec::new();
            let mut end = None;
            for event in incoming {
                match event {
                    Incoming::Message(message) => messages.push(message),
                    Incoming::Stop => suspend(terminal)?,
                    Incoming::End(signal) => end = Some(signal),
                }
            }
            if let Some(signal) = end {
                return Ok((End::Signal(signal), self.close()));
            }
            let keys = !messages.is_empty();
            let frame = self.frame();
            if last_animation.elapsed() >= frame {
                messages.extend(self.training());
                last_animation = Instant::now();
            }
            if let Some(saver) = &mut self.saver {
                messages.extend(saver.results());
            }
            if messages.is_empty() && !keys {
                continue;
            }
            let now = began.elapsed().as_millis();
            let now = u64::try_from(now).unwrap_or(u64::MAX);
            messages.insert(0, Message::Tick(now));
            if self.react(messages, terminal)? {
                return Ok((End::Quit, self.close()));
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
                        Next::Suspend => suspend(terminal)?,
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

    fn perform(
        &mut self,
        effect: Effect,
        answers: &mut Vec<Message>,
    ) -> Next {
        match effect {
            Effect::Start(id, config) => {
                answers.extend(self.start(id, *config));
            }
            Effect::Control(id, control) => {
                if let Some(trainer) = self.trainers.get(&id) {
                    trainer.send(control);
                }
            }
            Effect::Stop(id) => {
                if let Some(trainer) = self.trainers.get(&id) {
                    trainer.stop();
                }
            }
            Effect::Save => {
                if let Some(saver) = &mut self.saver {
                    saver.progress(&self.app.progress);
                }
            }
            Effect::SaveRuns(lesson, cell) => {
                let runs = self.app.runs_of(&lesson, &cell).to_vec();
                if let Some(saver) = &mut self.saver {
                    saver.runs(lesson, cell, runs);
                }
            }
            Effect::LoadRuns(lesson) => {
                let mut store = self
                    .store
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                let loaded = store.load_runs(&lesson);
                answers.extend(
                    loaded.notices.into_iter().map(Message::Notice),
                );
                answers.push(Message::Runs(lesson, loaded.value));
            }
            other => return self.outside(other, answers),
        }
        Next::On
    }

    /// Effects on the world around the notebook.
    fn outside(
        &mut self,
        effect: Effect,
        answers: &mut Vec<Message>,
    ) -> Next {
        match effect {
            Effect::Export(name, text) => {
                answers.push(Message::Notice(export(&name, &text)));
            }
            Effect::Copy(text) => {
                let _ = tty::copy(&text);
            }
            Effect::Mouse(true) => {
                let _ = tty::mouse_on();
            }
            Effect::Mouse(false) => {
                let _ = tty::mouse_off();
            }
            Effect::Redraw => return Next::Redraw,
            Effect::Suspend => return Next::Suspend,
            Effect::Quit => return Next::Leave,
            _ => {}
        }
        Next::On
    }

    fn start(
        &mut self,
        id: RunId,
        mut config: RunConfig,
    ) -> Option<Message> {
        config.threads = self.threads;
        let library = Arc::clone(&self.library);
        let cache = Arc::clone(&self.cache);
        match Trainer::spawn(config, library, cache) {
            Ok(trainer) => {
                self.trainers.insert(id, trainer);
                None
            }
            Err(error) => {
                let why = format!(
                    "The system gives no thread to train on ({error}). \
                     Close another program and press r."
                );
                let failed = TrainEvent::Failed(why);
                Some(Message::Train(id, failed))
            }
        }
    }

    fn draw<B: Canvas>(
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

    /// Ends all runs and waits for the last save; what could not be saved.
    fn close(mut self) -> Vec<String> {
        self.trainers.clear();
        match self.saver.take() {
            Some(saver) => saver.finish(),
            None => Vec::new(),
        }
    }
}

/// Gives the terminal back and stops until the student returns.
fn suspend<B: Canvas>(terminal: &mut Terminal<B>) -> io::Result<()> {
    if tty::entered() {
        tty::leave();
        let pid = rustix::process::getpid();
        let stop = rustix::process::Signal::STOP;
        let _ = rustix::process::kill_process(pid, stop);
        tty::enter()?;
    }
    terminal.backend_mut().resized(tty::size());
    terminal.clear()
}

/// Writes a file into the folder the program was started in, never over
/// another one; what to tell the student.
fn export(name: &str, text: &str) -> String {
    for n in 0..1000 {
        let path = match n {
            0 => name.to_owned(),
            n => match name.rsplit_once('.') {
                Some((stem, end)) => format!("{stem}-{n}.{end}"),
                None => format!("{name}-{n}"),
            },
        };
        let file = std::fs::File::options()
            .write(true)
            .create_new(true)
            .open(&path);
        match file.and_then(|mut file| file.write_all(text.as_bytes())) {
            Ok(()) => return format!("Written to {path}"),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return format!("{path} could not be written: {e}"),
        }
    }
    format!("{name} could not be written: too many files of that name")
}
