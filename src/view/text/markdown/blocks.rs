//! Markdown to a tree of blocks.

use pulldown_cmark::Alignment;
use pulldown_cmark::CodeBlockKind;
use pulldown_cmark::Event;
use pulldown_cmark::HeadingLevel;
use pulldown_cmark::Options;
use pulldown_cmark::Parser;
use pulldown_cmark::Tag;
use pulldown_cmark::TextMergeStream;

use crate::view::text::clean::clean;

/// How deep blocks and styles may be nested; what is nested deeper is shown
/// as if it were not.
const MAX_DEPTH: usize = 16;

/// A part of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Block {
    /// A heading of level 1 to 6.
    Heading(usize, Vec<Inline>),
    Paragraph(Vec<Inline>),
    /// The text of an item in a list without empty lines.
    Text(Vec<Inline>),
    Quote(Vec<Self>),
    /// Items, numbered from a start or with bullets.
    List(Option<u64>, Vec<Item>),
    Code {
        language: String,
        text: String,
    },
    Table(Table),
    /// A displayed formula.
    Math(String),
    Rule,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Item {
    /// Whether a task is done, if the item is a task.
    pub task: Option<bool>,
    pub blocks: Vec<Block>,
}

/// A table; the head is the first row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    pub aligns: Vec<Alignment>,
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Inline {
    Text(String),
    Code(String),
    /// A formula within a sentence.
    Math(String),
    /// A formula that interrupts the paragraph.
    Display(String),
    Strong(Vec<Self>),
    Emphasis(Vec<Self>),
    Struck(Vec<Self>),
    /// The end of a line that the author asked for.
    Break,
}

/// Reads a page.
pub(super) fn parse(source: &str) -> Vec<Block> {
    let options = Options::ENABLE_MATH
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    // Merged, so that an escape sequence written with an entity is whole.
    let events = TextMergeStream::new(Parser::new_ext(source, options));
    let mut reader = Reader { events, depth: 0, task: None };
    reader.blocks()
}

/// Turns events into blocks.
struct Reader<'a> {
    events: TextMergeStream<'a, Parser<'a>>,
    depth: usize,
    /// The mark of the item that is being read.
    task: Option<bool>,
}

