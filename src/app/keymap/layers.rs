//! What lies on top of the screen, and fields of text.

use crate::app::action::Action;
use crate::app::action::List;
use crate::app::action::Type;
use crate::app::keymap::BACK_TAB;
use crate::app::keymap::DOWN;
use crate::app::keymap::ENTER;
use crate::app::keymap::ESC;
use crate::app::keymap::Row;
use crate::app::keymap::Stroke;
use crate::app::keymap::TAB;
use crate::app::keymap::UP;
use crate::app::keymap::ctrl;
use crate::app::keymap::key;
use crate::app::keymap::row;
use crate::app::message::Key;
use crate::app::place::Place;

const fn list(
    name: &'static str,
    list: List,
    strokes: &'static [Stroke],
    when: fn(&Place) -> bool,
    rank: u8,
) -> Row {
    row(name, Action::List(list), strokes, when, rank)
}

const fn text(
    name: &'static str,
    text: Type,
    strokes: &'static [Stroke],
    when: fn(&Place) -> bool,
    rank: u8,
) -> Row {
    row(name, Action::Type(text), strokes, when, rank)
}

pub(super) const ROWS: &[Row] = &[
    list("take", List::Take, &[ENTER], Place::search, 9)
        .say("open", "abrir")
        .help_with(
            "Opens the place that was found.",
            "Abre o lugar achado.",
        ),
    list("take", List::Take, &[ENTER], Place::command, 9)
        .say("do it", "executar")
        .help_with("Does what is typed.", "Executa o que foi digitado."),
    list("take", List::Take, &[ENTER], Place::runs, 9)
        .say("show", "mostrar")
        .help_with("Shows this run.", "Mostra este treino."),
    list("line-down", List::Down, &[DOWN, ctrl('n')], Place::prompt, 6)
        .say("next", "próximo")
        .help_with("One line down.", "Uma linha abaixo."),
    list("line-up", List::Up, &[UP, ctrl('p')], Place::prompt, 6)
        .say("previous", "anterior")
        .help_with("One line up.", "Uma linha acima."),
    list(
        "line-down",
        List::Down,
        &[key('j'), DOWN, ctrl('n')],
        Place::lines,
        6,
    )
    .say("down", "abaixo")
    .help_with("One line down.", "Uma linha abaixo."),
    list("line-up", List::Up, &[key('k'), UP, ctrl('p')], Place::lines, 6)
        .say("up", "acima")
        .help_with("One line up.", "Uma linha acima."),
    list("compare-run", List::Compare, &[key('c')], Place::runs, 8)
        .say("compare", "comparar")
        .help_with(
            "Puts this run next to the one that is shown.",
            "Põe este treino ao lado do que é mostrado.",
        ),
    list("pin", List::Pin, &[key('p')], Place::runs, 7)
        .say("pin", "fixar")
        .help_with(
            "Keeps this run for good, or no longer.",
            "Guarda este treino para sempre, ou deixa de guardar.",
        ),
    list(
        "delete",
        List::Delete,
        &[key('d'), Stroke::One(Key::Delete)],
        Place::runs,
        7,
    )
    .say("delete", "apagar")
    .help_with("Deletes this run; u undoes it.", "Apaga; u desfaz."),
    list("restore", List::Restore, &[key('u')], Place::runs, 5)
        .say("undo", "desfazer")
        .help_with(
            "Brings back the run deleted last.",
            "Traz de volta o último treino apagado.",
        ),
    list("yes", List::Yes, &[key('y'), ENTER], Place::confirm, 9)
        .say("yes", "sim")
        .help_with("Yes.", "Sim."),
    list("yes", List::Yes, &[key('s')], Place::confirm, 0)
        .say("yes", "sim")
        .help_with("Yes, in Portuguese.", "Sim."),
    list("no", List::No, &[key('n'), ESC, key('q')], Place::confirm, 9)
        .say("no", "não")
        .help_with("No.", "Não."),
    list("wider", List::Wider, &[key('R')], Place::forget, 8)
        .say("whole lesson", "aula inteira")
        .help_with(
            "Asks about the whole lesson instead of the cell.",
            "Pergunta pela aula inteira em vez da célula.",
        ),
    list("close", List::Close, &[ESC, key('?'), key('q')], Place::help, 9)
        .say("close", "fechar")
        .help_with("Closes the help.", "Fecha a ajuda."),
    list("close", List::Close, &[ESC, key('q'), key('H')], Place::runs, 6)
        .say("close", "fechar")
        .help_with("Closes the list.", "Fecha a lista."),
    list("close", List::Close, &[ESC, key('q'), key('z')], Place::zoom, 7)
        .say("close", "fechar")
        .help_with("Goes back to the lesson.", "Volta à aula."),
    text("accept", Type::Accept, &[ENTER], Place::note, 9)
        .say("keep", "guardar")
        .help_with("Keeps the note.", "Guarda a anotação."),
    text("leave", Type::Leave, &[ESC], Place::typing, 8)
        .say("leave", "sair")
        .help_with(
            "Leaves the field; what is typed stays.",
            "Sai do campo; o texto fica.",
        ),
    text("complete", Type::Complete, &[TAB], Place::command, 7)
        .say("complete", "completar")
        .help_with(
            "Completes the command, then goes through the offers.",
            "Completa o comando, depois percorre as opções.",
        ),
    text(
        "complete-back",
        Type::CompleteBack,
        &[BACK_TAB],
        Place::command,
        0,
    )
    .say("offer before", "opção anterior")
    .help_with("The offer before.", "A opção anterior."),
];
