//! Cells to read: prose, formulas, source, wrong ideas, the review sheet.

use crate::lesson::schema::Cell;
use crate::lesson::schema::Panel;
use crate::lesson::schema::SetupKind;
use crate::lesson::source;
use crate::view::cell::Scene;
use crate::view::panel;
use crate::view::panel::Ctx;
use crate::view::piece::Piece;
use crate::view::shown;
use crate::view::text::Glyphs;
use crate::view::text::TextStyle;
use crate::view::text::formula;
use crate::view::text::markdown;
use crate::view::text::source_code;
use crate::view::theme::Role;
use crate::view::theme::Syntax;
use ratatui::style::Modifier;
use ratatui::text::Line;
use ratatui::text::Span;

/// The styles of prose, from the theme.
pub fn text_style(ctx: &Ctx) -> TextStyle {
    let theme = ctx.theme;
    let role = |role| theme.style(role);
    TextStyle {
        glyphs: if ctx.glyphs.unicode {
            Glyphs::Unicode
        } else {
            Glyphs::Ascii
        },
        heading: role(Role::Title).add_modifier(Modifier::BOLD),
        strong: role(Role::Text).add_modifier(Modifier::BOLD),
        emphasis: role(Role::Text).add_modifier(Modifier::ITALIC),
        code: role(Role::Code),
        quote: role(Role::Dim),
        math: role(Role::Accent),
        dim: role(Role::Dim),
        syntax: crate::view::text::SyntaxStyle {
            keyword: theme.syntax(Syntax::Keyword),
            type_: theme.syntax(Syntax::Type),
            function: theme.syntax(Syntax::Function),
            string: theme.syntax(Syntax::String),
            number: theme.syntax(Syntax::Number),
            comment: theme.syntax(Syntax::Comment),
            macro_: theme.syntax(Syntax::Macro),
        },
    }
}

/// Markdown as lines of at most `width` columns.
pub fn markdown(source: &str, width: u16, ctx: &Ctx) -> Vec<Line<'static>> {
    let width = usize::from(width.max(1));
    markdown::render(source, width, &text_style(ctx))
}

