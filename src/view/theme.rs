//! Colors and emphasis by role: the only place where the view picks one.
//!
//! A theme never carries a meaning alone: whoever uses a role also writes
//! a word, a mark or another shape. The theme `Terminal` uses nothing but
//! the sixteen colors the user has chosen; the others bring their own
//! background, so that their contrast is known and tested.

use crate::app::progress::ThemeName;
use crate::view::palette;
use crate::view::palette::Rgb;
use ratatui::style::Color;
use ratatui::style::Modifier;
use ratatui::style::Style;

/// How many colors the terminal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None at all.
    None,
    /// Sixteen, and nobody knows which.
    Ansi16,
    /// 256: the cube and the greys are known.
    Ansi256,
    /// Every color.
    True,
}

/// What a piece of the screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Prose and numbers.
    Text,
    /// What may be overlooked: units, captions, hints.
    Dim,
    /// Headings.
    Title,
    /// What is active or new.
    Accent,
    /// The name of a key.
    Key,
    /// Right, met; comes with a check mark.
    Good,
    /// Wrong, failed; comes with a cross.
    Bad,
    /// Look here.
    Warn,
    /// The line under the cursor; comes with a `>`.
    Selected,
    /// Lines around things.
    Border,
    /// Code within a sentence.
    Code,
}

/// What a piece of Rust is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// `fn`, `let`, ...
    Keyword,
    /// Types, traits, lifetimes.
    Type,
    /// A name defined or called as a function.
    Function,
    /// Strings and characters.
    String,
    /// Numbers.
    Number,
    /// Comments.
    Comment,
    /// Macros and attributes.
    Macro,
}

/// What a line in a plot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Loss on the training set; drawn solid.
    Train,
    /// Loss on the test set; drawn dashed.
    Test,
    /// Loss on single batches, from lowest to highest; drawn as a veil.
    Batch,
    /// A line that gives the numbers a meaning; drawn dotted.
    Baseline,
    /// Another run, to compare with.
    Other,
    /// A knob turned on the way.
    Mark,
}

/// Styles by role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    name: ThemeName,
    depth: Depth,
    coarse: bool,
}

impl Theme {
    /// The theme of this name on a terminal with so many colors. What a
    /// terminal cannot show falls back: own colors to the terminal's
    /// sixteen, those to bold, underline and reverse.
    pub fn new(name: ThemeName, depth: Depth) -> Self {
        let name = match depth {
            Depth::None => ThemeName::Mono,
            Depth::Ansi16 if name != ThemeName::Mono => ThemeName::Terminal,
            _ => name,
        };
        Self { name, depth, coarse: false }
    }

    /// The same with 13 greys for images instead of all: while a model
    /// trains, far fewer cells change from frame to frame, which a slow
    /// line needs more than it needs the other greys.
    pub fn with_few_greys(self) -> Self {
        Self { coarse: true, ..self }
    }

    /// The brightness to draw for a brightness.
    pub fn brightness(&self, value: u8) -> u8 {
        if !self.coarse {
            return value;
        }
        let level = (u16::from(value) * 12 + 127) / 255;
        u8::try_from(level * 255 / 12).unwrap_or(u8::MAX)
    }

    /// The theme in use, after what the terminal cannot show.
    pub fn name(&self) -> ThemeName {
        self.name
    }

    /// How many colors pictures may use.
    pub fn depth(&self) -> Depth {
        self.depth
    }

    /// Whether there is any color at all.
    pub fn has_color(&self) -> bool {
        self.name != ThemeName::Mono
    }

    /// What the empty screen looks like.
    pub fn base(&self) -> Style {
        match palette::of(self.name) {
            Some(own) => Style::new()
                .fg(self.paint(own.roles[0]))
                .bg(self.paint(own.background)),
            None => Style::new(),
        }
    }

    /// How a role looks.
    pub fn style(&self, role: Role) -> Style {
        let style = match palette::of(self.name) {
            Some(own) => {
                Style::new().fg(self.paint(own.roles[role as usize]))
            }
            None if self.has_color() => sixteen(role),
            None => mono(role),
        };
        match (role, palette::of(self.name)) {
            (Role::Title | Role::Key, _) => {
                style.add_modifier(Modifier::BOLD)
            }
            (Role::Selected, Some(own)) => style
                .bg(self.paint(own.selection))
                .add_modifier(Modifier::BOLD),
            _ => style,
        }
    }

    /// How a piece of Rust looks.
    pub fn syntax(&self, piece: Syntax) -> Style {
        if let Some(own) = palette::of(self.name) {
            return Style::new().fg(self.paint(own.syntax[piece as usize]));
        }
        if !self.has_color() {
            return match piece {
                Syntax::Keyword => {
                    Style::new().add_modifier(Modifier::BOLD)
                }
                Syntax::Comment => Style::new().add_modifier(Modifier::DIM),
                _ => Style::new(),
            };
        }
        match piece {
            Syntax::Keyword => Style::new().fg(Color::Magenta),
            Syntax::Type => Style::new().fg(Color::Cyan),
            Syntax::Function => Style::new().fg(Color::Blue),
            Syntax::String => Style::new().fg(Color::Green),
            Syntax::Number => Style::new().fg(Color::Red),
            Syntax::Comment => Style::new().add_modifier(Modifier::DIM),
            Syntax::Macro => Style::new().fg(Color::Magenta),
        }
    }

