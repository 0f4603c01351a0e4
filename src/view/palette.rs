//! The colors of the themes that bring their own, and the arithmetic of
//! colors: nearest neighbors and contrast.

use crate::app::progress::ThemeName;
use ratatui::style::Color;

/// Red, green, blue.
pub type Rgb = [u8; 3];

/// The colors of a theme, in the order of the enums in `theme.rs`.
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    /// Behind everything.
    pub background: Rgb,
    /// Behind the selected line.
    pub selection: Rgb,
    /// By `Role`.
    pub roles: [Rgb; 11],
    /// By `Syntax`.
    pub syntax: [Rgb; 7],
    /// By `Ink`.
    pub inks: [Rgb; 6],
    /// By class, from 0.
    pub classes: [Rgb; 8],
}

/// The colors of a theme, if it brings its own.
pub fn of(name: ThemeName) -> Option<&'static Palette> {
    match name {
        ThemeName::Dark => Some(&DARK),
        ThemeName::Light => Some(&LIGHT),
        ThemeName::HighContrast => Some(&HIGH_CONTRAST),
        ThemeName::Terminal | ThemeName::Mono => None,
    }
}

/// The color of the 240 fixed ones of 256 that is nearest.
pub fn nearest_of_256(rgb: Rgb) -> u8 {
    let mut best = (u32::MAX, 16);
    for index in 16..=255 {
        let distance = distance(rgb, fixed_of_256(index));
        if distance < best.0 {
            best = (distance, index);
        }
    }
    best.1
}

/// The nearest of the usual sixteen; the user may have other ones.
pub fn nearest_of_16(rgb: Rgb) -> Color {
    let mut best = (u32::MAX, Color::Black);
    for (own, color) in SIXTEEN {
        let distance = distance(rgb, own);
        if distance < best.0 {
            best = (distance, color);
        }
    }
    best.1
}

/// The grey of 256 colors for a brightness: black, the 24 greys, white.
pub fn grey_of_256(brightness: u8) -> u8 {
    // 26 levels, 0..=25: (0, 8, 18, .., 238, 255) are nearly even.
    match (u16::from(brightness) * 25 + 127) / 255 {
        0 => 16,
        25 => 231,
        level => 231 + u8::try_from(level).unwrap_or(24),
    }
}

/// What a fixed color of 256, 16 to 255, looks like.
pub fn fixed_of_256(index: u8) -> Rgb {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match index.checked_sub(232) {
        Some(grey) => [8 + 10 * grey; 3],
        None => {
            let cube = usize::from(index.saturating_sub(16));
            [STEPS[cube / 36 % 6], STEPS[cube / 6 % 6], STEPS[cube % 6]]
        }
    }
}

/// The contrast of two colors, 1 to 21 (WCAG 2.1, "contrast ratio").
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// A mixture of two colors: `share` 0 is the first, 1 the second.
pub fn mix(first: Rgb, second: Rgb, share: f32) -> Rgb {
    let share = share.clamp(0.0, 1.0);
    std::array::from_fn(|i| {
        let (a, b) = (f32::from(first[i]), f32::from(second[i]));
        // Between 0 and 255, for both ends are.
        (a + (b - a) * share).round() as u8
    })
}

/// From -1, blue, over 0, which is nearly the background, to 1, red. A
/// theme that does not know its background draws as on a dark one: so do
/// other images, whose 0 is black.
pub fn diverging(name: ThemeName, value: f32) -> Rgb {
    let [blue, red] = if name == ThemeName::Light { DAY } else { NIGHT };
    let [zero, near, far] = if value < 0.0 { blue } else { red };
    let size = if value.is_finite() { value.abs().min(1.0) } else { 1.0 };
    if size < 0.5 {
        mix(zero, near, 2.0 * size)
    } else {
        mix(near, far, 2.0 * size - 1.0)
    }
}

/// Blue and red, each from 0 over 0.5 to 1, on something dark.
const NIGHT: [[Rgb; 3]; 2] = [
    [[32, 35, 42], [38, 92, 158], [118, 190, 255]],
    [[32, 35, 42], [156, 52, 46], [255, 138, 112]],
];

