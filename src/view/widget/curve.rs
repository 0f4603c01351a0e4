//! Lines over a common axis: loss curves and the like.
//!
//! Lines are told apart by their pattern and by a label at their end; the
//! color only helps.

use crate::view::glyphs;
use crate::view::glyphs::Glyph;
use crate::view::glyphs::Glyphs;
use crate::view::theme::Ink;
use crate::view::theme::Role;
use crate::view::theme::Theme;
use crate::view::widget::Pen;
use crate::view::widget::axis::Axis;
use crate::view::widget::braille;
use crate::view::widget::strokes::Strokes;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// Without a gap.
    Solid,
    /// Long dashes.
    Dashed,
    /// Single dots.
    Dotted,
    /// Single points, not connected, on top of everything.
    Points,
    /// Every pair of points is the lowest and the highest of a column.
    Veil,
}

/// One line of a plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its label, with its number; nothing is written if it is empty.
    pub label: String,
    /// Points from left to right; what is no number breaks the line.
    pub points: Vec<(f64, f64)>,
    /// How it is drawn.
    pub pattern: Pattern,
    /// Its color.
    pub ink: Ink,
}

impl Line {
    /// A line at one height, over all of the axis.
    pub fn level(label: String, value: f64, x: Axis) -> Self {
        Self {
            label,
            points: vec![(x.from(), value), (x.to(), value)],
            pattern: Pattern::Dotted,
            ink: Ink::Baseline,
        }
    }
}

/// A plot. Later lines lie on top.
#[derive(Debug, Clone)]
pub struct Curve<'a> {
    /// The lines.
    pub lines: Vec<Line>,
    /// Places on the horizontal axis to mark.
    pub marks: Vec<f64>,
    /// The horizontal axis and its unit.
    pub x: (Axis, &'a str),
    /// The vertical axis and its unit.
    pub y: (Axis, &'a str),
    /// Colors.
    pub theme: &'a Theme,
    /// Characters.
    pub glyphs: Glyphs,
}

impl Widget for Curve<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let mut pen = Pen::new(buf, area, self.glyphs);
        let Some(frame) = Frame::new(&self, pen.width(), pen.height())
        else {
            self.words(&mut pen);
            return;
        };
        self.axes(&mut pen, &frame);
        self.strokes(&mut pen, &frame);
        if frame.gutter > 0 {
            self.labels_beside(&mut pen, &frame);
        } else {
            self.labels_above(&mut pen);
        }
    }
}

/// Where the parts of a plot lie.
struct Frame {
    /// The leftmost column of the lines.
    left: u16,
    /// Columns of the lines.
    width: u16,
    /// Rows above the lines: labels, unit.
    top: u16,
    /// Rows of the lines.
    height: u16,
    /// Columns for labels at the right; 0: they are above.
    gutter: u16,
}

impl Frame {
    /// `None` if there is no room for a plot.
    fn new(curve: &Curve<'_>, width: u16, height: u16) -> Option<Self> {
        let (axis, _) = curve.y;
        let labels = axis.ticks(usize::from(height / 2));
        let widest = labels.iter().map(|(_, l)| l.len()).max().unwrap_or(0);
        let left = u16::try_from(widest).ok()? + 2;
        let longest = curve
            .lines
            .iter()
            .map(|line| crate::view::widget::columns(&line.label))
            .max()
            .unwrap_or(0);
        let gutter = if longest > 0 { longest + 5 } else { 0 };
        let room = width.checked_sub(left)?;
        let gutter = if room < gutter + 34 { 0 } else { gutter };
        let width = (room - gutter).min(braille::COLUMNS.1);
        let top = if gutter == 0 && height >= 10 { 2 } else { 1 };
        let height = height.checked_sub(top + 2)?.min(braille::ROWS.1);
        let room = width >= braille::COLUMNS.0 && height >= braille::ROWS.0;
        room.then_some(Self { left, width, top, height, gutter })
    }

    /// The row of a height, 0 to 1.
    fn row(&self, share: f64) -> u16 {
        let rows = f64::from(self.height - 1);
        self.top + (rows * (1.0 - share.clamp(0.0, 1.0))).round() as u16
    }

    /// The column of a place, 0 to 1.
    fn column(&self, share: f64) -> u16 {
        let columns = f64::from(self.width - 1);
        self.left + (columns * share.clamp(0.0, 1.0)).round() as u16
    }
}

