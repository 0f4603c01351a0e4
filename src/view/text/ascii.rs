//! Text for terminals that cannot show every character.
//!
//! Letters lose their accents, Greek letters are spelled out, signs become
//! what one would type for them.

/// The text without any byte above 0x7F. What has no spelling becomes `?`.
pub fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match spelling(c) {
            _ if c.is_ascii() => out.push(c),
            Some(spelling) => spelling.push_to(&mut out),
            None if is_mark(c) => {}
            None => out.push('?'),
        }
    }
    out
}

/// The text with the characters that nearly every font has. What has no
/// spelling stays.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match (COMMON.iter().find(|(from, _)| *from == c), spelling(c)) {
            _ if is_common(c) => out.push(c),
            (Some((_, to)), _) => out.push(*to),
            (None, Some(spelling)) => spelling.push_to(&mut out),
            (None, None) => out.push(c),
        }
    }
    out
}

/// How a character is spelled with ASCII.
enum Spelling {
    Letter(char),
    Word(&'static str),
}

impl Spelling {
    fn push_to(&self, out: &mut String) {
        match self {
            Self::Letter(letter) => out.push(*letter),
            Self::Word(word) => out.push_str(word),
        }
    }
}

fn spelling(c: char) -> Option<Spelling> {
    let letter = unaccented(c).or_else(|| unstyled(c));
    let word = || names().find(|(sign, _)| *sign == c);
    letter
        .map(Spelling::Letter)
        .or_else(|| word().map(|(_, name)| Spelling::Word(name)))
}

/// Whether nearly every font has this character.
fn is_common(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{a0}'..='ſ' | 'Ά'..='ώ' | 'Ѐ'..='џ'
        | '─'..='╬' | '▀'..='▓')
        || "–—‘’“”„…•′€∂∑∏√∞∩∫≈≠≡≤≥−←↑→↓↔ℓ".contains(c)
}

/// Whether a character is drawn on top of the one before.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}')
}

/// Characters with a common one that looks alike.
#[rustfmt::skip]
const COMMON: [(char, char); 11] = [
    ('ϵ', 'ε'), ('ϕ', 'φ'), ('ϑ', 'θ'), ('⋅', '·'), ('∙', '·'),
    ('‖', '║'), ('∥', '║'), ('⟶', '→'), ('⟵', '←'), ('∣', '|'),
    ('⋯', '…'),
];

/// All signs with a spelling.
fn names() -> impl Iterator<Item = (char, &'static str)> {
    GREEK.into_iter().chain(SIGNS).chain(MARKS).chain(SCRIPTS)
}

/// A Latin letter without its accent.
fn unaccented(c: char) -> Option<char> {
    Some(match c {
        'À'..='Å' | 'Ā' | 'Ă' | 'Ą' => 'A',
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ª' => 'a',
        'Ç' | 'Ć' | 'Č' => 'C',
        'ç' | 'ć' | 'č' => 'c',
        'È'..='Ë' | 'Ē' | 'Ę' | 'Ě' => 'E',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'Ì'..='Ï' => 'I',
        'ì'..='ï' | 'ı' => 'i',
        'ȷ' => 'j',
        'Ñ' | 'Ń' | 'Ň' => 'N',
        'ñ' | 'ń' | 'ň' => 'n',
        'Ò'..='Ö' | 'Ø' | 'Ō' => 'O',
        'ò'..='ö' | 'ø' | 'ō' | 'º' => 'o',
        'Ù'..='Ü' | 'Ū' => 'U',
        'ù'..='ü' | 'ū' => 'u',
        'Ý' => 'Y',
        'ý' | 'ÿ' => 'y',
        'Š' | 'Ś' => 'S',
        'š' | 'ś' => 's',
        'Ž' | 'Ż' => 'Z',
        'ž' | 'ż' => 'z',
        'ł' => 'l',
        'Ł' | 'ℒ' => 'L',
        'ℓ' => 'l',
        'ℝ' | 'ℛ' | 'ℜ' => 'R',
        'ℕ' => 'N',
        'ℤ' => 'Z',
        'ℚ' => 'Q',
        'ℂ' => 'C',
        'ℙ' => 'P',
        'ℍ' | 'ℋ' => 'H',
        'ℰ' => 'E',
        'ℱ' => 'F',
        'ℬ' => 'B',
        'ℐ' | 'ℑ' => 'I',
        'ℳ' => 'M',
        '𝟙' => '1',
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => ' ',
        _ => return None,
    })
}