    /// How a line in a plot looks.
    pub fn ink(&self, ink: Ink) -> Style {
        if let Some(own) = palette::of(self.name) {
            return Style::new().fg(self.paint(own.inks[ink as usize]));
        }
        if !self.has_color() {
            return match ink {
                Ink::Test => Style::new().add_modifier(Modifier::BOLD),
                _ => Style::new(),
            };
        }
        match ink {
            Ink::Train => Style::new().fg(Color::Cyan),
            Ink::Test => Style::new().fg(Color::Magenta),
            Ink::Batch => Style::new().add_modifier(Modifier::DIM),
            Ink::Baseline => Style::new(),
            Ink::Other => Style::new().fg(Color::Green),
            Ink::Mark => Style::new().fg(Color::Red),
        }
    }

    /// How a class looks: one of eight colors (Okabe and Ito, 2008, as far
    /// as the background allows). The class is always written, too.
    pub fn class(&self, label: u8) -> Style {
        let index = usize::from(label % 8);
        match palette::of(self.name) {
            Some(own) => Style::new().fg(self.paint(own.classes[index])),
            None if self.has_color() => {
                Style::new().fg(CLASSES_OF_SIXTEEN[index])
            }
            None => Style::new(),
        }
    }

    /// A color of a picture, as close as the terminal comes to it.
    pub fn paint(&self, rgb: Rgb) -> Color {
        match self.depth {
            Depth::True => Color::Rgb(rgb[0], rgb[1], rgb[2]),
            Depth::Ansi256 => Color::Indexed(palette::nearest_of_256(rgb)),
            Depth::Ansi16 => palette::nearest_of_16(rgb),
            Depth::None => Color::Reset,
        }
    }
}

/// Yellow and the two greys are left out: on some backgrounds they cannot
/// be read.
const CLASSES_OF_SIXTEEN: [Color; 8] = [
    Color::Reset,
    Color::Red,
    Color::Green,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::LightRed,
    Color::LightBlue,
];

fn sixteen(role: Role) -> Style {
    match role {
        Role::Text | Role::Title => Style::new(),
        Role::Dim | Role::Border => {
            Style::new().add_modifier(Modifier::DIM)
        }
        Role::Accent | Role::Key | Role::Code => {
            Style::new().fg(Color::Cyan)
        }
        Role::Good => Style::new().fg(Color::Green),
        Role::Bad => Style::new().fg(Color::Red),
        Role::Warn => Style::new().fg(Color::Magenta),
        Role::Selected => Style::new().add_modifier(Modifier::REVERSED),
    }
}

fn mono(role: Role) -> Style {
    let modifier = match role {
        Role::Accent | Role::Good | Role::Bad => Modifier::BOLD,
        Role::Warn => Modifier::BOLD.union(Modifier::UNDERLINED),
        Role::Code => Modifier::UNDERLINED,
        Role::Selected => Modifier::REVERSED,
        _ => Modifier::empty(),
    };
    Style::new().add_modifier(modifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mono_and_no_colors_use_modifiers_only() {
        for theme in [
            Theme::new(ThemeName::Mono, Depth::True),
            Theme::new(ThemeName::Dark, Depth::None),
        ] {
            for role in [Role::Text, Role::Selected, Role::Good, Role::Key]
            {
                let style = theme.style(role);
                assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
            }
            assert_eq!(theme.class(3).fg, None);
            assert_eq!(theme.ink(Ink::Test).fg, None);
            assert_eq!(theme.base(), Style::new());
        }
    }

    #[test]
    fn the_terminal_theme_uses_sixteen_colors_only() {
        let theme = Theme::new(ThemeName::Terminal, Depth::True);
        let own = |color: Option<Color>| {
            !matches!(color, Some(Color::Rgb(..) | Color::Indexed(_)))
        };
        for label in 0..10 {
            assert!(own(theme.class(label).fg));
        }
        for role in [Role::Text, Role::Dim, Role::Selected, Role::Warn] {
            assert!(own(theme.style(role).fg) && own(theme.style(role).bg));
        }
        assert_eq!(theme.base(), Style::new());
    }

    #[test]
    fn own_colors_fall_back_to_the_terminals_sixteen() {
        let theme = Theme::new(ThemeName::Light, Depth::Ansi16);
        assert_eq!(theme.name(), ThemeName::Terminal);
    }

    #[test]
    fn no_theme_paints_rgb_where_256_are_all_there_is() {
        let theme = Theme::new(ThemeName::Dark, Depth::Ansi256);
        assert!(matches!(
            theme.style(Role::Bad).fg,
            Some(Color::Indexed(_))
        ));
        assert!(matches!(theme.base().bg, Some(Color::Indexed(_))));
    }
}