impl<'a> Reader<'a> {
    /// The blocks up to the end of what contains them.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut loose = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::End(_) => break,
                Event::TaskListMarker(done) => self.task = Some(done),
                Event::Rule => {
                    push_text(&mut blocks, &mut loose, Block::Text);
                    blocks.push(Block::Rule);
                }
                Event::Start(tag) if is_block(&tag) => {
                    push_text(&mut blocks, &mut loose, Block::Text);
                    self.block(tag, &mut blocks);
                }
                // Tight list items have text without a paragraph around it.
                other => self.inline(other, &mut loose),
            }
        }
        push_text(&mut blocks, &mut loose, Block::Text);
        blocks
    }

    /// A block whose start was just read.
    fn block(&mut self, tag: Tag<'a>, blocks: &mut Vec<Block>) {
        self.depth += 1;
        match tag {
            Tag::Paragraph => {
                let mut inlines = self.inlines();
                push_text(blocks, &mut inlines, Block::Paragraph);
            }
            Tag::Heading { level, .. } => {
                let inlines = self.inlines();
                blocks.push(Block::Heading(rank(level), inlines));
            }
            Tag::CodeBlock(kind) => blocks.push(self.code(kind)),
            Tag::List(start) => {
                let items = self.items();
                blocks.push(Block::List(start, items));
            }
            Tag::Table(aligns) => {
                let rows = self.rows();
                blocks.push(Block::Table(Table { aligns, rows }));
            }
            Tag::BlockQuote(_) if self.depth <= MAX_DEPTH => {
                let inner = self.blocks();
                blocks.push(Block::Quote(inner));
            }
            // HTML is text like any other; so is what is nested too deep.
            _ => blocks.extend(self.flat()),
        }
        self.depth -= 1;
    }

    /// The text of what is nested too deep to be told apart.
    fn flat(&mut self) -> Option<Block> {
        let mut open = 1;
        let mut inlines = Vec::new();
        for event in self.events.by_ref() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) if open == 1 => break,
                Event::End(_) => open -= 1,
                other => inlines.extend(leaf(other)),
            }
        }
        (!inlines.is_empty()).then_some(Block::Paragraph(inlines))
    }

    fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::Start(_) if self.depth > MAX_DEPTH => {
                    let blocks = self.flat().into_iter().collect();
                    items.push(Item { task: None, blocks });
                }
                Event::Start(_) => {
                    let outer = self.task.take();
                    let blocks = self.blocks();
                    items.push(Item { task: self.task, blocks });
                    self.task = outer;
                }
                _ => break,
            }
        }
        items
    }

    fn code(&mut self, kind: CodeBlockKind<'a>) -> Block {
        let language = match kind {
            CodeBlockKind::Fenced(info) => {
                let word = info.split([' ', ',']).next();
                word.unwrap_or_default().to_owned()
            }
            CodeBlockKind::Indented => String::new(),
        };
        let mut text = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::Text(part) => text.push_str(&part),
                _ => break,
            }
        }
        Block::Code { language, text: clean(&text) }
    }

    /// The rows of a table, its head first.
    fn rows(&mut self) -> Vec<Vec<Vec<Inline>>> {
        let mut rows = Vec::new();
        while let Some(Event::Start(_)) = self.events.next() {
            let mut row = Vec::new();
            while let Some(Event::Start(_)) = self.events.next() {
                row.push(self.inlines());
            }
            rows.push(row);
        }
        rows
    }

    /// The text up to the end of what contains it.
    fn inlines(&mut self) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::End(_) => break,
                other => self.inline(other, &mut inlines),
            }
        }
        inlines
    }

    fn inline(&mut self, event: Event<'a>, inlines: &mut Vec<Inline>) {
        let Event::Start(tag) = event else {
            inlines.extend(leaf(event));
            return;
        };
        self.depth += 1;
        if self.depth > 2 * MAX_DEPTH {
            if let Some(Block::Paragraph(flat)) = self.flat() {
                inlines.extend(flat);
            }
        } else {
            let inner = self.inlines();
            match tag {
                Tag::Strong => inlines.push(Inline::Strong(inner)),
                Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. } => {
                    inlines.push(Inline::Emphasis(inner));
                }
                Tag::Strikethrough => inlines.push(Inline::Struck(inner)),
                _ => inlines.extend(inner),
            }
        }
        self.depth -= 1;
    }
}

/// Text that contains nothing else.
fn leaf(event: Event<'_>) -> Option<Inline> {
    Some(match event {
        Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
            Inline::Text(clean(&text))
        }
        Event::Code(text) => Inline::Code(clean(&text)),
        Event::InlineMath(tex) => Inline::Math(clean(&tex)),
        Event::DisplayMath(tex) => Inline::Display(clean(&tex)),
        Event::SoftBreak => Inline::Text(" ".to_owned()),
        Event::HardBreak => Inline::Break,
        _ => return None,
    })
}

/// Adds text as `kind`, in several parts if formulas are displayed in it.
fn push_text(
    blocks: &mut Vec<Block>,
    inlines: &mut Vec<Inline>,
    kind: fn(Vec<Inline>) -> Block,
) {
    let mut text: Vec<Inline> = Vec::new();
    for inline in inlines.drain(..) {
        if let Inline::Display(tex) = inline {
            if !text.iter().all(is_blank) {
                blocks.push(kind(std::mem::take(&mut text)));
            }
            text.clear();
            blocks.push(Block::Math(tex));
        } else {
            text.push(inline);
        }
    }
    if !text.iter().all(is_blank) {
        blocks.push(kind(text));
    }
}

/// Whether nothing would be seen.
fn is_blank(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Break => true,
        _ => false,
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Strong
            | Tag::Emphasis
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn rank(level: HeadingLevel) -> usize {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
