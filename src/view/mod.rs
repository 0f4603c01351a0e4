//! Draws the state.
//!
//! ```text
//! ┌────────────────────────────┐
//! │ title                      │
//! │ home, or a lesson's column │ body
//! │ and pictures               │
//! │ notice                     │
//! │ keys                       │
//! └────────────────────────────┘   and an overlay on top of it
//! ```
//!
//! Nothing here changes the state or computes a statistic; where things
//! came to lie is handed back as a [`Layout`].

pub mod cell;
pub mod glyphs;
pub mod home;
pub mod lesson;
pub mod overlay;
pub mod palette;
pub mod panel;
pub mod piece;
pub mod plain;
pub mod run_list;
pub mod shown;
pub mod status_bar;
pub mod text;
pub mod theme;
pub mod too_small;
pub mod widget;

use crate::app::message::Layout;
use crate::app::progress::Pictures;
use crate::app::state::App;
use crate::app::state::Screen;
use crate::view::glyphs::Glyphs;
use crate::view::panel::Ctx;
use crate::view::theme::Depth;
use crate::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws the whole screen and says where things are.
pub fn draw(
    buf: &mut Buffer,
    area: Rect,
    app: &App,
    depth: Depth,
) -> Layout {
    let mut theme = Theme::new(app.look.theme, depth);
    if app.look.remote && is_training(app) {
        theme = theme.with_few_greys();
    }
    let glyphs = Glyphs { unicode: app.look.unicode };
    let pictures = match app.look.unicode {
        true => app.look.pictures,
        false => Pictures::Ascii,
    };
    let ctx = Ctx { theme: &theme, pictures, glyphs };
    let mut laid = Layout::default();
    buf.set_style(area, theme.base());
    let (width, height) = too_small::SMALLEST;
    if area.width < width || area.height < height {
        too_small::draw(buf, area, &ctx);
        return laid;
    }
    let body = Rect { height: area.height - 2, ..area };
    let bottom = Rect { y: area.y + body.height, height: 2, ..area };
    match &app.screen {
        Screen::Home(home) => {
            home::draw(buf, body, (app, home), &ctx, &mut laid);
        }
        Screen::Lesson(screen) => {
            lesson::draw(buf, body, (app, screen), &ctx, &mut laid);
        }
    }
    if let Some(overlay) = &app.overlay {
        overlay::draw(buf, body, (app, overlay), &ctx, &mut laid);
    }
    status_bar::draw(buf, bottom, app, &ctx, &mut laid);
    laid
}

/// Whether a model of the open lesson trains now.
fn is_training(app: &App) -> bool {
    app.lesson().is_some_and(|screen| screen.live.is_some())
}
