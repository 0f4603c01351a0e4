//! Nats per latent dimension: which ones carry something.

use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) const PARTS: Parts = Parts {
    title: "KL per dimension",
    height,
    draw,
    foot: common::no_foot,
    sentence,
};

fn height(_: u16, _: &Shown<'_>) -> u16 {
    12
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    if !is_there(shown) {
        common::empty(buf, area, "what every latent number carries", ctx);
        return;
    }
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let style = ctx.theme.style(Role::Text);
    pen.text(1, 1, &sentence(shown), style);
}

fn sentence(shown: &Shown<'_>) -> String {
    match is_there(shown) {
        true => "what every latent number carries, as of now".to_owned(),
        false => "what every latent number carries: nothing yet".to_owned(),
    }
}

fn is_there(shown: &Shown<'_>) -> bool {
    shown.snapshot.is_some_and(|s| !s.kl.is_empty())
}
