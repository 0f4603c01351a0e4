//! Points of a plane, in layers, with the same scale on both axes.

use crate::view::glyphs::Glyphs;
use crate::view::theme::Ink;
use crate::view::theme::Role;
use crate::view::theme::Theme;
use crate::view::widget::Pen;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

/// A point: to the right, upward, class.
pub type Point = (f64, f64, u8);

/// How points are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The numeral of the class, in its color.
    Numerals,
    /// Small dots in one color; the character where there is no braille.
    Dots(Ink, char),
}

/// Points drawn alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// The points.
    pub points: Vec<Point>,
    /// How they look.
    pub look: Look,
}

/// A line with a name at its end, or an arrowhead if it has no name.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrow {
    /// Its name.
    pub name: String,
    /// Where it begins.
    pub from: (f64, f64),
    /// Where it ends.
    pub to: (f64, f64),
}

/// A plane; later layers lie on top, arrows on top of them.
#[derive(Debug, Clone)]
pub struct Scatter<'a> {
    /// The points.
    pub layers: Vec<Layer>,
    /// A line through these places, as far as they are in sight; it does
    /// not make the plane larger.
    pub curve: Vec<(f64, f64)>,
    /// The arrows.
    pub arrows: Vec<Arrow>,
    /// Colors.
    pub theme: &'a Theme,
    /// Characters.
    pub glyphs: Glyphs,
}

impl Widget for Scatter<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let mut pen = Pen::new(buf, area, self.glyphs);
        let size = (pen.width(), pen.height());
        let Some(plane) = Plane::around(self.places(), size) else {
            return;
        };
        self.cross(&mut pen, &plane);
        for layer in &self.layers {
            for (x, y, class) in &layer.points {
                let Some(dot) = plane.dot(*x, *y) else { continue };
                self.point(&mut pen, dot, layer.look, *class);
            }
        }
        let style = self.theme.ink(Ink::Train);
        for pair in self.curve.windows(2) {
            self.segment(&mut pen, &plane, (pair[0], pair[1]), style);
        }
        for arrow in &self.arrows {
            self.arrow(&mut pen, &plane, arrow);
        }
    }
}

impl Scatter<'_> {
    /// Every place that must be seen.
    fn places(&self) -> impl Iterator<Item = (f64, f64)> {
        let points = self.layers.iter().flat_map(|layer| &layer.points);
        let ends = self.arrows.iter().flat_map(|a| [a.from, a.to]);
        points.map(|(x, y, _)| (*x, *y)).chain(ends)
    }

    /// The axes through the origin, where it is in sight.
    fn cross(&self, pen: &mut Pen<'_>, plane: &Plane) {
        let border = self.theme.style(Role::Border);
        let unicode = self.glyphs.unicode;
        let (flat, steep) =
            if unicode { ('╌', '┆') } else { ('-', '|') };
        let Some((x, y)) = plane.origin() else { return };
        for column in 0..pen.width() {
            if let Some(y) = y {
                pen.put(column, y / 4, flat, border);
            }
        }
        for row in 0..pen.height() {
            if let Some(x) = x {
                pen.put(x / 2, row, steep, border);
            }
        }
    }

    fn point(
        &self,
        pen: &mut Pen<'_>,
        (x, y): (u16, u16),
        look: Look,
        class: u8,
    ) {
        match look {
            Look::Numerals => {
                let numeral = char::from(b'0' + class % 10);
                let style = self.theme.class(class);
                pen.put(x / 2, y / 4, numeral, style);
            }
            Look::Dots(ink, sign) => {
                self.dot(pen, (x, y), sign, self.theme.ink(ink));
            }
        }
    }

    fn dot(
        &self,
        pen: &mut Pen<'_>,
        (x, y): (u16, u16),
        sign: char,
        style: Style,
    ) {
        const BITS: [[u32; 2]; 4] =
            [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
        let bit = BITS[usize::from(y % 4)][usize::from(x % 2)];
        let (x, y) = (x / 2, y / 4);
        if !self.glyphs.unicode {
            pen.put(x, y, sign, style);
            return;
        }
        let below = pen.character(x, y).map_or(0, u32::from);
        let below = below.checked_sub(0x2800).filter(|b| *b <= 0xff);
        let dots = 0x2800 + (below.unwrap_or(0) | bit);
        pen.put(x, y, char::from_u32(dots).unwrap_or(sign), style);
    }

    /// A straight line; what is out of sight is left out.
    fn segment(
        &self,
        pen: &mut Pen<'_>,
        plane: &Plane,
        (a, b): ((f64, f64), (f64, f64)),
        style: Style,
    ) {
        let long = (a.0 - b.0).abs().max((a.1 - b.1).abs()) * plane.scale;
        // A line longer than any screen is not worth more steps.
        let steps = long.ceil().clamp(1.0, 4000.0) as u16;
        for step in 0..=steps {
            let share = f64::from(step) / f64::from(steps);
            let at = |a: f64, b: f64| a + (b - a) * share;
            if let Some(dot) = plane.dot(at(a.0, b.0), at(a.1, b.1)) {
                self.dot(pen, dot, '*', style);
            }
        }
    }

    fn arrow(&self, pen: &mut Pen<'_>, plane: &Plane, arrow: &Arrow) {
        let (a, b) = (arrow.from, arrow.to);
        let style = self.theme.ink(Ink::Test);
        let Some((x, y)) = plane.dot(b.0, b.1) else { return };
        // Without fine dots many arrows are told by their heads alone.
        if self.glyphs.unicode || !arrow.name.is_empty() {
            self.segment(pen, plane, (a, b), style);
        }
        if arrow.name.is_empty() {
            let head = self.head((b.0 - a.0, b.1 - a.1));
            pen.put(x / 2, y / 4, head, style);
            return;
        }
        let long = pen.columns(&arrow.name);
        let right = (x / 2).saturating_add(2);
        let start = if right + long <= pen.width() {
            right
        } else {
            (x / 2).saturating_sub(long + 1)
        };
        pen.text(start, y / 4, &arrow.name, style);
    }
}

