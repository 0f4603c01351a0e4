//! Moving about, and the questions of a lesson.

use crate::app::action::Action;
use crate::app::action::Ask;
use crate::app::action::Go;
use crate::app::action::Look;
use crate::app::keymap::BACK_TAB;
use crate::app::keymap::DOWN;
use crate::app::keymap::ENTER;
use crate::app::keymap::ESC;
use crate::app::keymap::LEFT;
use crate::app::keymap::RIGHT;
use crate::app::keymap::Row;
use crate::app::keymap::SPACE;
use crate::app::keymap::Stroke;
use crate::app::keymap::TAB;
use crate::app::keymap::UP;
use crate::app::keymap::ctrl;
use crate::app::keymap::key;
use crate::app::keymap::row;
use crate::app::message::Key;
use crate::app::place::Place;

const fn go(
    name: &'static str,
    go: Go,
    strokes: &'static [Stroke],
    when: fn(&Place) -> bool,
    rank: u8,
) -> Row {
    row(name, Action::Go(go), strokes, when, rank)
}

const fn ask(
    name: &'static str,
    ask: Ask,
    strokes: &'static [Stroke],
    when: fn(&Place) -> bool,
    rank: u8,
) -> Row {
    row(name, Action::Ask(ask), strokes, when, rank)
}

