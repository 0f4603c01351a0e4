//! Which characters a symbol is drawn with, for each set of glyphs.

use super::tree::Atom;
use super::tree::Class;
use super::tree::Face;
use super::tree::Node;
use crate::view::text::Glyphs;

/// The mark that strikes a sign out.
pub(super) const STROKE: char = '\u{338}';

/// The characters of an atom.
pub(super) fn symbol(atom: &Atom, glyphs: Glyphs) -> String {
    match glyphs {
        Glyphs::Unicode => {
            atom.text.chars().map(|c| styled(c, atom.face)).collect()
        }
        Glyphs::Plain | Glyphs::Ascii => {
            match atom.text.strip_suffix(STROKE) {
                Some(text) => format!("not {}", glyphs.spell(text)),
                None => glyphs.spell(&atom.text),
            }
        }
    }
}

/// A bracket as tall as one row.
pub(super) fn bracket(c: char, glyphs: Glyphs) -> String {
    let class = Class::Ordinary;
    let atom = Atom { text: c.to_string(), class, face: Face::Normal };
    symbol(&atom, glyphs)
}

/// A script in raised letters, if there are such letters for all of it.
pub(super) fn raised(node: &Node, glyphs: Glyphs) -> Option<String> {
    match glyphs {
        Glyphs::Unicode => small(node, RAISED),
        Glyphs::Plain => small(node, "1¹2²3³"),
        Glyphs::Ascii => None,
    }
}

/// A script in lowered letters, if there are such letters for all of it.
pub(super) fn lowered(node: &Node, glyphs: Glyphs) -> Option<String> {
    match glyphs {
        Glyphs::Unicode => small(node, LOWERED),
        Glyphs::Plain | Glyphs::Ascii => None,
    }
}

/// The mark that puts an accent on the letter before it.
pub(super) fn combining(accent: char) -> Option<char> {
    Some(match accent {
        '^' => '\u{302}',
        '~' => '\u{303}',
        '‾' => '\u{304}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '´' => '\u{301}',
        '`' => '\u{300}',
        'ˇ' => '\u{30c}',
        '˘' => '\u{306}',
        _ => return None,
    })
}

/// The name of an accent.
pub(super) fn accent_name(accent: char) -> &'static str {
    match accent {
        '^' => "hat",
        '~' => "tilde",
        '‾' => "bar",
        '→' => "vec",
        '˙' => "dot",
        '¨' => "ddot",
        '´' => "acute",
        '`' => "grave",
        'ˇ' => "check",
        _ => "breve",
    }
}

const RAISED: &str = "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻=⁼(⁽)⁾aᵃbᵇcᶜdᵈeᵉfᶠ\
    gᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻDᴰKᴷLᴸMᴹNᴺTᵀ⊤ᵀ∗*′′";
const LOWERED: &str = "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋=₌(₍)₎aₐeₑhₕiᵢjⱼ\
    kₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓ";

/// Translates all letters of a node by pairs, or none.
fn small(node: &Node, pairs: &str) -> Option<String> {
    match node {
        Node::Atom(atom)
            if matches!(atom.face, Face::Normal | Face::Upright) =>
        {
            atom.text.chars().map(|c| partner(c, pairs)).collect()
        }
        Node::Row(nodes) => {
            nodes.iter().map(|node| small(node, pairs)).collect()
        }
        _ => None,
    }
}

fn partner(c: char, pairs: &str) -> Option<char> {
    let mut pairs = pairs.chars();
    while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
        if from == c {
            return Some(to);
        }
    }
    None
}

/// A letter in its alphabet.
fn styled(c: char, face: Face) -> char {
    match (face, c) {
        (_, '⋅') => '·',
        (Face::DoubleStruck, _) => double_struck(c),
        (Face::Script, _) => script(c),
        (Face::Bold, 'α'..='ω') => shifted(c, 'α', 0x1d6c2),
        (Face::Bold, 'A'..='Z') => shifted(c, 'A', 0x1d400),
        (Face::Bold, 'a'..='z') => shifted(c, 'a', 0x1d41a),
        (Face::Bold, '0'..='9') => shifted(c, '0', 0x1d7ce),
        _ => c,
    }
}

/// The letter as far into another alphabet as it is into its own.
fn shifted(c: char, first: char, to: u32) -> char {
    char::from_u32(to + u32::from(c) - u32::from(first)).unwrap_or(c)
}

fn double_struck(c: char) -> char {
    match c {
        'C' => 'ℂ',
        'H' => 'ℍ',
        'N' => 'ℕ',
        'P' => 'ℙ',
        'Q' => 'ℚ',
        'R' => 'ℝ',
        'Z' => 'ℤ',
        'A'..='Z' => shifted(c, 'A', 0x1d538),
        'a'..='z' => shifted(c, 'a', 0x1d552),
        '0'..='9' => shifted(c, '0', 0x1d7d8),
        _ => c,
    }
}

fn script(c: char) -> char {
    match c {
        'B' => 'ℬ',
        'E' => 'ℰ',
        'F' => 'ℱ',
        'H' => 'ℋ',
        'I' => 'ℐ',
        'L' => 'ℒ',
        'M' => 'ℳ',
        'R' => 'ℛ',
        'A'..='Z' => shifted(c, 'A', 0x1d49c),
        _ => c,
    }
}
