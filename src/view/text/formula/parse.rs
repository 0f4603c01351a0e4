//! LaTeX to tree: reads the events of pulldown-latex.

use pulldown_latex::Parser;
use pulldown_latex::Storage;
use pulldown_latex::event::ArrayColumn;
use pulldown_latex::event::ColumnAlignment;
use pulldown_latex::event::Content;
use pulldown_latex::event::DelimiterType;
use pulldown_latex::event::Dimension;
use pulldown_latex::event::DimensionUnit;
use pulldown_latex::event::EnvironmentFlow;
use pulldown_latex::event::Event;
use pulldown_latex::event::Font;
use pulldown_latex::event::Grouping;
use pulldown_latex::event::RelationContent;
use pulldown_latex::event::ScriptPosition;
use pulldown_latex::event::ScriptType;
use pulldown_latex::event::StateChange;
use pulldown_latex::event::Visual;
use unicode_width::UnicodeWidthChar;

use super::MAX_BYTES;
use super::MAX_DEPTH;
use super::error::CONTEXT;
use super::error::FormulaError;
use super::math_box::Align;
use super::shape;
use super::tree::Atom;
use super::tree::Class;
use super::tree::Face;
use super::tree::Layout;
use super::tree::Node;
use super::tree::Place;
use super::tree::Table;
use crate::view::text::clean::clean;

/// What reading a part of a formula gives.
type Read<T> = Result<T, FormulaError>;

/// Reads a whole formula.
pub(super) fn parse(tex: &str) -> Read<Node> {
    if tex.len() > MAX_BYTES {
        return Err(FormulaError::TooLong { bytes: tex.len() });
    }
    let tex = prepared(tex)?;
    let storage = Storage::new();
    let events = Parser::new(&tex, &storage)
        .map(|event| event.map_err(|error| FormulaError::at(&tex, &error)));
    let mut reader = Reader { events, faces: vec![], depth: 0 };
    let mut nodes = reader.nodes()?;
    // A surplus end would be a bug of the parser; what follows still counts.
    while let Some(event) = reader.events.next() {
        nodes.extend(reader.element(event?)?);
    }
    Ok(shape::row(nodes))
}

/// What the parser shall not see: it would run without bound on the first
/// six, and stops the program on some uses of the others.
const REFUSED: [&str; 13] = [
    r"\def",
    r"\let",
    r"\futurelet",
    r"\newcommand",
    r"\renewcommand",
    r"\providecommand",
    r"\char",
    r"\color",
    r"\textcolor",
    r"\colorbox",
    r"\fcolorbox",
    "alignat",
    "alignedat",
];

/// The source as the parser takes it.
fn prepared(tex: &str) -> Read<String> {
    // pulldown-latex misreads the starred form; `\mathop` means the same.
    // The blanks keep the places in error messages right.
    let tex = clean(tex).replace(r"\operatorname*", r"\mathop       ");
    // It cuts wide blanks in the middle. A line feed ends a comment.
    let comments = tex.contains('%');
    let blank = |c: char| c.is_whitespace() && !(comments && c == '\n');
    let mut tex = tex.replace(blank, " ");
    for name in REFUSED {
        let mut uses = tex.match_indices(name);
        let ends = |at: usize| {
            let rest = tex.get(at + name.len()..).unwrap_or_default();
            !rest.starts_with(|c: char| c.is_ascii_alphabetic())
        };
        if uses.any(|(at, _)| ends(at)) {
            return Err(FormulaError::Refused { name });
        }
    }
    tex.push_str(&" ".repeat(CONTEXT));
    Ok(tex)
}

/// Turns events into nodes.
struct Reader<I> {
    events: I,
    /// The alphabet of each open group.
    faces: Vec<Face>,
    depth: usize,
}

impl<'a, I: Iterator<Item = Read<Event<'a>>>> Reader<I> {
    /// The elements up to the end of the group.
    fn nodes(&mut self) -> Read<Vec<Node>> {
        let mut nodes = Vec::new();
        self.faces.push(self.face());
        while let Some(event) = self.events.next() {
            match event? {
                Event::End => break,
                event => nodes.extend(self.element(event)?),
            }
        }
        self.faces.pop();
        Ok(nodes)
    }