/// A letter of a mathematical alphabet as a plain letter.
fn unstyled(c: char) -> Option<char> {
    let number = u32::from(c).checked_sub(0x1d400)?;
    let letter = u8::try_from(number % 52).ok()?;
    (number < 13 * 52).then(|| {
        char::from(if letter < 26 {
            b'A' + letter
        } else {
            b'a' + letter - 26
        })
    })
}

#[rustfmt::skip]
const GREEK: [(char, &str); 44] = [
    ('α', "alpha"), ('β', "beta"), ('γ', "gamma"), ('δ', "delta"),
    ('ε', "epsilon"), ('ϵ', "epsilon"), ('ζ', "zeta"), ('η', "eta"),
    ('θ', "theta"), ('ϑ', "theta"), ('ι', "iota"), ('κ', "kappa"),
    ('λ', "lambda"), ('μ', "mu"), ('µ', "mu"), ('ν', "nu"), ('ξ', "xi"),
    ('ο', "o"), ('π', "pi"), ('ρ', "rho"), ('ς', "sigma"), ('σ', "sigma"),
    ('τ', "tau"), ('υ', "upsilon"), ('φ', "phi"), ('ϕ', "phi"),
    ('χ', "chi"), ('ψ', "psi"), ('ω', "omega"), ('Α', "A"), ('Β', "B"),
    ('Γ', "Gamma"), ('Δ', "Delta"), ('Θ', "Theta"), ('Λ', "Lambda"),
    ('Ξ', "Xi"), ('Π', "Pi"), ('Σ', "Sigma"), ('Υ', "Upsilon"),
    ('Φ', "Phi"), ('Χ', "X"), ('Ψ', "Psi"), ('Ω', "Omega"), ('∇', "grad"),
];

#[rustfmt::skip]
const SIGNS: [(char, &str); 96] = [
    ('∂', "d"), ('∞', "inf"), ('∑', "sum"), ('∏', "prod"), ('∫', "int"),
    ('√', "sqrt"), ('−', "-"), ('∗', "*"), ('×', "*"), ('⋅', "*"),
    ('·', "*"), ('∙', "*"), ('•', "*"), ('÷', "/"), ('∘', "o"),
    ('±', "+-"), ('∓', "-+"), ('⊙', "(*)"), ('⊗', "(x)"), ('⊕', "(+)"),
    ('≤', "<="), ('⩽', "<="), ('≥', ">="), ('⩾', ">="), ('≠', "!="),
    ('≡', "=="), ('≈', "~="), ('≃', "~="), ('≅', "~="), ('∼', "~"),
    ('∝', "prop"), ('≪', "<<"), ('≫', ">>"), ('≔', ":="), ('≜', ":="),
    ('∣', "|"), ('‖', "||"), ('∥', "||"), ('║', "||"), ('│', "|"),
    ('→', "->"), ('⟶', "->"), ('⇀', "->"), ('←', "<-"), ('⟵', "<-"),
    ('↔', "<->"), ('↦', "|->"), ('⇒', "=>"), ('⟹', "=>"), ('⇐', "<="),
    ('⇔', "<=>"), ('⟺', "<=>"), ('↑', "^"), ('↓', "v"), ('∈', "in"),
    ('∉', "not in"), ('∋', "ni"), ('⊂', "subset"), ('⊆', "subset"),
    ('⊃', "superset"), ('∪', "union"), ('∩', "cap"), ('∅', "{}"),
    ('⌀', "{}"), ('∧', "and"), ('∨', "or"), ('¬', "not "),
    ('∀', "for all "), ('∃', "exists "), ('⊤', "T"), ('⊥', "_|_"),
    ('⟂', "_|_"), ('′', "'"), ('″', "''"), ('…', "..."), ('⋯', "..."),
    ('⋮', ":"), ('⋱', "..."), ('⟨', "<"), ('⟩', ">"), ('⌊', "|_"),
    ('⌋', "_|"), ('⌈', "|^"), ('⌉', "^|"), ('∖', "\\"), ('≺', "<"),
    ('≻', ">"), ('⟦', "[["), ('⟧', "]]"), ('△', "^"), ('□', "[]"),
    ('⋆', "*"), ('★', "*"), ('✓', "ok"), ('✗', "x"), ('∴', "therefore"),
];

