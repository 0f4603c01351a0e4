//! A formula as a tree, before anybody has decided how it looks.

use super::math_box::Align;

/// The role of a symbol, which decides the space around it (the TeXbook's
/// atom types, chapter 17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A letter, a number, a fraction.
    Ordinary,
    /// A named function.
    Operator,
    /// A sum, a product, an integral.
    Large,
    /// Plus and minus.
    Binary,
    /// Equals, less than.
    Relation,
    Open,
    Close,
    Punctuation,
}

/// The alphabet a letter is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Face {
    #[default]
    Normal,
    /// `\mathrm`: letters that make up a word.
    Upright,
    Bold,
    /// `\mathcal`
    Script,
    /// `\mathbb`
    DoubleStruck,
}

/// One symbol or word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    pub text: String,
    pub class: Class,
    pub face: Face,
}

/// Where scripts go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// To the right, as in `x_i`.
    Side,
    /// Above and below, always.
    Stacked,
    /// Above and below where there is room, as in a displayed sum.
    Limits,
}

/// On which side of its base a brace or line lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Over,
    Under,
}

/// A part of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Atom(Atom),
    Row(Vec<Self>),
    /// So many blank columns.
    Space(usize),
    /// Brackets as tall as their content.
    Fence(Option<char>, Box<Self>, Option<char>),
    /// Numerator over denominator.
    Fraction(Box<Self>, Box<Self>),
    /// A fraction without its bar, as in a binomial coefficient.
    Pile(Box<Self>, Box<Self>),
    Root {
        radicand: Box<Self>,
        index: Option<Box<Self>>,
    },
    Script {
        base: Box<Self>,
        sub: Option<Box<Self>>,
        sup: Option<Box<Self>>,
        place: Place,
    },
    /// A hat, tilde, bar, ... over its base.
    Accent(Box<Self>, char),
    /// A brace or line as wide as its base.
    Brace(Box<Self>, Edge),
    Line(Box<Self>, Edge),
    Table(Table),
}

/// What kind of rows and columns a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// A matrix or array.
    Grid,
    /// The branches of a definition.
    Cases,
    /// Equations under each other, aligned at a sign.
    Equations,
    /// Lines under each other, without space between columns.
    Lines,
}

/// Rows of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub rows: Vec<Vec<Node>>,
    /// One per column; they repeat if there are more columns.
    pub aligns: Vec<Align>,
    pub layout: Layout,
}

impl Node {
    /// The role of a whole node in the row it stands in.
    pub fn class(&self) -> Class {
        match self {
            Self::Atom(atom) => atom.class,
            Self::Script { base, .. } | Self::Accent(base, _) => {
                base.class()
            }
            Self::Row(nodes) => match nodes.as_slice() {
                [only] => only.class(),
                _ => Class::Ordinary,
            },
            _ => Class::Ordinary,
        }
    }

    /// The only character of a node that has just one.
    pub fn single_char(&self) -> Option<char> {
        match self {
            Self::Atom(atom) => {
                let mut chars = atom.text.chars();
                chars.next().filter(|_| chars.next().is_none())
            }
            Self::Row(nodes) => match nodes.as_slice() {
                [only] => only.single_char(),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether nothing would be drawn.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Atom(atom) => atom.text.is_empty(),
            Self::Row(nodes) => nodes.iter().all(Self::is_empty),
            _ => false,
        }
    }
}