impl Scatter<'_> {
    /// The head of an arrow that points into a direction.
    fn head(&self, (x, y): (f64, f64)) -> char {
        const HEADS: [char; 8] = ['→', '↗', '↑', '↖', '←', '↙', '↓', '↘'];
        let eighth = (y.atan2(x) / std::f64::consts::FRAC_PI_4).round();
        let eighth = (eighth as i32).rem_euclid(8) as usize;
        match self.glyphs.unicode {
            true => HEADS[eighth],
            false => ['>', '/', '^', '\\', '<', '/', 'v', '\\'][eighth],
        }
    }
}

/// Which dot of the screen a place of the plane is.
struct Plane {
    middle: (f64, f64),
    /// Dots per unit; dots are square.
    scale: f64,
    dots: (u16, u16),
}

impl Plane {
    /// Just large enough for all places.
    fn around(
        places: impl Iterator<Item = (f64, f64)>,
        (width, height): (u16, u16),
    ) -> Option<Self> {
        let dots = (width.checked_mul(2)?, height.checked_mul(4)?);
        if dots.0 == 0 || dots.1 == 0 {
            return None;
        }
        let nothing = (f64::INFINITY, f64::NEG_INFINITY);
        let (mut x, mut y) = (nothing, nothing);
        for place in places {
            if place.0.is_finite() && place.1.is_finite() {
                x = (x.0.min(place.0), x.1.max(place.0));
                y = (y.0.min(place.1), y.1.max(place.1));
            }
        }
        if x.0 > x.1 {
            return None;
        }
        let (wide, high) = (x.1 - x.0, y.1 - y.0);
        let room = |dots: u16| f64::from(dots.saturating_sub(1));
        let scale = (room(dots.0) / wide).min(room(dots.1) / high);
        let scale =
            if scale.is_finite() && scale > 0.0 { scale } else { 1.0 };
        let middle = (x.0 / 2.0 + x.1 / 2.0, y.0 / 2.0 + y.1 / 2.0);
        Some(Self { middle, scale, dots })
    }

    fn dot(&self, x: f64, y: f64) -> Option<(u16, u16)> {
        let right = f64::from(self.dots.0 - 1) / 2.0;
        let down = f64::from(self.dots.1 - 1) / 2.0;
        let x = (right + (x - self.middle.0) * self.scale).round();
        let y = (down - (y - self.middle.1) * self.scale).round();
        let inside = |v: f64, dots: u16| {
            (v >= 0.0 && v < f64::from(dots)).then_some(v as u16)
        };
        Some((inside(x, self.dots.0)?, inside(y, self.dots.1)?))
    }

    /// The column and the row of dots of the origin, as far as in sight.
    fn origin(&self) -> Option<(Option<u16>, Option<u16>)> {
        let x = self.dot(0.0, self.middle.1).map(|(x, _)| x);
        let y = self.dot(self.middle.0, 0.0).map(|(_, y)| y);
        (x.is_some() || y.is_some()).then_some((x, y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::progress::ThemeName;
    use crate::view::theme::Depth;

    fn draw(points: &[Point], look: Look, size: (u16, u16)) -> Buffer {
        let theme = Theme::new(ThemeName::Mono, Depth::None);
        let layers = vec![Layer { points: points.to_vec(), look }];
        let arrow = Arrow {
            name: "axis 1".to_owned(),
            from: (0.0, 0.0),
            to: (1.0, 1.0),
        };
        let arrows = if points.len() > 5 { vec![arrow] } else { vec![] };
        let mut buf = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        let glyphs = Glyphs::UNICODE;
        let curve = points.iter().map(|(x, y, _)| (*x, *y)).collect();
        let curve = if points.len() > 5 { curve } else { Vec::new() };
        Scatter { layers, curve, arrows, theme: &theme, glyphs }
            .render(buf.area, &mut buf);
        buf
    }

    #[test]
    fn both_axes_have_one_scale() {
        let square =
            [(71., 71., 1), (71., 73., 2), (73., 71., 3), (73., 73., 4)];
        let buf = draw(&square, Look::Numerals, (20, 4));
        let row = |y| -> String {
            (0..20).map(|x| buf[(x, y)].symbol().to_owned()).collect()
        };
        // Four rows are 16 dots high: 16 dots are 8 columns wide.
        assert_eq!(row(0).trim(), "2      4");
        assert_eq!(row(3).trim(), "1      3");
    }

    #[test]
    fn dots_of_one_character_add_up() {
        let points = [(0.0, 0.0, 0), (1.0, 3.0, 0)];
        let buf = draw(&points, Look::Dots(Ink::Train, '.'), (1, 1));
        assert_eq!(buf[(0, 0)].symbol(), "\u{2848}");
    }

    #[test]
    fn wild_points_and_small_areas_are_harmless() {
        let mut wild = vec![
            (f64::NAN, 0.0, 3),
            (0.0, f64::INFINITY, 255),
            (1e300, -1e300, 9),
        ];
        for _ in 0..2 {
            for size in [(0, 0), (1, 1), (0, 5), (3, 1), (90, 30)] {
                draw(&wild, Look::Numerals, size);
                draw(&wild, Look::Dots(Ink::Test, 'o'), size);
            }
            wild.extend([(1.0, 1.0, 1); 4]);
        }
        draw(&[], Look::Numerals, (10, 10));
        draw(&[(2.0, 2.0, 7)], Look::Numerals, (10, 10));
    }
}
