//! An open lesson: opening, moving from cell to cell, scrolling.

use crate::app::action::Go;
use crate::app::memory::Parked;
use crate::app::message::Layout;
use crate::app::progress::CellProgress;
use crate::app::progress::LessonProgress;
use crate::app::state::App;
use crate::app::state::CellState;
use crate::app::state::Entry;
use crate::app::state::Home;
use crate::app::state::LessonScreen;
use crate::app::state::ModelState;
use crate::app::state::QuestionState;
use crate::app::state::Screen;
use crate::lesson::schema::Cell;
use crate::lesson::schema::Lesson;
use std::sync::Arc;

impl App {
    /// The open lesson.
    pub fn lesson(&self) -> Option<&LessonScreen> {
        match &self.screen {
            Screen::Lesson(screen) => Some(screen),
            Screen::Home(_) => None,
        }
    }

    /// What was done in a cell of the open lesson.
    pub fn cell_progress(&self, cell: usize) -> Option<&CellProgress> {
        let lesson = &self.lesson()?.lesson;
        let cells = &self.progress.lessons.get(&lesson.id)?.cells;
        cells.get(lesson.cells.get(cell)?.id())
    }

    pub(super) fn lesson_mut(&mut self) -> Option<&mut LessonScreen> {
        match &mut self.screen {
            Screen::Lesson(screen) => Some(screen),
            Screen::Home(_) => None,
        }
    }

    /// The lesson as it is read, the cell in focus and its index.
    pub(super) fn focused(&self) -> Option<(Arc<Lesson>, usize)> {
        let screen = self.lesson()?;
        Some((Arc::clone(&screen.lesson), screen.focus))
    }

    /// Opens what was left at the last visit.
    pub(super) fn come_back(&mut self) {
        let first_visit = self.progress.lessons.is_empty();
        let left = self.progress.place.clone();
        let left = left.and_then(|(lesson, _)| self.find_lesson(&lesson));
        let first = self
            .course
            .iter()
            .position(|entry| matches!(entry, Entry::Open(_)));
        match (left, first_visit) {
            (Some(index), _) => self.open_lesson(index),
            (None, true) => self.open_lesson(first.unwrap_or(0)),
            (None, false) => self.screen = Screen::Home(self.unfinished()),
        }
    }

    /// The list with the cursor on the first lesson that is not done.
    fn unfinished(&self) -> Home {
        let open = |entry: &Entry| match entry {
            Entry::Open(lesson) => {
                let (done, all) = self.done(lesson);
                done < all
            }
            Entry::Broken(..) => false,
        };
        let selected = self.course.iter().position(open).unwrap_or(0);
        Home { selected }
    }

    /// Opens a lesson where the student left it.
    pub fn open_lesson(&mut self, index: usize) {
        let course = Arc::clone(&self.course);
        let Some(Entry::Open(lesson)) = course.get(index) else {
            self.tell(
                "This lesson cannot be read; its card says why.",
                "Esta aula não pode ser lida; o cartão diz por quê.",
            );
            return;
        };
        self.park();
        let id = lesson.id.clone();
        let parked = &mut self.memory.parked;
        let waits = parked.iter().position(|p| p.screen.lesson.id == id);
        if let Some(place) = waits {
            let parked = parked.remove(place);
            self.runs = parked.runs;
            self.screen = Screen::Lesson(parked.screen);
        } else {
            let record = self.progress.lessons.get(&id);
            let screen = fresh(index, lesson, record);
            self.screen = Screen::Lesson(Box::new(screen));
            self.memory.out.push(crate::app::effect::Effect::LoadRuns(id));
        }
        self.overlay = None;
        self.layout = Layout::default();
        self.refit_all();
        self.note_place();
        self.memory.unsaved = true;
    }

