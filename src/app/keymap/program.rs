//! Things that have to do with the program itself.

use crate::app::action::Action;
use crate::app::action::Look;
use crate::app::action::Open;
use crate::app::action::Program;
use crate::app::keymap::Row;
use crate::app::keymap::Stroke;
use crate::app::keymap::ctrl;
use crate::app::keymap::key;
use crate::app::keymap::row;
use crate::app::place::Place;

const fn open(
    name: &'static str,
    open: Open,
    strokes: &'static [Stroke],
    when: fn(&Place) -> bool,
    rank: u8,
) -> Row {
    row(name, Action::Open(open), strokes, when, rank)
}

const fn program(
    name: &'static str,
    program: Program,
    strokes: &'static [Stroke],
    when: fn(&Place) -> bool,
    rank: u8,
) -> Row {
    row(name, Action::Program(program), strokes, when, rank)
}

const fn look(
    name: &'static str,
    look: Look,
    strokes: &'static [Stroke],
    when: fn(&Place) -> bool,
    rank: u8,
) -> Row {
    row(name, Action::Look(look), strokes, when, rank)
}

pub(super) const ROWS: &[Row] = &[
    open("help", Open::Help, &[key('?')], Place::free, 6)
        .say("help", "ajuda")
        .help_with(
            "The keys: first those that work here, then all.",
            "As teclas: primeiro as que funcionam aqui, depois todas.",
        ),
    open("search", Open::Search, &[key('/')], Place::open, 3)
        .say("search", "buscar")
        .help_with(
            "Searches the text of all lessons.",
            "Busca no texto de todas as aulas.",
        ),
    open(
        "search-here",
        Open::SearchHere,
        &[Stroke::Two('g', '/')],
        Place::lesson,
        0,
    )
    .say("search here", "buscar aqui")
    .help_with(
        "Searches the text of this lesson only.",
        "Busca só no texto desta aula.",
    ),
    open("command", Open::Command, &[key(':'), ctrl('p')], Place::free, 1)
        .say("commands", "comandos")
        .help_with(
            "The command line: every action by name, with completion.",
            "A linha de comando: toda ação pelo nome, com complemento.",
        ),
    open("note", Open::Note, &[key('a')], Place::lesson, 1)
        .say("note", "anotar")
        .help_with(
            "Writes a note on the cell.",
            "Escreve uma anotação na célula.",
        ),
    open("reset", Open::Reset, &[key('R')], Place::lesson, 0)
        .say("reset", "apagar")
        .help_with(
            "Forgets what was done in the cell or the lesson, after \
             asking.",
            "Esquece o que foi feito na célula ou na aula, depois de \
             perguntar.",
        ),
    program("bookmark", Program::Bookmark, &[key('b')], Place::lesson, 0)
        .say("bookmark", "marcar")
        .help_with(
            "Bookmarks the cell, or no longer.",
            "Marca a célula, ou desmarca.",
        ),
    program("yank", Program::Yank, &[key('y')], Place::lesson, 0)
        .say("copy", "copiar")
        .help_with(
            "Copies the cell to the clipboard; of an experiment, the \
             command that runs it.",
            "Copia a célula; de um experimento, o comando que o roda.",
        ),
    look("slide", Look::Slide, &[Stroke::Two('g', 's')], Place::lesson, 0)
        .say("slide", "slide")
        .help_with(
            "Names the slide of the lecture.",
            "Diz qual é o slide da aula.",
        ),
    look("language", Look::Language, &[key('L')], Place::open, 1)
        .say("language", "idioma")
        .help_with(
            "Shows the lessons in the other language.",
            "Mostra as aulas no outro idioma.",
        ),
    look("next-theme", Look::Theme, &[key('t')], Place::open, 0)
        .say("theme", "tema")
        .help_with("The next theme.", "O próximo tema."),
    look("mouse", Look::Mouse, &[key('m')], Place::open, 0)
        .say("mouse", "mouse")
        .help_with(
            "Listens to the mouse, or leaves it to the terminal.",
            "Ouve o mouse, ou o deixa para o terminal.",
        ),
    program("redraw", Program::Redraw, &[ctrl('l')], Place::anywhere, 0)
        .say("redraw", "redesenhar")
        .help_with(
            "Paints the whole screen anew.",
            "Redesenha a tela inteira.",
        ),
    program(
        "interrupt",
        Program::Interrupt,
        &[ctrl('c')],
        Place::anywhere,
        0,
    )
    .say("stop", "parar")
    .help_with(
        "Stops the run and keeps what it has; a second time within two \
         seconds asks whether to leave.",
        "Para o treino e guarda o resultado; pela segunda vez em dois \
         segundos pergunta se você quer sair.",
    ),
    program("suspend", Program::Suspend, &[ctrl('z')], Place::anywhere, 0)
        .say("suspend", "suspender")
        .help_with(
            "Gives the terminal back; fg returns.",
            "Devolve o terminal; fg retorna.",
        ),
    program("home", Program::Home, &[key('q'), key('M')], Place::lesson, 2)
        .say("lessons", "aulas")
        .help_with(
            "Goes to the list of lessons; a run goes on.",
            "Vai à lista de aulas; o treino continua.",
        ),
    program("quit", Program::Quit, &[key('q')], Place::home, 2)
        .say("quit", "sair")
        .help_with("Leaves; everything is saved.", "Sai; tudo fica salvo."),
];