    /// Exactly one element, as the argument of a fraction or script.
    fn argument(&mut self) -> Read<Box<Node>> {
        loop {
            let event = self.events.next().ok_or(FormulaError::Ends)??;
            if let Some(node) = self.element(event)? {
                return Ok(Box::new(node));
            }
        }
    }

    fn element(&mut self, event: Event<'a>) -> Read<Option<Node>> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(FormulaError::TooDeep);
        }
        let node = match event {
            Event::Content(content) => Some(self.content(content)),
            Event::Begin(group) => Some(self.group(group)?),
            Event::Visual(visual) => Some(self.visual(visual)?),
            Event::Script { ty, position } => {
                Some(self.script(ty, position)?)
            }
            Event::Space { width, .. } => space(width),
            Event::StateChange(StateChange::Font(font)) => {
                if let Some(face) = self.faces.last_mut() {
                    *face = face_of(font);
                }
                None
            }
            Event::StateChange(_)
            | Event::EnvironmentFlow(_)
            | Event::End => None,
        };
        self.depth -= 1;
        Ok(node)
    }

    fn content(&self, content: Content<'a>) -> Node {
        let (text, class) = match content {
            Content::Text(text) | Content::Number(text) => {
                (words(text), Class::Ordinary)
            }
            Content::Function(name) => (words(name), Class::Operator),
            Content::Ordinary { content, .. } => {
                (content.to_string(), Class::Ordinary)
            }
            Content::LargeOp { content, .. } => {
                (content.to_string(), Class::Large)
            }
            Content::BinaryOp { content, .. } => {
                (content.to_string(), Class::Binary)
            }
            Content::Relation { content, .. } => {
                (relation(&content), Class::Relation)
            }
            Content::Delimiter { content, ty, .. } => {
                (content.to_string(), delimiter(ty))
            }
            Content::Punctuation(c) => (c.to_string(), Class::Punctuation),
        };
        // U+00B5 is the micro sign; the letter mu is another character.
        let mut text = clean(&text).replace('\u{b5}', "\u{3bc}");
        if text == "∥" && class == Class::Ordinary {
            text = "‖".to_owned();
        }
        // A mark without a letter would join what stands before it.
        if text.chars().next().and_then(UnicodeWidthChar::width) == Some(0)
        {
            text.insert(0, '◌');
        }
        Node::Atom(Atom { text, class, face: self.face() })
    }

    fn visual(&mut self, visual: Visual) -> Read<Node> {
        Ok(match visual {
            Visual::SquareRoot => {
                Node::Root { radicand: self.argument()?, index: None }
            }
            Visual::Root => Node::Root {
                radicand: self.argument()?,
                index: Some(self.argument()?),
            },
            Visual::Fraction(Some(bar)) if bar.value == 0.0 => {
                Node::Pile(self.argument()?, self.argument()?)
            }
            Visual::Fraction(_) => {
                Node::Fraction(self.argument()?, self.argument()?)
            }
            Visual::Negation => shape::negated(*self.argument()?),
        })
    }

    fn script(
        &mut self,
        kind: ScriptType,
        position: ScriptPosition,
    ) -> Read<Node> {
        let base = self.argument()?;
        let sub = match kind {
            ScriptType::Superscript => None,
            _ => Some(self.argument()?),
        };
        let sup = match kind {
            ScriptType::Subscript => None,
            _ => Some(self.argument()?),
        };
        let place = match position {
            ScriptPosition::Right => Place::Side,
            ScriptPosition::AboveBelow => Place::Stacked,
            ScriptPosition::Movable => Place::Limits,
        };
        Ok(shape::script(base, sub, sup, place))
    }

    fn group(&mut self, group: Grouping) -> Read<Node> {
        let center = vec![Align::Center];
        let (aligns, layout) = match group {
            Grouping::Normal => return Ok(shape::row(self.nodes()?)),
            Grouping::LeftRight(open, close) => {
                let body = Box::new(shape::row(self.nodes()?));
                return Ok(Node::Fence(open, body, close));
            }
            Grouping::Array(columns) => {
                (columns.iter().filter_map(column).collect(), Layout::Grid)
            }
            Grouping::Matrix { alignment } => {
                (vec![align(alignment)], Layout::Grid)
            }
            Grouping::SubArray { alignment } => {
                (vec![align(alignment)], Layout::Lines)
            }
            Grouping::Cases { left } => {
                let aligns = vec![Align::Left];
                let table = Box::new(self.table(aligns, Layout::Cases)?);
                return Ok(match left {
                    true => Node::Fence(Some('{'), table, None),
                    false => Node::Fence(None, table, Some('}')),
                });
            }
            Grouping::Gather { .. }
            | Grouping::Gathered
            | Grouping::Equation { .. }
            | Grouping::Multline => (center, Layout::Lines),
            Grouping::Align { .. }
            | Grouping::Aligned
            | Grouping::Alignat { .. }
            | Grouping::Alignedat { .. }
            | Grouping::Split => {
                (vec![Align::Right, Align::Left], Layout::Equations)
            }
        };
        self.table(aligns, layout)
    }

    fn table(&mut self, aligns: Vec<Align>, layout: Layout) -> Read<Node> {
        let mut rows: Vec<Vec<Node>> = Vec::new();
        let mut row: Vec<Node> = Vec::new();
        let mut cell: Vec<Node> = Vec::new();
        self.faces.push(self.face());
        while let Some(event) = self.events.next() {
            match event? {
                Event::End => break,
                Event::EnvironmentFlow(EnvironmentFlow::Alignment) => {
                    row.push(shape::row(std::mem::take(&mut cell)));
                }
                Event::EnvironmentFlow(EnvironmentFlow::NewLine {
                    ..
                }) => {
                    row.push(shape::row(std::mem::take(&mut cell)));
                    rows.push(std::mem::take(&mut row));
                }
                event => cell.extend(self.element(event)?),
            }
        }
        self.faces.pop();
        row.push(shape::row(cell));
        rows.push(row);
        rows.retain(|row| !row.iter().all(Node::is_empty));
        Ok(Node::Table(Table { rows, aligns, layout }))
    }

    fn face(&self) -> Face {
        self.faces.last().copied().unwrap_or_default()
    }
}

