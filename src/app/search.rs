//! The search in the text of all lessons, and its hits.

use crate::app::state::App;
use crate::app::state::Entry;
use crate::app::state::Hit;
use crate::app::state::Overlay;
use crate::app::state::Search;
use crate::lesson::goal::Deed;
use crate::lesson::search;

impl App {
    /// Searches anew after the query changed.
    pub(super) fn search_again(&mut self) {
        let Some(Overlay::Search(search)) = &self.overlay else { return };
        let hits = self.hits(&search.field.text, search.only);
        if let Some(Overlay::Search(search)) = &mut self.overlay {
            search.selected = 0;
            search.hits = hits;
        }
    }

    /// Where a query occurs, the open lesson first.
    fn hits(&self, query: &str, only: Option<usize>) -> Vec<Hit> {
        let here = self.lesson().map(|screen| screen.index);
        let rest = (0..self.course.len()).filter(|i| Some(*i) != here);
        let order = here.into_iter().chain(rest);
        let order = order.filter(|i| only.is_none_or(|only| only == *i));
        let lessons = order.filter_map(|i| match self.course.get(i)? {
            Entry::Open(lesson) => Some((i, &**lesson)),
            Entry::Broken(..) => None,
        });
        let hits = search::search(lessons, query).into_iter();
        hits.map(|hit| Hit {
            lesson: hit.lesson,
            cell: hit.cell,
            excerpt: hit.excerpt,
        })
        .collect()
    }

    /// Opens the hit under the cursor.
    pub(super) fn open_hit(&mut self) {
        let Some(Overlay::Search(search)) = self.overlay.take() else {
            return;
        };
        let hit = search.hits.get(search.selected).cloned();
        let query = search.field.text.clone();
        self.memory.found = Some(search);
        match hit {
            Some(hit) => self.show_hit(&hit),
            None if query.trim().is_empty() => {}
            None => self.tell(
                &format!("`{query}` is in none of the lessons."),
                &format!("`{query}` não está em nenhuma aula."),
            ),
        }
    }

    /// To the next or previous hit of the last search, and round.
    pub(super) fn next_hit(&mut self, by: isize) {
        let found = self.memory.found.as_mut();
        let Some(search) = found.filter(|found| !found.hits.is_empty())
        else {
            return self.tell(
                "Nothing was searched for yet: / does.",
                "Nada foi buscado ainda: / busca.",
            );
        };
        let n = search.hits.len();
        let next = (search.selected + n).saturating_add_signed(by);
        search.selected = next.checked_rem(n).unwrap_or(0);
        let place = search.selected;
        let Some(hit) = search.hits.get(place).cloned() else { return };
        self.show_hit(&hit);
        self.notice = Some(format!("{}/{n}: {}", place + 1, hit.excerpt));
    }

    fn show_hit(&mut self, hit: &Hit) {
        self.did_here(Deed::Searched);
        let open = self.lesson().map(|screen| screen.index);
        if open != Some(hit.lesson) {
            self.open_lesson(hit.lesson);
            self.did_here(Deed::Searched);
        }
        self.focus_on(hit.cell);
    }

    /// The last search, for marking its words.
    pub fn last_search(&self) -> Option<&Search> {
        self.memory.found.as_ref()
    }
}