#[rustfmt::skip]
const MARKS: [(char, &str); 31] = [
    ('–', "-"), ('—', "--"), ('‐', "-"), ('‑', "-"), ('“', "\""),
    ('”', "\""), ('„', "\""), ('«', "\""), ('»', "\""), ('‘', "'"),
    ('’', "'"), ('´', "'"), ('°', " degrees"), ('½', "1/2"),
    ('¼', "1/4"), ('¾', "3/4"), ('ß', "ss"), ('æ', "ae"), ('Æ', "AE"),
    ('œ', "oe"), ('Œ', "OE"), ('€', "EUR"), ('£', "GBP"), ('©', "(c)"),
    ('®', "(R)"), ('§', "section "), ('\u{302}', "^"), ('\u{303}', "~"),
    ('¿', "?"), ('¡', "!"), ('‾', "_"),
];

#[rustfmt::skip]
const SCRIPTS: [(char, &str); 44] = [
    ('⁰', "^0"), ('¹', "^1"), ('²', "^2"), ('³', "^3"), ('⁴', "^4"),
    ('⁵', "^5"), ('⁶', "^6"), ('⁷', "^7"), ('⁸', "^8"), ('⁹', "^9"),
    ('⁺', "^+"), ('⁻', "^-"), ('ⁿ', "^n"), ('ⁱ', "^i"), ('ᵀ', "^T"),
    ('ᵐ', "^m"), ('ᵈ', "^d"), ('ᵏ', "^k"), ('ᴰ', "^D"), ('ᴷ', "^K"),
    ('ᴺ', "^N"), ('⁽', "^("), ('⁾', ")"), ('₀', "_0"), ('₁', "_1"),
    ('₂', "_2"), ('₃', "_3"), ('₄', "_4"), ('₅', "_5"), ('₆', "_6"),
    ('₇', "_7"), ('₈', "_8"), ('₉', "_9"), ('ᵢ', "_i"), ('ⱼ', "_j"),
    ('ₖ', "_k"), ('ₗ', "_l"), ('ₘ', "_m"), ('ₙ', "_n"), ('ₓ', "_x"),
    ('ₜ', "_t"), ('ₚ', "_p"), ('₊', "+"), ('₌', "="),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_go_and_greek_is_spelled_out() {
        assert_eq!(ascii("não, σ² ≤ μ…"), "nao, sigma^2 <= mu...");
        assert_eq!(ascii("x̂ “ok” — ℝ𝐖𝒩"), "x^ \"ok\" -- RWN");
    }

    #[test]
    fn plain_keeps_what_fonts_have_and_what_has_no_spelling() {
        assert_eq!(plain("não, σ² → ‖x̂‖ ∈ ℝ"), "não, σ² → ║x^║ in R");
        assert_eq!(plain("数据 • ─"), "数据 • ─");
    }

    #[test]
    fn nothing_above_0x7f_is_left() {
        let all: String = ('\0'..='\u{1ffff}').collect();
        assert!(ascii(&all).is_ascii());
    }
}
