//! The list of lessons.

use crate::app::action::Go;
use crate::app::state::App;
use crate::app::state::Entry;
use crate::app::state::Home;
use crate::app::state::Screen;
use crate::lesson::schema::Lesson;

impl App {
    /// How many cells of a lesson are done, and how many there are to do.
    pub fn done(&self, lesson: &Lesson) -> (usize, usize) {
        self.progress.done(lesson)
    }

    /// The index of the lesson with an id, such as `L02`.
    pub fn find_lesson(&self, id: &str) -> Option<usize> {
        self.course.iter().position(|entry| match entry {
            Entry::Open(lesson) => lesson.id.eq_ignore_ascii_case(id),
            Entry::Broken(..) => false,
        })
    }

    /// Moves on the list of lessons.
    pub(super) fn go_home(&mut self, go: Go) {
        let last = self.course.len().saturating_sub(1);
        let page = usize::from(self.layout.body / 4).max(3);
        let Screen::Home(home) = &mut self.screen else { return };
        let at = home.selected;
        home.selected = match go {
            Go::Down => last.min(at + 1),
            Go::Up => at.saturating_sub(1),
            Go::HalfDown => last.min(at + page),
            Go::HalfUp => at.saturating_sub(page),
            Go::Top => 0,
            Go::Bottom => last,
            _ => at,
        };
        if go == Go::Enter {
            self.open_lesson(at);
        }
    }

    /// Puts the cursor on the lesson with a typed number: `2` is L02, or
    /// the second one if no lesson has that number.
    pub(super) fn choose_lesson(&mut self, number: &str) {
        let Ok(n) = number.parse::<usize>() else { return };
        let found = self.find_lesson(&format!("L{n:02}"));
        let found = found.or_else(|| n.checked_sub(1));
        if let (Some(index), Screen::Home(home)) =
            (found.filter(|i| *i < self.course.len()), &mut self.screen)
        {
            home.selected = index;
        }
    }

    /// Goes back to the list; the lesson waits as it is.
    pub(super) fn leave_lesson(&mut self) {
        let selected = match &self.screen {
            Screen::Lesson(screen) => screen.index,
            Screen::Home(home) => home.selected,
        };
        self.park();
        self.progress.place = None;
        self.memory.unsaved = true;
        self.screen = Screen::Home(Home { selected });
    }
}