/// The same on something light.
const DAY: [[Rgb; 3]; 2] = [
    [[240; 3], [120, 178, 216], [20, 80, 160]],
    [[240; 3], [240, 150, 115], [176, 20, 40]],
];

fn luminance(rgb: Rgb) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    let [red, green, blue] = rgb.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn distance(one: Rgb, other: Rgb) -> u32 {
    let part = |i: usize| u32::from(one[i].abs_diff(other[i])).pow(2);
    2 * part(0) + 4 * part(1) + 3 * part(2)
}

const fn hex(rgb: u32) -> Rgb {
    let [_, red, green, blue] = rgb.to_be_bytes();
    [red, green, blue]
}

const fn all<const N: usize>(colors: [u32; N]) -> [Rgb; N] {
    let mut rgb = [[0; 3]; N];
    let mut i = 0;
    while i < N {
        rgb[i] = hex(colors[i]);
        i += 1;
    }
    rgb
}

const DARK: Palette = Palette {
    background: hex(0x16_18_1d),
    selection: hex(0x2c_3e_55),
    roles: all([
        0xd8dee9, 0x9aa4b5, 0xffffff, 0x7cc4ff, 0xf2cc7f, 0x7fd6a5,
        0xff9d8a, 0xf2cc7f, 0xffffff, 0x6b7486, 0xb9d7a8,
    ]),
    syntax: all([
        0xc9a6ff, 0x7fd6cf, 0x7cc4ff, 0xb9d7a8, 0xf2b27f, 0x9aa4b5,
        0xff9dc4,
    ]),
    inks: all([0x56b4e9, 0xf0a830, 0x4a6076, 0xaab3c2, 0x2fc299, 0xe08fbd]),
    classes: all([
        0xe8e8e8, 0xe69f00, 0x56b4e9, 0x1fb389, 0xf0e442, 0x6f9fe0,
        0xf07a35, 0xd68ab6,
    ]),
};

const LIGHT: Palette = Palette {
    background: hex(0xfb_fa_f6),
    selection: hex(0xcf_e2_f7),
    roles: all([
        0x24292f, 0x5a626e, 0x000000, 0x0b57a4, 0x7d4600, 0x17643a,
        0xa8241c, 0x7a5200, 0x000000, 0x8a919c, 0x3d5a2a,
    ]),
    syntax: all([
        0x6f2da8, 0x0c5f66, 0x0b57a4, 0x3d5a2a, 0x8f3d00, 0x5a626e,
        0xa02060,
    ]),
    inks: all([0x0072b2, 0xb84e00, 0xa9bccb, 0x5a626e, 0x00785a, 0x9a3f75]),
    classes: all([
        0x1c1c1c, 0x8a5f00, 0x00699e, 0x00704f, 0x6e6500, 0x1f4fb0,
        0xa84700, 0x964276,
    ]),
};

const HIGH_CONTRAST: Palette = Palette {
    background: hex(0),
    selection: hex(0xff_ff_00),
    roles: all([
        0xffffff, 0xffffff, 0xffffff, 0x00ffff, 0xffff00, 0xffffff,
        0xffffff, 0xffff00, 0x000000, 0xffffff, 0x00ffff,
    ]),
    syntax: all([
        0xffff00, 0x00ffff, 0xffffff, 0xffffff, 0xffffff, 0xffffff,
        0xffff00,
    ]),
    inks: all([0x00ffff, 0xffff00, 0x808080, 0xffffff, 0xffffff, 0xffffff]),
    classes: all([
        0xffffff, 0xffff00, 0x00ffff, 0xffffff, 0xffff00, 0x00ffff,
        0xffffff, 0xffff00,
    ]),
};

