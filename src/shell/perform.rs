//! Performs what the state asks for: runs, saves, files, the clipboard.

use crate::app::effect::Effect;
use crate::app::message::Message;
use crate::shell::session::Session;
use crate::shell::tty;
use crate::train::RunId;
use crate::train::TrainEvent;
use crate::train::config::RunConfig;
use crate::train::trainer::Trainer;
use std::io;
use std::io::Write;
use std::sync::Arc;
use std::sync::PoisonError;

/// What performing an effect leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Go on.
    On,
    /// Paint the whole screen anew.
    Redraw,
    /// Stop the process for a while.
    Suspend,
    /// Leave.
    Leave,
}

impl<I> Session<I> {
    /// Performs an effect; what comes of it at once goes to `answers`.
    pub(super) fn perform(
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