impl Curve<'_> {
    /// What is left of a plot without room: its labels.
    fn words(&self, pen: &mut Pen<'_>) {
        let lines = self.lines.iter().filter(|l| !l.label.is_empty());
        for (row, line) in (0..pen.height()).zip(lines.rev()) {
            pen.text(0, row, &line.label, self.theme.style(Role::Text));
        }
    }

    fn axes(&self, pen: &mut Pen<'_>, frame: &Frame) {
        let border = self.theme.style(Role::Border);
        let dim = self.theme.style(Role::Dim);
        let get = |glyph: Glyph| {
            self.glyphs.get(glyph).chars().next().unwrap_or(' ')
        };
        let (edge, bottom) = (frame.left - 1, frame.top + frame.height);
        for row in frame.top..bottom {
            pen.put(edge, row, get(glyphs::VERTICAL), border);
        }
        for (value, label) in self.y.0.ticks(usize::from(frame.height / 2))
        {
            let row = frame.row(self.y.0.share(value).unwrap_or(0.0));
            pen.put(edge, row, get(glyphs::TICK_LEFT), border);
            pen.right(edge, row, &label, dim);
        }
        pen.put(edge, bottom, get(glyphs::BOTTOM_LEFT), border);
        pen.rule((edge + 1, frame.left + frame.width), bottom, border);
        self.axis_below(pen, frame);
        let how = if self.y.0.is_log() { ", log scale" } else { "" };
        let unit = format!("{}{how}", self.y.1);
        if frame.gutter > 0 || frame.top > 1 {
            pen.text(edge, frame.top - 1, &unit, dim);
        }
    }

    fn axis_below(&self, pen: &mut Pen<'_>, frame: &Frame) {
        let border = self.theme.style(Role::Border);
        let dim = self.theme.style(Role::Dim);
        let (axis, unit) = self.x;
        let bottom = frame.top + frame.height;
        let end = frame.left + frame.width;
        let unit_at = end.saturating_sub(pen.columns(unit));
        let tick = self.glyphs.get(glyphs::TICK_DOWN).chars().next();
        let mut free = 0;
        for (value, label) in axis.ticks(usize::from(frame.width / 9)) {
            let column = frame.column(axis.share(value).unwrap_or(0.0));
            pen.put(column, bottom, tick.unwrap_or('+'), border);
            let long = pen.columns(&label);
            let start = column.saturating_sub(long / 2);
            if start >= free && start + long < unit_at {
                free = pen.text(start, bottom + 1, &label, dim) + 1;
            }
        }
        pen.text(unit_at.max(free), bottom + 1, unit, dim);
        let mark = self.glyphs.get(glyphs::MARK).chars().next();
        for place in &self.marks {
            let Some(share) = axis.share(*place) else { continue };
            let column = frame.column(share);
            let style = self.theme.ink(Ink::Mark);
            pen.put(column, bottom, mark.unwrap_or('^'), style);
        }
    }

    fn strokes(&self, pen: &mut Pen<'_>, frame: &Frame) {
        let mut strokes = Strokes::new(frame.width, frame.height);
        let axes = (self.x.0, self.y.0);
        for line in &self.lines {
            if line.pattern != Pattern::Points {
                strokes.add(line, axes);
            }
        }
        let corner = (frame.left, frame.top);
        strokes.paint(pen, corner, self.theme, self.glyphs);
        for line in &self.lines {
            if line.pattern == Pattern::Points {
                self.points(pen, frame, line);
            }
        }
    }

    fn points(&self, pen: &mut Pen<'_>, frame: &Frame, line: &Line) {
        let style = self.theme.ink(line.ink);
        let sign = self.glyphs.get(glyphs::POINT);
        for (x, y) in &line.points {
            let place = (self.x.0.share(*x), self.y.0.share(*y));
            if let (Some(x), Some(y)) = place {
                pen.text(frame.column(x), frame.row(y), sign, style);
            }
        }
    }

    /// Labels in a column at the right, each near the end of its line.
    fn labels_beside(&self, pen: &mut Pen<'_>, frame: &Frame) {
        let named: Vec<&Line> =
            self.lines.iter().filter(|l| !l.label.is_empty()).collect();
        let mut wanted: Vec<(u16, usize)> = named
            .iter()
            .enumerate()
            .filter_map(|(i, line)| {
                let (_, last) =
                    line.points.iter().rfind(|(_, y)| y.is_finite())?;
                Some((frame.row(self.y.0.share(*last)?), i))
            })
            .collect();
        wanted.sort_by_key(|(row, i)| (*row, usize::MAX - i));
        let column = frame.left + frame.width + 1;
        let rows = spread(&wanted, (frame.top, frame.height));
        for (row, (_, i)) in rows.into_iter().zip(wanted) {
            self.label(pen, (column, row), named[i]);
        }
    }

    /// Labels in the first row, for narrow plots.
    fn labels_above(&self, pen: &mut Pen<'_>) {
        let mut x = 0;
        for line in self.lines.iter().rev().filter(|l| !l.label.is_empty())
        {
            if x + 3 + pen.columns(&line.label) > pen.width() {
                break;
            }
            x = self.label(pen, (x, 0), line) + 2;
        }
    }

    fn label(
        &self,
        pen: &mut Pen<'_>,
        (x, y): (u16, u16),
        line: &Line,
    ) -> u16 {
        let sample = match line.pattern {
            Pattern::Solid => glyphs::SOLID,
            Pattern::Dashed => glyphs::DASHED,
            Pattern::Dotted => glyphs::DOTTED,
            Pattern::Points => glyphs::POINT,
            Pattern::Veil => glyphs::VEIL,
        };
        let style = self.theme.ink(line.ink);
        let x = pen.text(x, y, self.glyphs.get(sample), style);
        pen.text(x + 1, y, &line.label, self.theme.style(Role::Text))
    }
}

/// Rows for labels in the order of `wanted`, no two on the same one.
fn spread(wanted: &[(u16, usize)], (top, height): (u16, u16)) -> Vec<u16> {
    let mut rows: Vec<u16> = wanted.iter().map(|(row, _)| *row).collect();
    let mut free = top;
    for row in &mut rows {
        *row = (*row).max(free);
        free = *row + 1;
    }
    let mut last = top + height;
    for row in rows.iter_mut().rev() {
        *row = (*row).min(last.saturating_sub(1));
        last = *row;
    }
    rows
}
