//! Blocks to lines.

use ratatui::style::Modifier;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::blocks::Block;
use super::blocks::Inline;
use super::blocks::Item;
use crate::view::text::Glyphs;
use crate::view::text::TextStyle;
use crate::view::text::formula;
use crate::view::text::source_code;
use crate::view::text::wrap::Blanks;
use crate::view::text::wrap::Piece;
use crate::view::text::wrap::wrap;

/// Columns before a displayed formula and a code block.
const INDENT: usize = 2;
/// The narrowest column worth indenting.
const NARROW: usize = 12;

/// A column of text: how wide it is and how its text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    pub style: TextStyle,
    /// The look of running text.
    pub look: Style,
    pub width: usize,
}

impl Page {
    /// Blocks from top to bottom with an empty line between them.
    pub fn blocks(self, blocks: &[Block]) -> Vec<Line<'static>> {
        let mut lines: Vec<Line<'static>> = Vec::new();
        let mut last: Option<&Block> = None;
        for block in blocks {
            let more = self.block(block);
            let close = last.is_none_or(|last| belong(last, block));
            if !close && !more.is_empty() {
                lines.push(Line::default());
            }
            lines.extend(more);
            last = Some(block);
        }
        lines
    }

    fn block(self, block: &Block) -> Vec<Line<'static>> {
        match block {
            Block::Heading(level, inlines) => {
                let page = Self { look: self.style.heading, ..self };
                let mut pieces = page.pieces(inlines);
                if self.style.heading == Style::new() {
                    // Without styles, a heading still stands out.
                    let mark = "#".repeat(*level) + " ";
                    pieces.insert(0, page.piece(&mark, page.look));
                }
                wrap(&pieces, self.width)
            }
            Block::Paragraph(inlines) | Block::Text(inlines) => {
                self.paragraph(inlines)
            }
            Block::Quote(blocks) => self.quote(blocks),
            Block::List(start, items) => self.list(*start, items),
            Block::Code { language, text } => self.code(language, text),
            Block::Table(table) => self.table(table),
            Block::Math(tex) => self.math(tex),
            Block::Rule => {
                let dash = self.glyph("─", "-");
                let text = dash.repeat(self.width);
                vec![Line::from(Span::styled(text, self.style.dim))]
            }
        }
    }

    /// Text wrapped to the width.
    pub fn paragraph(self, inlines: &[Inline]) -> Vec<Line<'static>> {
        wrap(&self.pieces(inlines), self.width)
    }

    /// A character, or what stands for it where there is only ASCII.
    pub fn glyph(
        self,
        any: &'static str,
        ascii: &'static str,
    ) -> &'static str {
        match self.style.glyphs {
            Glyphs::Unicode | Glyphs::Plain => any,
            Glyphs::Ascii => ascii,
        }
    }

    /// The same column, narrower by so many columns but never gone.
    fn narrower(self, columns: usize) -> Self {
        let width = self.width.saturating_sub(columns).max(1);
        Self { width, ..self }
    }

    fn quote(self, blocks: &[Block]) -> Vec<Line<'static>> {
        let bar = self.glyph("│ ", "| ");
        let page = Self { look: self.style.quote, ..self.narrower(2) };
        let mut lines = page.blocks(blocks);
        for line in &mut lines {
            let bar = match line.width() {
                0 => bar.trim_end(),
                _ => bar,
            };
            line.spans.insert(0, Span::styled(bar, self.style.dim));
        }
        lines
    }

    fn list(
        self,
        start: Option<u64>,
        items: &[Item],
    ) -> Vec<Line<'static>> {
        let last = start.map(|n| n.saturating_add(items.len() as u64 - 1));
        let digits = last.map_or(0, |last| last.to_string().len());
        let loose = items
            .iter()
            .flat_map(|item| &item.blocks)
            .any(|block| matches!(block, Block::Paragraph(_)));
        let mut lines = Vec::new();
        for (number, item) in (0_u64..).zip(items) {
            let marker = match (start, item.task) {
                (_, Some(true)) => self.glyph("[x] ", "[x] ").to_owned(),
                (_, Some(false)) => "[ ] ".to_owned(),
                (Some(start), None) => {
                    let number = start.saturating_add(number);
                    format!("{number:>digits$}. ")
                }
                (None, None) => self.glyph("• ", "* ").to_owned(),
            };
            if loose && number > 0 {
                lines.push(Line::default());
            }
            lines.extend(self.item(&marker, &item.blocks));
        }
        lines
    }

    /// An item whose lines hang below its first word.
    fn item(self, marker: &str, blocks: &[Block]) -> Vec<Line<'static>> {
        let indent = marker.width();
        let mut lines = self.narrower(indent).blocks(blocks);
        if lines.is_empty() {
            lines.push(Line::default());
        }
        for (number, line) in lines.iter_mut().enumerate() {
            let lead = match number {
                0 => Span::styled(marker.to_owned(), self.style.dim),
                _ if line.spans.is_empty() => continue,
                _ => Span::raw(" ".repeat(indent)),
            };
            line.spans.insert(0, lead);
        }
        lines
    }

    fn code(self, language: &str, text: &str) -> Vec<Line<'static>> {
        let text = self.style.glyphs.spell(text);
        let lines = match language {
            "rust" | "rs" => {
                source_code::highlight(&text, &self.style.syntax)
            }
            _ => source_code::expand_tabs(&text)
                .lines()
                .map(|line| Line::styled(line.to_owned(), self.style.code))
                .collect(),
        };
        let indent = self.indent();
        let room = self.width.saturating_sub(indent).max(1);
        let broken = lines.into_iter().flat_map(|line| fold(line, room));
        broken.map(|line| indented(line, indent)).collect()
    }

    /// A formula in the middle, or what is wrong with it.
    fn math(self, tex: &str) -> Vec<Line<'static>> {
        let indent = self.indent();
        let room = self.width.saturating_sub(indent).max(1);
        let style = self.style.math;
        match formula::layout_within(tex, self.style.glyphs, room) {
            Ok(picture) => {
                let spare = room.saturating_sub(picture.width());
                // Long formulas start where the text does.
                let left = indent + (spare / 2).min(self.width / 4);
                let lines = picture.lines().into_iter();
                lines
                    .map(|line| indented(Line::styled(line, style), left))
                    .collect()
            }
            Err(error) => {
                let source = tex.split_whitespace().collect::<Vec<_>>();
                let mut pieces = vec![self.piece(&source.join(" "), style)];
                pieces.push(self.line_end());
                pieces.push(self.piece(&error.to_string(), self.look));
                wrap(&pieces, self.width)
            }
        }
    }

    /// How far formulas and code are indented.
    fn indent(self) -> usize {
        match self.width > NARROW {
            true => INDENT,
            false => 0,
        }
    }

    /// Text as pieces that can be wrapped.
    pub fn pieces(self, inlines: &[Inline]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for inline in inlines {
            self.push(inline, &mut pieces);
        }
        pieces
    }

    fn push(self, inline: &Inline, pieces: &mut Vec<Piece>) {
        let (style, inner) = match inline {
            Inline::Text(text) => {
                pieces.push(self.piece(text, self.look));
                return;
            }
            Inline::Code(text) => {
                let look = self.look.patch(self.style.code);
                pieces.push(self.held(self.quoted(text), look));
                return;
            }
            Inline::Math(tex) | Inline::Display(tex) => {
                let text = formula::one_line(tex, self.style.glyphs)
                    .unwrap_or_else(|_| format!("${tex}$"));
                let look = self.look.patch(self.style.math);
                pieces.push(self.held(text, look));
                return;
            }
            Inline::Break => {
                pieces.push(self.line_end());
                return;
            }
            Inline::Strong(inner) => (self.style.strong, inner),
            Inline::Emphasis(inner) => (self.style.emphasis, inner),
            Inline::Struck(inner) => {
                let crossed = Modifier::CROSSED_OUT;
                (self.style.dim.add_modifier(crossed), inner)
            }
        };
        let page = Self { look: self.look.patch(style), ..self };
        for inline in inner {
            page.push(inline, pieces);
        }
    }

    /// Code in a sentence. Where no style marks it, quotes do.
    fn quoted(self, text: &str) -> String {
        match self.style.code == Style::new() {
            true => format!("`{text}`"),
            false => text.to_owned(),
        }
    }

    fn piece(self, text: &str, style: Style) -> Piece {
        let text = self.style.glyphs.spell(text);
        Piece { text, style, blanks: Blanks::Break }
    }

    fn held(self, text: String, style: Style) -> Piece {
        Piece { blanks: Blanks::Hold, ..self.piece(&text, style) }
    }

    fn line_end(self) -> Piece {
        Piece { blanks: Blanks::EndLine, ..self.piece("", self.look) }
    }
}

