//! Patterns, codes and outputs of a T-K-T encoder as a table.

use crate::train::snapshot::CodeTable;
use crate::view::glyphs;
use crate::view::panel::Ctx;
use crate::view::panel::Parts;
use crate::view::panel::Shown;
use crate::view::panel::common;
use crate::view::theme::Role;
use crate::view::widget::table::Side;
use crate::view::widget::table::Table;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

pub(super) const PARTS: Parts =
    Parts { title: "Code table", height, draw, foot, sentence };

/// The widest code that is written out.
const MOST_UNITS: usize = 8;

fn height(_: u16, shown: &Shown<'_>) -> u16 {
    let rows = table(shown).map_or(8, |table| table.codes.len());
    u16::try_from(rows + 1).unwrap_or(u16::MAX).clamp(5, 16)
}

fn draw(buf: &mut Buffer, area: Rect, shown: &Shown<'_>, ctx: &Ctx<'_>) {
    let Some(table) = table(shown) else {
        common::empty(
            buf,
            area,
            "a row per pattern: its code, its copy",
            (shown, ctx),
        );
        return;
    };
    let seen = usize::from(area.height.saturating_sub(1)).max(1);
    let look = shown.look % table.codes.len();
    let first = look.saturating_sub(seen - 1);
    let numbers = first..table.codes.len().min(first + seen);
    let rows: Vec<_> = numbers.map(|i| row(table, i, ctx)).collect();
    let head = [
        ("pattern", Side::Right),
        ("code", Side::Left),
        ("rounded", Side::Left),
        ("output", Side::Right),
        ("", Side::Left),
        ("if rounded", Side::Right),
        ("", Side::Left),
    ];
    let (theme, glyphs) = (ctx.theme, ctx.glyphs);
    let drawn = Table { head: &head, rows: &rows, gap: 2, theme, glyphs };
    common::centered(buf, area, drawn, ctx);
}

fn foot(area: Rect, shown: &Shown<'_>, _: &Ctx<'_>) -> String {
    let Some(table) = table(shown) else { return String::new() };
    let (all, right, rounded) = scores(table);
    if area.width < 60 {
        return format!("{right} of {all} right, {rounded} if rounded");
    }
    format!("{right} of {all} right; {rounded} when the code is rounded")
}

fn sentence(shown: &Shown<'_>) -> String {
    let Some(table) = table(shown) else {
        return "no code table yet".to_owned();
    };
    let (all, right, rounded) = scores(table);
    let mut codes: Vec<String> =
        table.codes.iter().map(|code| bits(code)).collect();
    codes.sort_unstable();
    codes.dedup();
    format!(
        "{right} of {all} patterns come back right, {rounded} when the code \
         is rounded; {} of {all} rounded codes are different",
        codes.len(),
    )
}

fn table<'a>(shown: &Shown<'a>) -> Option<&'a CodeTable> {
    shown.snapshot?.table.as_ref().filter(|t| !t.codes.is_empty())
}

/// Patterns, those that come back right, and those right when rounded.
fn scores(table: &CodeTable) -> (usize, usize, usize) {
    let right = |winners: &[u16]| {
        let pairs = (0_u16..).zip(winners);
        pairs.filter(|(pattern, winner)| pattern == *winner).count()
    };
    let all = table.codes.len();
    (all, right(&table.winner), right(&table.rounded_winner))
}

fn row(table: &CodeTable, i: usize, ctx: &Ctx<'_>) -> Vec<(String, Style)> {
    let text = ctx.theme.style(Role::Text);
    let dim = ctx.theme.style(Role::Dim);
    let code = table.codes.get(i).map_or(&[][..], |code| code);
    let shown: Vec<String> =
        code.iter().take(MOST_UNITS).map(|z| format!("{z:5.2}")).collect();
    let more = if code.len() > MOST_UNITS { " .." } else { "" };
    let check = |winner: Option<&u16>| match winner {
        Some(winner) if usize::from(*winner) == i => {
            (ctx.glyphs.get(glyphs::CHECK), ctx.theme.style(Role::Good))
        }
        Some(_) => {
            (ctx.glyphs.get(glyphs::CROSS), ctx.theme.style(Role::Bad))
        }
        None => ("", text),
    };
    let name = |winner: Option<&u16>| {
        winner.map_or(String::new(), |w| format!("{}", usize::from(*w) + 1))
    };
    let (winner, rounded) =
        (table.winner.get(i), table.rounded_winner.get(i));
    let output = match table.strength.get(i) {
        Some(strength) => format!("{} ({strength:.2})", name(winner)),
        None => name(winner),
    };
    let (first, second) = (check(winner), check(rounded));
    vec![
        (format!("{}", i + 1), text),
        (shown.join(" ") + more, text),
        (bits(code), dim),
        (output, text),
        (first.0.to_owned(), first.1),
        (name(rounded), text),
        (second.0.to_owned(), second.1),
    ]
}

/// The code rounded to 0 and 1, without blanks.
fn bits(code: &[f32]) -> String {
    let units = code.iter().take(2 * MOST_UNITS);
    units.map(|z| if *z >= 0.5 { '1' } else { '0' }).collect()
}