const SIXTEEN: [(Rgb, Color); 16] = [
    ([0, 0, 0], Color::Black),
    ([205, 0, 0], Color::Red),
    ([0, 205, 0], Color::Green),
    ([205, 205, 0], Color::Yellow),
    ([0, 0, 238], Color::Blue),
    ([205, 0, 205], Color::Magenta),
    ([0, 205, 205], Color::Cyan),
    ([229, 229, 229], Color::Gray),
    ([127, 127, 127], Color::DarkGray),
    ([255, 0, 0], Color::LightRed),
    ([0, 255, 0], Color::LightGreen),
    ([255, 255, 0], Color::LightYellow),
    ([92, 92, 255], Color::LightBlue),
    ([255, 0, 255], Color::LightMagenta),
    ([0, 255, 255], Color::LightCyan),
    ([255, 255, 255], Color::White),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The position of `Role::Selected` and `Role::Border`.
    const SELECTED: usize = 8;
    const BORDER: usize = 9;

    fn check(front: Rgb, back: Rgb, least: f64, what: &str) {
        let maps: [fn(Rgb) -> Rgb; 2] =
            [|rgb| rgb, |rgb| fixed_of_256(nearest_of_256(rgb))];
        for map in maps {
            let found = contrast(map(front), map(back));
            assert!(found >= least, "{what}: {front:x?} has {found:.2}");
        }
    }

    #[test]
    fn every_text_can_be_read_on_its_background() {
        for name in
            [ThemeName::Dark, ThemeName::Light, ThemeName::HighContrast]
        {
            let own = of(name).unwrap();
            for (i, role) in own.roles.into_iter().enumerate() {
                let (back, least) = match i {
                    SELECTED => (own.selection, 4.5),
                    BORDER => (own.background, 3.0),
                    _ => (own.background, 4.5),
                };
                check(role, back, least, &format!("{name:?} role {i}"));
            }
            for (i, color) in own.syntax.into_iter().enumerate() {
                let what = format!("{name:?} syntax {i}");
                check(color, own.background, 4.5, &what);
            }
            for (i, color) in own.classes.into_iter().enumerate() {
                let what = format!("{name:?} class {i}");
                check(color, own.background, 4.5, &what);
            }
            for (i, color) in own.inks.into_iter().enumerate() {
                // The veil of the batches lies behind the lines.
                let least = if i == 2 { 1.5 } else { 4.5 };
                let what = format!("{name:?} ink {i}");
                check(color, own.background, least, &what);
            }
        }
    }

    #[test]
    fn zero_is_nearly_the_background_and_the_ends_are_not() {
        for name in
            [ThemeName::Dark, ThemeName::Light, ThemeName::HighContrast]
        {
            let background = of(name).unwrap().background;
            let far = |value| contrast(diverging(name, value), background);
            let (low, zero, high) = (far(-1.0), far(0.0), far(1.0));
            assert!(zero < 1.5, "{name:?} {zero}");
            assert!(low > 4.5 && high > 4.5, "{name:?} {low} {high}");
            let steps = [0.0, 0.25, 0.5, 0.75, 1.0];
            assert!(steps.map(far).is_sorted(), "{name:?} red");
            assert!(steps.map(|v: f32| far(-v)).is_sorted(), "{name:?}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
        let grey = contrast([0x76; 3], [255; 3]);
        assert!((4.5..4.6).contains(&grey), "{grey}");
    }

    #[test]
    fn greys_grow_from_black_to_white() {
        let greys: Vec<u8> =
            (0..=255).map(|b| fixed_of_256(grey_of_256(b))[0]).collect();
        assert!(greys.is_sorted());
        assert_eq!((grey_of_256(0), grey_of_256(255)), (16, 231));
        assert_eq!((grey_of_256(8), grey_of_256(245)), (232, 255));
        let mut levels = greys;
        levels.dedup();
        assert_eq!(levels.len(), 26);
    }

    #[test]
    fn a_fixed_color_is_nearest_to_itself() {
        for index in 16..=255_u8 {
            let rgb = fixed_of_256(index);
            assert_eq!(fixed_of_256(nearest_of_256(rgb)), rgb);
        }
    }
}
