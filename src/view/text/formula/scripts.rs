//! Raised and lowered parts: beside their base or stacked on it.

use super::draw::Brush;
use super::draw::Drawn;
use super::draw::checked;
use super::math_box::Align;
use super::math_box::MathBox;
use super::spacing::Size;
use super::symbols;
use super::tree::Node;
use super::tree::Place;

/// Subscript and superscript.
pub(super) type Scripts<'a> = (Option<&'a Node>, Option<&'a Node>);

impl Brush {
    /// A base with its scripts.
    pub(super) fn script(
        self,
        base: &Node,
        scripts: Scripts<'_>,
        place: Place,
    ) -> Drawn {
        let stacked = match place {
            Place::Side => false,
            Place::Stacked => true,
            Place::Limits => self.size == Size::Display,
        };
        let core = self.draw(base)?;
        match stacked {
            true => self.limits(core, scripts),
            false => self.beside(core, scripts),
        }
    }

    /// Above and below.
    fn limits(self, core: MathBox, (sub, sup): Scripts<'_>) -> Drawn {
        let mut parts = Vec::new();
        if let Some(sup) = sup {
            parts.push(self.tiny().draw(sup)?);
        }
        let base = parts.len();
        parts.push(core);
        if let Some(sub) = sub {
            parts.push(self.tiny().draw(sub)?);
        }
        checked(MathBox::stack(parts, base, Align::Center))
    }

    /// To the right: in small letters where there are such letters, else in
    /// rows of their own above and below.
    fn beside(self, core: MathBox, (sub, sup): Scripts<'_>) -> Drawn {
        let low = sub.map(|node| symbols::lowered(node, self.glyphs));
        let high = sup.map(|node| symbols::raised(node, self.glyphs));
        if core.height() == 1 && low != Some(None) && high != Some(None) {
            let low = low.flatten().unwrap_or_default();
            let high = high.flatten().unwrap_or_default();
            return Ok(core.beside(MathBox::text(&(low + &high))));
        }
        let mut column = Column::along(&core);
        match (high.flatten(), sup) {
            (Some(small), _) => column.put(&small, 0),
            (None, Some(sup)) => column.top = Some(self.tiny().draw(sup)?),
            (None, None) => {}
        }
        match (low.flatten(), sub) {
            (Some(small), _) => column.put(&small, core.height() - 1),
            (None, Some(sub)) => {
                column.bottom = Some(self.tiny().draw(sub)?);
            }
            (None, None) => {}
        }
        checked(core.beside(column.stacked()))
    }
}

/// What stands to the right of a base, from top to bottom.
struct Column {
    top: Option<MathBox>,
    /// Beside the base itself.
    middle: MathBox,
    bottom: Option<MathBox>,
}

impl Column {
    /// An empty column along a base.
    fn along(core: &MathBox) -> Self {
        let middle = MathBox::blank(0, core.base, core.below());
        Self { top: None, middle, bottom: None }
    }

    /// Writes small letters beside a row of the base.
    fn put(&mut self, small: &str, row: usize) {
        let text = MathBox::text(small);
        let width = self.middle.width().max(text.width());
        let middle = std::mem::take(&mut self.middle);
        self.middle = middle.widened(width, Align::Left);
        let text = text.widened(width, Align::Left);
        let rows = self.middle.rows.iter_mut().skip(row).zip(text.rows);
        for (old, new) in rows {
            *old = new;
        }
    }

    fn stacked(self) -> MathBox {
        let base = usize::from(self.top.is_some());
        let mut parts: Vec<MathBox> = self.top.into_iter().collect();
        parts.push(self.middle);
        parts.extend(self.bottom);
        MathBox::stack(parts, base, Align::Left)
    }
}
