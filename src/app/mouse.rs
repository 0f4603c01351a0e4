//! The mouse: whatever it can do, keys can do, too.

use crate::app::message::Mouse;
use crate::app::message::Target;
use crate::app::place::Place;
use crate::app::state::App;
use crate::app::state::Overlay;
use crate::app::state::Screen;

/// Rows of one notch of the wheel.
const NOTCH: i32 = 3;

impl App {
    /// The mouse did something.
    pub(super) fn mouse(&mut self, mouse: Mouse) {
        match mouse {
            Mouse::Click(x, y) => self.click(x, y),
            Mouse::Drag(..) => {}
            Mouse::Up(..) => self.wheel(-1),
            Mouse::Down(..) => self.wheel(1),
        }
    }

    fn wheel(&mut self, by: i32) {
        if self.overlay.is_some() {
            return self.move_cursor(by);
        }
        match &mut self.screen {
            Screen::Home(home) => {
                let last = self.course.len().saturating_sub(1);
                let by = isize::try_from(by).unwrap_or(0);
                let next = home.selected.saturating_add_signed(by);
                home.selected = next.min(last);
            }
            Screen::Lesson(_) => self.scroll(by * NOTCH),
        }
    }

    fn click(&mut self, x: u16, y: u16) {
        let inside = |from: u16, n: u16, at: u16| {
            at.checked_sub(from).is_some_and(|at| at < n)
        };
        let spots = self.layout.spots.iter().rev();
        let target = spots
            .filter(|(spot, _)| {
                inside(spot.x, spot.width, x)
                    && inside(spot.y, spot.height, y)
            })
            .map(|(_, target)| *target)
            .next();
        let Some(target) = target else { return };
        if let Target::Key(key) = target {
            return self.press(key);
        }
        if self.overlay.is_some() && self.overlay != Some(Overlay::Zoom) {
            return;
        }
        self.notice = None;
        self.pending.clear();
        match target {
            Target::Lesson(lesson) => self.click_lesson(lesson),
            Target::Cell(cell) => self.click_cell(cell),
            Target::Item(cell, item) => {
                self.click_cell(cell);
                if !Place::of(self).typing() {
                    self.item(cell, item);
                }
            }
            Target::Panel(cell, panel) => {
                self.click_cell(cell);
                let knobs = self.model(cell).map(|(m, _)| m.knobs.len());
                self.item(cell, knobs.unwrap_or(0) + panel);
            }
            Target::Key(_) => {}
        }
    }

    /// The first click chooses a lesson, the second opens it.
    fn click_lesson(&mut self, lesson: usize) {
        let Screen::Home(home) = &mut self.screen else { return };
        if home.selected == lesson {
            self.open_lesson(lesson);
        } else if lesson < self.course.len() {
            home.selected = lesson;
        }
    }

    fn click_cell(&mut self, cell: usize) {
        let here = self.lesson().map(|screen| screen.focus);
        if here.is_some_and(|here| here != cell) {
            self.focus_on(cell);
        }
    }
}