/// One styled line, wrapped at words.
pub fn wrap(line: Line<'static>, width: u16) -> Vec<Line<'static>> {
    let width = usize::from(width.max(1));
    crate::view::text::wrap_line(line, width)
}

/// The pieces of a cell to read.
pub fn pieces(scene: &Scene, cell: &Cell, pieces: &mut Vec<Piece>) {
    match cell {
        Cell::Text(cell) => lines(scene.prose(&cell.text, 0), pieces),
        Cell::Formula(cell) => {
            formula_lines(scene, &cell.tex, pieces);
            lines(scene.prose(&cell.text, 0), pieces);
        }
        Cell::Code(cell) => {
            lines(scene.prose(&cell.text, 0), pieces);
            code_lines(scene, &cell.file, &cell.item, pieces);
        }
        Cell::Misconception(cell) => {
            let idea = format!("“{}”", cell.idea);
            let idea = scene.span(idea, Role::Warn);
            lines(wrap(Line::from(idea), scene.width), pieces);
            lines(scene.prose(&cell.truth, 0), pieces);
            if let Some((cell, _)) = &cell.shown_by {
                let text = format!(
                    "o opens the experiment {cell} that \
                    shows it"
                );
                let line = scene.span(text, Role::Dim);
                pieces.push(Piece::text(Line::from(line)));
            }
        }
        Cell::Review(cell) => {
            for (n, line) in (1..).zip(&cell.lines) {
                let source = format!("{n}. {line}");
                lines(scene.prose(&source, 0), pieces);
            }
            pieces.push(Piece::blank());
            lines(scene.prose(&cell.next, 0), pieces);
        }
        Cell::Setup(cell) => {
            lines(scene.prose(&cell.text, 0), pieces);
            setup(scene, cell.choose, pieces);
        }
        Cell::Predict(_)
        | Cell::Model(_)
        | Cell::Quiz(_)
        | Cell::Exercise(_) => {}
    }
}

/// Lines as pieces.
pub fn lines(lines: Vec<Line<'static>>, pieces: &mut Vec<Piece>) {
    pieces.extend(lines.into_iter().map(Piece::text));
}

fn formula_lines(scene: &Scene, tex: &str, pieces: &mut Vec<Piece>) {
    let style = text_style(scene.ctx);
    let width = usize::from(scene.width.saturating_sub(4));
    let drawn = formula::layout_within(tex, style.glyphs, width);
    let rows = match drawn {
        Ok(drawn) => drawn.lines(),
        Err(_) => vec![tex.to_owned()],
    };
    pieces.push(Piece::blank());
    for row in rows {
        let row = Span::styled(format!("    {row}"), style.math);
        pieces.push(Piece::text(Line::from(row)));
    }
    pieces.push(Piece::blank());
}

fn code_lines(
    scene: &Scene,
    file: &str,
    item: &str,
    pieces: &mut Vec<Piece>,
) {
    let title = format!("src/nn/{file} · {item}");
    pieces.push(Piece::text(Line::from(scene.span(title, Role::Dim))));
    let Some(source) = source::find(file, item) else {
        let text = "This item is not in the source of this version.";
        let line = Line::from(scene.span(text, Role::Bad));
        pieces.push(Piece::text(line));
        return;
    };
    let style = text_style(scene.ctx);
    let bar = if scene.ctx.glyphs.unicode { "│ " } else { "| " };
    let width = usize::from(scene.width.saturating_sub(2));
    let source = scene.ctx.glyphs.text(&source);
    for line in source_code::highlight(&source, &style.syntax) {
        for mut line in fold(line, width) {
            line.spans.insert(0, scene.span(bar, Role::Border));
            pieces.push(Piece::text(line));
        }
    }
}

/// A line of source in as many rows as it takes; the rows after the first
/// are set in further than the line.
fn fold(line: Line<'static>, width: usize) -> Vec<Line<'static>> {
    if line.width() <= width {
        return vec![line];
    }
    let text: String = line.spans.iter().map(|s| &*s.content).collect();
    let indent = text.len() - text.trim_start().len() + 4;
    let (width, indent) = (width.max(1), indent.min(width / 2));
    let mut rows = Vec::new();
    let mut row = Line::default();
    let mut room = width;
    for span in line.spans {
        let mut rest = span.content.into_owned();
        while !rest.is_empty() {
            let long = rest.chars().count() > room;
            if room == 0 || long && row.spans.len() > 1 {
                rows.push(std::mem::take(&mut row));
                row.spans.push(Span::raw(" ".repeat(indent)));
                room = width - indent;
            }
            let taken = start(&rest, room);
            let count = taken.chars().count();
            rest = rest[taken.len()..].to_owned();
            room = if rest.is_empty() { room - count } else { 0 };
            row.spans.push(Span::styled(taken, span.style));
        }
    }
    rows.push(row);
    rows
}

/// The beginning of a text, at most so many characters of it; of a longer
/// text, up to a space if there is one between words.
fn start(text: &str, room: usize) -> String {
    let most: String = text.chars().take(room).collect();
    if most.len() == text.len() {
        return most;
    }
    let space = most.rfind(' ');
    let space = space.filter(|at| !most[..*at].trim().is_empty());
    space.map_or(most.clone(), |at| most[..=at].to_owned())
}

fn setup(scene: &Scene, kind: SetupKind, pieces: &mut Vec<Piece>) {
    let look = &scene.app.look;
    match kind {
        SetupKind::Pictures => {
            // No run belongs to this cell: the card has a digit of its own.
            let none = shown::empty();
            let panel = Panel::RenderCard;
            let height = panel::height(panel, scene.width, &none);
            pieces.push(Piece::Panel(panel, usize::MAX, height));
        }
        SetupKind::Language => {
            let languages = [("en", "English"), ("pt-BR", "português")];
            for (n, (code, name)) in (1..).zip(languages) {
                let line = choice(scene, n, name, look.language == code);
                pieces.push(Piece::text(line));
            }
        }
        SetupKind::Theme => {
            use crate::app::progress::ThemeName;
            let themes = [
                (ThemeName::Terminal, "the terminal's own colors"),
                (ThemeName::Dark, "dark"),
                (ThemeName::Light, "light"),
                (ThemeName::HighContrast, "high contrast"),
                (ThemeName::Mono, "no colors"),
            ];
            for (n, (theme, name)) in (1..).zip(themes) {
                let line = choice(scene, n, name, look.theme == theme);
                pieces.push(Piece::text(line));
            }
        }
    }
}

fn choice(scene: &Scene, n: u8, name: &str, on: bool) -> Line<'static> {
    let mark = if on { "●" } else { "○" };
    Line::from(vec![
        scene.span(format!("  {n} "), Role::Key),
        scene.span(format!("{mark} "), Role::Dim),
        scene.span(name, if on { Role::Accent } else { Role::Text }),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(rows: &[Line]) -> Vec<String> {
        let text = |row: &Line| {
            row.spans.iter().map(|span| &*span.content).collect()
        };
        rows.iter().map(text).collect()
    }

    #[test]
    fn a_folded_line_of_source_keeps_every_character() {
        let source = "    let length = row.iter().sum(1, 22)";
        for width in 0..=source.len() + 1 {
            let one = fold(Line::from(source), width);
            let spans = source.split_inclusive('.').map(Span::raw);
            let many = fold(spans.collect::<Vec<_>>().into(), width);
            for rows in [texts(&one), texts(&many)] {
                let joined: String = rows.concat();
                let dense = |text: &str| text.replace(' ', "");
                assert_eq!(dense(&joined), dense(source), "{width}");
                let wide = rows.iter().map(|row| row.len()).max();
                assert!(wide <= Some(width.max(1)), "{width} {rows:?}");
            }
        }
        let rows = texts(&fold(Line::from(source), 35));
        assert_eq!(rows[1], "        22)");
    }
}