    /// Puts the open lesson aside. Of the lessons put aside, only the
    /// newest, those with a run and the one a room leads back to are kept.
    pub(super) fn park(&mut self) {
        let home = Screen::Home(Home::default());
        let screen = std::mem::replace(&mut self.screen, home);
        let Screen::Lesson(screen) = screen else {
            self.screen = screen;
            return;
        };
        let busy = |parked: &Parked| {
            let screen = &parked.screen;
            screen.live.is_some() || !screen.ending.is_empty()
        };
        let origin = self.memory.origin.clone();
        let wanted = |parked: &Parked| {
            Some(&parked.screen.lesson.id) == origin.as_ref()
        };
        self.memory.parked.retain(|p| busy(p) || wanted(p));
        let runs = std::mem::take(&mut self.runs);
        self.memory.parked.push(Parked { screen, runs });
    }

    /// Moves about.
    pub(super) fn go(&mut self, go: Go) {
        match go {
            Go::NextHit => return self.next_hit(1),
            Go::PreviousHit => return self.next_hit(-1),
            Go::Sandbox => return self.sandbox(),
            _ => {}
        }
        if self.overlay.is_some() {
            return self.scroll_overlay(go);
        }
        if self.lesson().is_none() {
            return self.go_home(go);
        }
        match go {
            Go::Down => self.step(1),
            Go::Up => self.step(-1),
            Go::HalfDown => self.scroll(i32::from(self.layout.body / 2)),
            Go::HalfUp => self.scroll(-i32::from(self.layout.body / 2)),
            Go::Top => self.focus_on(0),
            Go::Bottom => self.focus_on(usize::MAX),
            Go::NextItem => self.next_item(1),
            Go::PreviousItem => self.next_item(-1),
            Go::NextLesson => self.next_lesson(1),
            Go::PreviousLesson => self.next_lesson(-1),
            Go::Experiment => self.open_experiment(),
            Go::Back => self.go_back(),
            Go::NextGroup => self.next_group(1),
            Go::PreviousGroup => self.next_group(-1),
            _ => {}
        }
    }

    /// Puts a cell in focus; beyond the last one, the last.
    pub(super) fn focus_on(&mut self, cell: usize) {
        self.leave_cell();
        let Some(screen) = self.lesson_mut() else { return };
        let last = screen.cells.len().saturating_sub(1);
        screen.focus = cell.min(last);
        screen.scroll = 0;
        self.note_place();
    }

    /// What is typed or lifted in the focused cell is put down.
    fn leave_cell(&mut self) {
        let Some(screen) = self.lesson_mut() else { return };
        match screen.cells.get_mut(screen.focus) {
            Some(CellState::Question(state)) => {
                state.typed.active = false;
                state.lifted = false;
            }
            Some(CellState::Model(state)) => state.typed.active = false,
            _ => {}
        }
    }

    /// To the next or previous cell; a cell that is taller than the
    /// screen is first read to its end.
    fn step(&mut self, by: i32) {
        let body = self.layout.body;
        let Some(screen) = self.lesson_mut() else { return };
        let (focus, scroll) = (screen.focus, screen.scroll);
        let below =
            self.height(focus).saturating_sub(scroll).saturating_sub(body);
        let page = i32::from(body.saturating_sub(2).max(1));
        if by > 0 && below > 0 {
            self.scroll_inside(page.min(i32::from(below)));
        } else if by < 0 && scroll > 0 {
            self.scroll_inside(-page);
        } else if by > 0 {
            self.focus_on(focus + 1);
        } else if focus > 0 {
            self.focus_on(focus - 1);
        }
    }

    /// Scrolls over the borders of cells; the first one on the screen is
    /// then in focus.
    pub(super) fn scroll(&mut self, by: i32) {
        let by = if by == 0 { 1 } else { by };
        let Some(screen) = self.lesson() else { return };
        let last = screen.cells.len().saturating_sub(1);
        let mut focus = screen.focus;
        let mut row = i32::from(screen.scroll) + by;
        while row < 0 && focus > 0 {
            focus -= 1;
            row += i32::from(self.height(focus).max(1));
        }
        while focus < last && row >= i32::from(self.height(focus).max(1)) {
            row -= i32::from(self.height(focus).max(1));
            focus += 1;
        }
        let end = i32::from(self.height(focus).saturating_sub(1));
        let row = row.clamp(0, end.max(0));
        if self.lesson().is_some_and(|screen| screen.focus != focus) {
            self.focus_on(focus);
        }
        if let Some(screen) = self.lesson_mut() {
            screen.scroll = u16::try_from(row).unwrap_or(0);
        }
    }

