//! How the program looks and speaks: language, theme, pictures, mouse.

use crate::app::action::Look;
use crate::app::course_in;
use crate::app::effect::Effect;
use crate::app::lesson::state_of;
use crate::app::message::Key;
use crate::app::progress::Pictures;
use crate::app::progress::Progress;
use crate::app::progress::ThemeName;
use crate::app::state::App;
use crate::app::state::CellState;
use crate::app::state::Entry;
use crate::app::state::LessonScreen;
use crate::app::state::Screen;
use crate::lesson::goal::Deed;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Lesson;
use crate::lesson::schema::SetupKind;
use std::sync::Arc;

/// The themes, with the names they have on the command line.
pub(super) const THEMES: [(&str, ThemeName); 5] = [
    ("terminal", ThemeName::Terminal),
    ("dark", ThemeName::Dark),
    ("light", ThemeName::Light),
    ("high-contrast", ThemeName::HighContrast),
    ("mono", ThemeName::Mono),
];

/// The ways to draw images, likewise.
pub(super) const PICTURES: [(&str, Pictures); 5] = [
    ("truecolor", Pictures::TrueColor),
    ("greys", Pictures::Greys),
    ("quadrant", Pictures::Quadrant),
    ("braille", Pictures::Braille),
    ("ascii", Pictures::Ascii),
];

/// The languages of the lessons.
pub(super) const LANGUAGES: [&str; 2] = ["en", "pt-BR"];

impl App {
    /// Looks at something in another way.
    pub(super) fn look_at(&mut self, look: Look, key: Option<Key>) {
        match look {
            Look::NextPicture => self.next_picture(1),
            Look::PreviousPicture => self.next_picture(-1),
            Look::Next
            | Look::Previous
            | Look::FarNext
            | Look::FarPrevious
            | Look::Above
            | Look::Below => self.look_further(look),
            Look::Earlier => self.scrub(-1),
            Look::Later => self.scrub(1),
            Look::Labels => self.switch(|state| &mut state.bare),
            Look::Align => self.align(),
            Look::Axes => self.switch(|state| &mut state.log),
            Look::Language => {
                let pt = self.look.language.starts_with("pt");
                self.speak(if pt { "en" } else { "pt-BR" });
            }
            Look::Theme => {
                let mut themes = THEMES.iter().map(|(_, theme)| *theme);
                let here = themes.position(|t| t == self.look.theme);
                let next = here.map_or(0, |i| (i + 1) % THEMES.len());
                self.choose_theme(next);
            }
            Look::Mouse => self.toggle_mouse(),
            Look::Choose => self.choose_setup(key),
            Look::Slide => {
                let Some((lesson, _)) = self.focused() else { return };
                self.tell(
                    &format!("In the lecture: {}", lesson.slide),
                    &format!("Na aula: {}", lesson.slide),
                );
            }
        }
    }

    /// Turns the filters of a linear autoencoder to match the principal
    /// axes, or back.
    fn align(&mut self) {
        let Some((_, cell)) = self.focused() else { return };
        let can = self
            .shown_run(cell)
            .is_some_and(|run| !run.snapshot.aligned.is_empty());
        if !can {
            return self.tell(
                "Aligning needs a finished run whose filters can be held \
                 against the principal axes.",
                "Alinhar precisa de um treino terminado cujos filtros se \
                 possam comparar com os eixos principais.",
            );
        }
        self.switch(|state| &mut state.aligned);
        self.did(cell, Deed::Aligned);
    }

    fn switch(
        &mut self,
        of: impl FnOnce(&mut crate::app::state::ModelState) -> &mut bool,
    ) {
        let Some((_, cell)) = self.focused() else { return };
        if let Some(state) = self.state_mut(cell) {
            let on = of(state);
            *on = !*on;
        }
    }

    /// Shows the lessons in another language.
    pub(super) fn speak(&mut self, language: &str) {
        if !LANGUAGES.contains(&language) {
            return self.tell(
                "The languages are en and pt-BR.",
                "Os idiomas são en e pt-BR.",
            );
        }
        self.look.language = language.to_owned();
        self.look.chosen.language = Some(language.to_owned());
        self.remember_looks();
        self.course = course_in(&self.memory.courses, language);
        let course = Arc::clone(&self.course);
        if let Screen::Lesson(screen) = &mut self.screen {
            translate(screen, &course, &self.progress);
        }
        for parked in &mut self.memory.parked {
            translate(&mut parked.screen, &course, &self.progress);
        }
        self.refit_all();
        self.tell("English.", "Português.");
    }