/// Whether two blocks stand together without an empty line.
fn belong(above: &Block, below: &Block) -> bool {
    use Block::List;
    use Block::Text;
    matches!(
        (above, below),
        (Text(_), List(..)) | (List(..), Text(_)) | (Text(_), Text(_))
    )
}

/// A line pushed to the right.
fn indented(mut line: Line<'static>, columns: usize) -> Line<'static> {
    if columns > 0 && line.width() > 0 {
        line.spans.insert(0, Span::raw(" ".repeat(columns)));
    }
    // A style of the line as a whole would color the indent, too.
    let style = std::mem::take(&mut line.style);
    for span in &mut line.spans {
        if !span.content.trim().is_empty() {
            span.style = style.patch(span.style);
        }
    }
    line
}

/// A line of code broken wherever the width ends.
fn fold(line: Line<'static>, width: usize) -> Vec<Line<'static>> {
    if line.width() <= width {
        return vec![line];
    }
    let mut lines = Vec::new();
    let mut current = Line::default().style(line.style);
    let mut used = 0;
    for span in line.spans {
        for symbol in span.content.graphemes(true) {
            if used > 0 && used + symbol.width() > width {
                let next = Line::default().style(line.style);
                lines.push(std::mem::replace(&mut current, next));
                used = 0;
            }
            source_code::push(&mut current, symbol, span.style);
            used += symbol.width();
        }
    }
    lines.push(current);
    lines
}