pub(super) const ROWS: &[Row] = &[
    go("open", Go::Enter, &[ENTER, RIGHT, key('l')], Place::home, 9)
        .say("open", "abrir")
        .help_with(
            "Opens the lesson, where you left it.",
            "Abre a aula, no ponto em que você a deixou.",
        ),
    ask("answer", Ask::Answer, &[ENTER], Place::answerable, 9)
        .say("answer", "responder")
        .help_with(
            "Answers the question, or checks whether the goal is reached.",
            "Responde à pergunta, ou confere se a meta foi atingida.",
        ),
    ask("answer", Ask::Answer, &[ENTER], Place::answer, 9)
        .say("answer", "responder")
        .help_with(
            "Answers with what was typed.",
            "Responde com o que foi digitado.",
        ),
    ask("type", Ask::Edit, &[ENTER], Place::typed, 9)
        .say("type", "digitar")
        .help_with(
            "Begins to type the answer; Enter sends it, Esc leaves it.",
            "Começa a digitar a resposta; Enter envia, Esc sai.",
        ),
    ask("option", Ask::Digit, &[Stroke::Digit], Place::choices, 8)
        .say("choose", "escolher")
        .help_with(
            "Puts the cursor on the option with this number.",
            "Põe o cursor na opção com este número.",
        ),
    row(
        "setup",
        Action::Look(Look::Choose),
        &[Stroke::Digit],
        Place::setup,
        9,
    )
    .say("choose", "escolher")
    .help_with(
        "Chooses how the program looks; change it whenever you like.",
        "Escolhe a aparência do programa; mude quando quiser.",
    ),
    ask(
        "surer",
        Ask::Surer,
        &[key('l'), RIGHT, key('+')],
        Place::predict,
        7,
    )
    .say("surer", "mais certeza")
    .help_with(
        "You are surer of your prediction.",
        "Você tem mais certeza da sua previsão.",
    ),
    ask(
        "less-sure",
        Ask::LessSure,
        &[key('h'), LEFT, key('-')],
        Place::predict,
        7,
    )
    .say("less sure", "menos certeza")
    .help_with(
        "You are less sure of your prediction.",
        "Você tem menos certeza da sua previsão.",
    ),
    ask("lift", Ask::Lift, &[SPACE], Place::order, 8)
        .say("lift", "levantar")
        .help_with(
            "Takes up the step under the cursor, to move it.",
            "Levanta o passo sob o cursor, para movê-lo.",
        ),
    ask("drop", Ask::Drop, &[SPACE, ENTER, ESC], Place::lifted, 9)
        .say("put down", "soltar")
        .help_with(
            "Puts the step down where it is.",
            "Solta o passo onde ele está.",
        ),
    ask(
        "later",
        Ask::Later,
        &[key('j'), DOWN, key('l'), RIGHT, TAB],
        Place::lifted,
        8,
    )
    .say("down", "descer")
    .help_with(
        "Moves the step down; below the line it does not belong.",
        "Desce o passo; abaixo da linha ele não faz parte.",
    ),
    ask(
        "earlier",
        Ask::Earlier,
        &[key('k'), UP, key('h'), LEFT, BACK_TAB],
        Place::lifted,
        8,
    )
    .say("up", "subir")
    .help_with("Moves the step up.", "Sobe o passo."),
    ask("later", Ask::Later, &[key('l'), RIGHT], Place::order, 5)
        .say("move down", "descer")
        .help_with(
            "Moves the step under the cursor down.",
            "Desce o passo sob o cursor.",
        ),
    ask("earlier", Ask::Earlier, &[key('h'), LEFT], Place::order, 5)
        .say("move up", "subir")
        .help_with(
            "Moves the step under the cursor up.",
            "Sobe o passo sob o cursor.",
        ),
    ask("take-back", Ask::Undo, &[key('u')], Place::question, 2)
        .say("undo", "desfazer")
        .help_with(
            "Takes back the answer; what you did stays counted.",
            "Desfaz a resposta; o que você fez continua contado.",
        ),
    ask("hint", Ask::Hint, &[key('i')], Place::exercise, 6)
        .say("hint", "dica")
        .help_with(
            "Opens the next of the hints.",
            "Abre a próxima das dicas.",
        ),
    ask("solution", Ask::Solution, &[key('I')], Place::exercise, 0)
        .say("solution", "solução")
        .help_with(
            "Shows the worked solution, after asking.",
            "Mostra a solução comentada, depois de perguntar.",
        ),
    ask("why", Ask::Why, &[key('w')], Place::exercise, 5)
        .say("why not yet", "por que ainda não")
        .help_with(
            "Says what is still missing, and by how much.",
            "Diz o que ainda falta, e quanto.",
        ),
    ask("again", Ask::Again, &[key('p')], Place::predict, 3)
        .say("predict again", "prever de novo")
        .help_with(
            "Forgets the prediction, so that you can predict again.",
            "Esquece a previsão, para que você possa prever de novo.",
        ),
    go("experiment", Go::Experiment, &[key('o')], Place::about, 7)
        .say("experiment", "experimento")
        .help_with(
            "Goes to the experiment that this cell is about, and turns \
             its knobs if the cell says how; o there comes back.",
            "Vai ao experimento desta célula, e gira seus botões se a \
             célula disser como; o lá volta para cá.",
        ),
    go("back", Go::Back, &[key('o')], Place::sent, 6)
        .say("back", "voltar")
        .help_with(
            "Goes back to the question that sent you here.",
            "Volta à pergunta que mandou você para cá.",
        ),
    go("down", Go::Down, &[ENTER], Place::plain_cell, 6)
        .say("continue", "continuar")
        .help_with("Goes on to the next cell.", "Segue para a próxima."),
    go("down", Go::Down, &[key('j'), DOWN, ctrl('n')], Place::open, 4)
        .say("next", "próxima")
        .help_with(
            "To the next cell, or the next lesson of the list.",
            "À próxima célula, ou à próxima aula da lista.",
        ),
    go("up", Go::Up, &[key('k'), UP], Place::open, 4)
        .say("previous", "anterior")
        .help_with("To the cell or lesson before.", "À anterior."),
    go("next-item", Go::NextItem, &[TAB], Place::lesson, 4)
        .say("item", "item")
        .help_with(
            "To the next item of the cell: knobs, pictures, options, \
             steps.",
            "Ao próximo item da célula: botões, imagens, opções, passos.",
        ),
    go("previous-item", Go::PreviousItem, &[BACK_TAB], Place::lesson, 0)
        .say("item before", "item anterior")
        .help_with("To the item before.", "Ao item anterior."),
    go(
        "half-down",
        Go::HalfDown,
        &[ctrl('d'), Stroke::One(Key::PageDown)],
        Place::scrolls,
        0,
    )
    .say("half a screen", "meia tela")
    .help_with("Half a screen down.", "Meia tela abaixo."),
    go(
        "half-up",
        Go::HalfUp,
        &[ctrl('u'), Stroke::One(Key::PageUp)],
        Place::scrolls,
        0,
    )
    .say("half a screen up", "meia tela acima")
    .help_with("Half a screen up.", "Meia tela acima."),
    go(
        "top",
        Go::Top,
        &[Stroke::Two('g', 'g'), Stroke::One(Key::Home)],
        Place::scrolls,
        0,
    )
    .say("top", "início")
    .help_with("To the first cell or lesson.", "Ao início."),
    go(
        "bottom",
        Go::Bottom,
        &[key('G'), Stroke::One(Key::End)],
        Place::scrolls,
        0,
    )
    .say("bottom", "fim")
    .help_with("To the last cell or lesson.", "Ao fim."),
    go("count", Go::Count, &[Stroke::Digit], Place::countable, 0)
        .say("number", "número")
        .help_with(
            "Begins a number: 7G goes to cell 7; in the list of lessons \
             it chooses one.",
            "Começa um número: 7G vai à célula 7; na lista de aulas, \
             escolhe uma.",
        ),
    go("goto", Go::Number, &[Stroke::Counted('G')], Place::open, 0)
        .say("go to", "ir para")
        .help_with(
            "Goes to the cell with this number.",
            "Vai à célula com este número.",
        ),
    go("goto", Go::Number, &[key('G')], Place::value, 0)
        .say("go to", "ir para")
        .help_with(
            "Goes to the cell with the number that was typed.",
            "Vai à célula com o número digitado.",
        ),
    go("next-lesson", Go::NextLesson, &[key(']')], Place::lesson, 0)
        .say("next lesson", "próxima aula")
        .help_with("To the next lesson.", "À próxima aula."),
    go(
        "previous-lesson",
        Go::PreviousLesson,
        &[key('[')],
        Place::lesson,
        0,
    )
    .say("previous lesson", "aula anterior")
    .help_with("To the lesson before.", "À aula anterior."),
    go("sandbox", Go::Sandbox, &[key('S')], Place::outside, 2)
        .say("sandbox", "sandbox")
        .help_with(
            "Opens the sandbox with this experiment: any data, any model, \
             nothing graded.",
            "Abre a caixa de areia com este experimento: quaisquer dados, \
             qualquer modelo, sem nota.",
        ),
    go("sandbox", Go::Sandbox, &[key('S')], Place::inside, 6)
        .say("back", "voltar")
        .help_with(
            "Goes back to where you came from.",
            "Volta para onde você estava.",
        ),
    go("next-group", Go::NextGroup, &[key('}')], Place::grouped, 7)
        .say("group", "grupo")
        .help_with(
            "To the next group of knobs.",
            "Ao próximo grupo de botões.",
        ),
    go("group-before", Go::PreviousGroup, &[key('{')], Place::grouped, 0)
        .say("group before", "grupo anterior")
        .help_with(
            "To the group of knobs before.",
            "Ao grupo de botões anterior.",
        ),
    go("next-hit", Go::NextHit, &[key('n')], Place::open, 0)
        .say("next hit", "próximo achado")
        .help_with(
            "To the next place where the search found something.",
            "Ao próximo lugar em que a busca achou algo.",
        ),
    go("previous-hit", Go::PreviousHit, &[key('N')], Place::open, 0)
        .say("hit before", "achado anterior")
        .help_with("To the hit before.", "Ao achado anterior."),
];
