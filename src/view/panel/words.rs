//! The strongest words of units and documents.

use crate::view::glyphs;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Role;
use crate::view::widget::Pen;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub(super) const PARTS: Parts =
    Parts { title: "Words", height, draw, foot, sentence };

fn height(_: u16, shown: &Shown<'_>) -> u16 {
    let rows = u16::try_from(words(shown).len()).unwrap_or(u16::MAX);
    rows.clamp(5, 14) + 1
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let words = words(shown);
    let Some(look) = shown.look.checked_rem(words.len()) else {
        common::empty(buf, area, "the strongest words", (shown, ctx));
        return;
    };
    let mut pen = Pen::new(buf, area, ctx.glyphs);
    let room = usize::from(pen.height()).max(1);
    let first = (look + 1).saturating_sub(room);
    let longest = words.iter().map(|(name, _)| pen.columns(name)).max();
    let named = longest.unwrap_or(0).min(pen.width() / 3);
    let shown_now = words.iter().enumerate().skip(first).take(room);
    for ((i, (name, list)), y) in shown_now.zip(0_u16..) {
        let here = i == look && words.len() > 1;
        let role = if here { Role::Accent } else { Role::Text };
        if here {
            let cursor = ctx.glyphs.get(glyphs::CURSOR);
            pen.text(0, y, cursor, ctx.theme.style(Role::Accent));
        }
        let name: String = name.chars().take(named.into()).collect();
        pen.text(2, y, &name, ctx.theme.style(role));
        let mut x = named + 4;
        for (n, word) in list.iter().enumerate() {
            let role = if n == 0 { Role::Accent } else { Role::Text };
            if x + pen.columns(word) > pen.width() {
                break;
            }
            x = pen.text(x, y, word, ctx.theme.style(role)) + 2;
        }
    }
}

fn foot(_: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let words = words(shown);
    let Some(i) = shown.look.checked_rem(words.len()) else {
        return String::new();
    };
    format!("{} of {}; the strongest word first", i + 1, words.len())
}

fn sentence(shown: &Shown<'_>) -> String {
    let words = words(shown);
    if words.is_empty() {
        return "no words yet".to_owned();
    }
    let some = words.iter().take(6).map(|(name, list)| {
        let list: Vec<&str> =
            list.iter().take(4).map(String::as_str).collect();
        format!("{name}: {}", list.join(", "))
    });
    let some: Vec<String> = some.collect();
    let more = if words.len() > 6 { "; ..." } else { "" };
    format!("the strongest words; {}{more}", some.join("; "))
}

fn words<'a>(shown: &Shown<'a>) -> &'a [(String, Vec<String>)] {
    shown.snapshot.map_or(&[], |snapshot| &snapshot.words)
}