    fn scroll_inside(&mut self, by: i32) {
        if let Some(screen) = self.lesson_mut() {
            let row = (i32::from(screen.scroll) + by).max(0);
            screen.scroll = u16::try_from(row).unwrap_or(u16::MAX);
        }
    }

    /// The height of a cell as last laid out; 0 if that is not known.
    fn height(&self, cell: usize) -> u16 {
        self.layout.heights.get(cell).copied().unwrap_or(0)
    }

    /// The view has laid the screen out.
    pub(super) fn laid(&mut self, layout: Layout) {
        let Some(screen) = self.lesson() else {
            self.layout = layout;
            return;
        };
        let (focus, scroll) = (screen.focus, screen.scroll);
        let to_end = std::mem::take(&mut self.memory.to_end);
        let beyond = self.height(focus).saturating_sub(self.layout.body);
        self.layout = layout;
        let height = self.height(focus);
        let end = height.saturating_sub(1);
        // Who looked at the end of a cell still does when it has grown.
        let at_end = (to_end || scroll > 0) && scroll == beyond;
        let grown = height.saturating_sub(self.layout.body);
        if height > 0
            && let Some(screen) = self.lesson_mut()
        {
            let wanted = if at_end { grown } else { scroll };
            screen.scroll = wanted.min(end);
        }
    }

    fn next_lesson(&mut self, by: isize) {
        let Some(screen) = self.lesson() else { return };
        let mut index = screen.index;
        let course = Arc::clone(&self.course);
        while let Some(next) = index.checked_add_signed(by) {
            match course.get(next) {
                Some(Entry::Open(lesson)) if !lesson.is_room() => {
                    return self.open_lesson(next);
                }
                Some(_) => index = next,
                None => break,
            }
        }
        self.tell(
            "There is no lesson further on; q shows the list.",
            "Não há aula adiante; q mostra a lista.",
        );
    }

    /// Remembers where the student is, to come back to. This alone is not
    /// worth a save: the next change or leaving takes it along.
    fn note_place(&mut self) {
        let Some((lesson, focus)) = self.focused() else { return };
        let Some(cell) = lesson.cells.get(focus) else { return };
        let cell = cell.id().to_owned();
        let record = self.progress.lessons.entry(lesson.id.clone());
        record.or_default().place = Some(cell.clone());
        self.progress.place = Some((lesson.id.clone(), cell));
    }
}

/// A lesson as it opens.
fn fresh(
    index: usize,
    lesson: &Lesson,
    record: Option<&LessonProgress>,
) -> LessonScreen {
    let cells = lesson
        .cells
        .iter()
        .map(|cell| {
            let record = record.and_then(|r| r.cells.get(cell.id()));
            state_of(cell, record)
        })
        .collect();
    let left = record.and_then(|record| record.place.as_deref());
    let focus = lesson
        .cells
        .iter()
        .position(|cell| Some(cell.id()) == left)
        .unwrap_or(0);
    LessonScreen {
        index,
        lesson: Arc::new(lesson.clone()),
        cells,
        focus,
        scroll: 0,
        live: None,
        ending: Vec::new(),
        queue: Vec::new(),
        back: None,
    }
}

/// The state of a cell as its lesson opens.
pub(super) fn state_of(
    cell: &Cell,
    record: Option<&CellProgress>,
) -> CellState {
    match cell {
        Cell::Model(model) => {
            CellState::Model(Box::new(ModelState::new(model, record)))
        }
        Cell::Predict(_) | Cell::Quiz(_) | Cell::Exercise(_) => {
            CellState::Question(Box::new(QuestionState::new(cell, record)))
        }
        _ => CellState::Plain,
    }
}