    pub(super) fn choose_theme(&mut self, place: usize) {
        let Some((name, theme)) = THEMES.get(place) else { return };
        self.look.theme = *theme;
        self.look.chosen.theme = Some(*theme);
        self.remember_looks();
        self.tell(&format!("Theme: {name}."), &format!("Tema: {name}."));
    }

    pub(super) fn choose_pictures(&mut self, place: usize) {
        let Some((name, pictures)) = PICTURES.get(place) else { return };
        self.look.pictures = *pictures;
        self.look.chosen.pictures = Some(*pictures);
        self.remember_looks();
        self.tell(
            &format!("Images are drawn as {name}."),
            &format!("As imagens são desenhadas como {name}."),
        );
    }

    fn toggle_mouse(&mut self) {
        let on = !self.look.mouse;
        self.look.mouse = on;
        self.look.chosen.mouse = Some(on);
        self.remember_looks();
        self.memory.out.push(Effect::Mouse(on));
        if on {
            self.tell(
                "Mouse on: Shift and drag selects text.",
                "Mouse ligado: Shift e arrastar selecionam texto.",
            );
        } else {
            self.tell("Mouse off.", "Mouse desligado.");
        }
    }

    fn choose_setup(&mut self, key: Option<Key>) {
        let Some((lesson, cell)) = self.focused() else { return };
        let Some(Cell::Setup(setup)) = lesson.cells.get(cell) else {
            return;
        };
        let digit = match key {
            Some(Key::Char(c)) => c.to_digit(10),
            _ => None,
        };
        let Some(place) = digit.and_then(|d| d.checked_sub(1)) else {
            return;
        };
        let place = place as usize;
        match setup.choose {
            SetupKind::Pictures => self.choose_pictures(place),
            SetupKind::Theme => self.choose_theme(place),
            SetupKind::Language => {
                if let Some(language) = LANGUAGES.get(place) {
                    self.speak(language);
                }
            }
        }
    }

    fn remember_looks(&mut self) {
        self.progress.preferences = self.look.chosen.clone();
        self.progress.sequence += 1;
        self.memory.unsaved = true;
    }
}

/// The same screen with the lesson in another language. Cells are found
/// by their ids; one that is only in this language begins anew.
fn translate(
    screen: &mut LessonScreen,
    course: &[Entry],
    progress: &Progress,
) {
    let id = &screen.lesson.id;
    let found =
        course.iter().enumerate().find_map(|(i, entry)| match entry {
            Entry::Open(lesson) if lesson.id == *id => Some((i, lesson)),
            _ => None,
        });
    let Some((index, lesson)) = found else { return };
    screen.index = index;
    let same = same_cells(&screen.lesson, lesson);
    if !same {
        if screen.live.is_some() || !screen.ending.is_empty() {
            return;
        }
        screen.cells = rearranged(screen, lesson);
        screen.focus = screen.focus.min(lesson.cells.len().max(1) - 1);
        screen.back = None;
        screen.queue.clear();
    }
    screen.lesson = Arc::new((**lesson).clone());
    for (cell, state) in lesson.cells.iter().zip(&mut screen.cells) {
        let record = progress.cell(&lesson.id, cell.id());
        if let (CellState::Question(state), Some(record)) = (state, record)
        {
            state.say_again(cell, record);
        }
    }
}

fn same_cells(a: &Lesson, b: &Lesson) -> bool {
    let ids = |lesson: &Lesson| -> Vec<(String, &'static str)> {
        let cells = lesson.cells.iter();
        cells.map(|cell| (cell.id().to_owned(), cell.kind())).collect()
    };
    ids(a) == ids(b)
}

fn rearranged(screen: &LessonScreen, lesson: &Lesson) -> Vec<CellState> {
    let old = |cell: &Cell| {
        let mut cells = screen.lesson.cells.iter();
        let place = cells.position(|old| {
            old.id() == cell.id() && old.kind() == cell.kind()
        })?;
        screen.cells.get(place).cloned()
    };
    let cells = lesson.cells.iter();
    cells
        .map(|cell| old(cell).unwrap_or_else(|| state_of(cell, None)))
        .collect()
}
