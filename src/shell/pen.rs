//! The terminal's pen: colors and attributes, and the shortest escape
//! sequence from one to the next.

use ratatui::style::Color;
use ratatui::style::Modifier;

/// What the next character will look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pen {
    /// Of the strokes.
    pub fg: Color,
    /// Behind them.
    pub bg: Color,
    /// Bold, underlined, ...
    pub modifier: Modifier,
}

/// As the terminal begins.
pub const PLAIN: Pen =
    Pen { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

#[derive(Debug, Clone, Copy)]
enum Ground {
    Fore = 30,
    Back = 40,
}

/// The escape sequence that turns one pen into another.
pub fn change(mut from: Pen, to: Pen) -> String {
    let mut codes: Vec<String> = Vec::new();
    if from.modifier != to.modifier {
        // There is no short way to switch single attributes off that all
        // terminals agree on: start from a clean pen.
        if !to.modifier.contains(from.modifier) {
            codes.push("0".to_owned());
            from = PLAIN;
        }
        let added = to.modifier - from.modifier;
        codes.extend(modifiers(added).map(str::to_owned));
    }
    if from.fg != to.fg {
        codes.push(color(to.fg, Ground::Fore));
    }
    if from.bg != to.bg {
        codes.push(color(to.bg, Ground::Back));
    }
    format!("\x1b[{}m", codes.join(";"))
}

fn color(color: Color, ground: Ground) -> String {
    let base = ground as u8;
    match color {
        Color::Reset => (base + 9).to_string(),
        Color::Black => base.to_string(),
        Color::Red => (base + 1).to_string(),
        Color::Green => (base + 2).to_string(),
        Color::Yellow => (base + 3).to_string(),
        Color::Blue => (base + 4).to_string(),
        Color::Magenta => (base + 5).to_string(),
        Color::Cyan => (base + 6).to_string(),
        Color::Gray => (base + 7).to_string(),
        Color::DarkGray => (base + 60).to_string(),
        Color::LightRed => (base + 61).to_string(),
        Color::LightGreen => (base + 62).to_string(),
        Color::LightYellow => (base + 63).to_string(),
        Color::LightBlue => (base + 64).to_string(),
        Color::LightMagenta => (base + 65).to_string(),
        Color::LightCyan => (base + 66).to_string(),
        Color::White => (base + 67).to_string(),
        Color::Indexed(i) => format!("{};5;{i}", base + 8),
        Color::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", base + 8),
    }
}

fn modifiers(on: Modifier) -> impl Iterator<Item = &'static str> {
    [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
        (Modifier::CROSSED_OUT, "9"),
    ]
    .into_iter()
    .filter(move |(modifier, _)| on.contains(*modifier))
    .map(|(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_sent() {
        let red = Pen { fg: Color::Red, ..PLAIN };
        let bold = Pen { modifier: Modifier::BOLD, ..red };
        assert_eq!(change(PLAIN, red), "\x1b[31m");
        assert_eq!(change(red, bold), "\x1b[1m");
        assert_eq!(change(bold, red), "\x1b[0;31m");
        let grey = Pen { bg: Color::Indexed(240), ..red };
        assert_eq!(change(red, grey), "\x1b[48;5;240m");
    }
}