/// Text as it is meant: without the commands for blanks inside it.
fn words(text: &str) -> String {
    let mut text = text.replace("&nbsp;", " ");
    for blank in [r"\,", r"\;", r"\:", r"\ ", "~"] {
        text = text.replace(blank, " ");
    }
    text.retain(|c| !matches!(c, '{' | '}' | '\\' | '$'));
    text
}

/// Blank columns: two for the width of an M, at least one for a thin space.
fn space(width: Option<Dimension>) -> Option<Node> {
    let width = width?;
    let ems = match width.unit {
        DimensionUnit::Em => width.value,
        DimensionUnit::Mu => width.value / 18.0,
        DimensionUnit::Ex => width.value / 2.0,
        _ => width.value / 10.0,
    };
    let columns = (ems * 2.0).round().clamp(1.0, 8.0);
    (ems > 0.1).then_some(Node::Space(columns as usize))
}

fn face_of(font: Option<Font>) -> Face {
    match font {
        Some(Font::Bold | Font::BoldItalic | Font::BoldSymbol) => {
            Face::Bold
        }
        Some(Font::Script | Font::BoldScript) => Face::Script,
        Some(Font::DoubleStruck | Font::DoubleStruckItalic) => {
            Face::DoubleStruck
        }
        Some(Font::UpRight) => Face::Upright,
        _ => Face::Normal,
    }
}

fn delimiter(kind: DelimiterType) -> Class {
    match kind {
        DelimiterType::Open => Class::Open,
        DelimiterType::Close => Class::Close,
        DelimiterType::Fence => Class::Ordinary,
    }
}

fn relation(content: &RelationContent) -> String {
    let mut bytes = [0; 8];
    let text = content.encode_utf8_to_buf(&mut bytes);
    String::from_utf8_lossy(text).into_owned()
}

fn column(column: &ArrayColumn) -> Option<Align> {
    match column {
        ArrayColumn::Column(alignment) => Some(align(*alignment)),
        ArrayColumn::Separator(_) => None,
    }
}

fn align(alignment: ColumnAlignment) -> Align {
    match alignment {
        ColumnAlignment::Left => Align::Left,
        ColumnAlignment::Center => Align::Center,
        ColumnAlignment::Right => Align::Right,
    }
}
