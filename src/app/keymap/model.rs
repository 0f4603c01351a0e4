//! Live experiments: runs, knobs, pictures.

use crate::app::action::Action;
use crate::app::action::Ask;
use crate::app::action::Knob;
use crate::app::action::Look;
use crate::app::action::Open;
use crate::app::action::Program;
use crate::app::action::Run;
use crate::app::keymap::BACK_TAB;
use crate::app::keymap::DOWN;
use crate::app::keymap::ENTER;
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

const fn run(
    name: &'static str,
    run: Run,
    strokes: &'static [Stroke],
    when: fn(&Place) -> bool,
    rank: u8,
) -> Row {
    row(name, Action::Run(run), strokes, when, rank)
}

const fn knob(
    name: &'static str,
    knob: Knob,
    strokes: &'static [Stroke],
    when: fn(&Place) -> bool,
    rank: u8,
) -> Row {
    row(name, Action::Knob(knob), strokes, when, rank)
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
    run("run", Run::Start, &[SPACE], Place::idle, 9)
        .say("run", "rodar")
        .help_with(
            "Trains the model with the knobs as they are.",
            "Treina o modelo com os botões como estão.",
        ),
    run("pause", Run::Pause, &[SPACE], Place::running, 9)
        .say("pause", "pausar")
        .help_with(
            "Lets the training wait; nothing is lost.",
            "Faz o treino esperar; nada se perde.",
        ),
    run("resume", Run::Resume, &[SPACE], Place::paused, 9)
        .say("go on", "continuar")
        .help_with(
            "Lets the training go on from the same step.",
            "Continua o treino a partir do mesmo passo.",
        ),
    knob("more", Knob::More, &[key('l'), RIGHT, key('+')], Place::knob, 8)
        .say("more", "mais")
        .help_with(
            "Turns the knob one value up.",
            "Gira o botão um valor acima.",
        ),
    knob("less", Knob::Less, &[key('h'), LEFT, key('-')], Place::knob, 8)
        .say("less", "menos")
        .help_with(
            "Turns the knob one value down.",
            "Gira o botão um valor abaixo.",
        ),
    knob("more", Knob::More, &[ENTER], Place::word, 0)
        .say("next value", "próximo valor")
        .help_with(
            "Turns the knob to the next value.",
            "Gira o botão para o próximo valor.",
        ),
    knob(
        "far-more",
        Knob::FarMore,
        &[Stroke::One(Key::ShiftRight)],
        Place::knob,
        0,
    )
    .say("much more", "muito mais")
    .help_with(
        "Turns the knob up by a big step.",
        "Gira o botão um passo grande acima.",
    ),
    knob(
        "far-less",
        Knob::FarLess,
        &[Stroke::One(Key::ShiftLeft)],
        Place::knob,
        0,
    )
    .say("much less", "muito menos")
    .help_with(
        "Turns the knob down by a big step.",
        "Gira o botão um passo grande abaixo.",
    ),
    knob(
        "digit",
        Knob::Digit,
        &[Stroke::Digit, key('.')],
        Place::number,
        0,
    )
    .say("exact value", "valor exato")
    .help_with(
        "Types an exact value; Enter sets it, Esc leaves it.",
        "Digita um valor exato; Enter define, Esc sai.",
    ),
    knob("edit", Knob::Edit, &[ENTER], Place::number, 3)
        .say("type a value", "digitar valor")
        .help_with(
            "Begins to type an exact value.",
            "Começa a digitar um valor exato.",
        ),
    knob("set-value", Knob::Set, &[ENTER], Place::value, 9)
        .say("set", "definir")
        .help_with(
            "Turns the knob to the value that was typed.",
            "Gira o botão para o valor digitado.",
        ),
    knob("default", Knob::Default, &[key('0')], Place::knob, 2)
        .say("lesson's value", "valor da aula")
        .help_with(
            "Turns the knob back to the lesson's value.",
            "Volta o botão ao valor da aula.",
        ),
    knob("undo", Knob::Undo, &[key('u')], Place::model, 3)
        .say("undo", "desfazer")
        .help_with(
            "Takes back the last turn of a knob.",
            "Desfaz o último giro de um botão.",
        ),
    knob("redo", Knob::Redo, &[ctrl('r')], Place::model, 0)
        .say("redo", "refazer")
        .help_with(
            "Does again what was undone.",
            "Refaz o que foi desfeito.",
        ),
    run("fresh", Run::Fresh, &[key('r')], Place::model, 5)
        .say("restart", "recomeçar")
        .help_with(
            "Trains again from fresh weights.",
            "Treina de novo com pesos novos.",
        ),
    run("batch", Run::Batch, &[key('s')], Place::model, 3)
        .say("one batch", "um lote")
        .help_with(
            "Takes one batch and waits.",
            "Treina um lote e espera.",
        ),
    run("epoch", Run::Epoch, &[key('e')], Place::model, 3)
        .say("one epoch", "uma época")
        .help_with(
            "Goes on to the end of the epoch and waits.",
            "Segue até o fim da época e espera.",
        ),
    run("stop", Run::Stop, &[], Place::live, 0)
        .say("stop", "parar")
        .help_with(
            "Ends the run; the result so far is kept.",
            "Encerra o treino; o resultado até aqui é guardado.",
        ),
    run("run-all", Run::All, &[], Place::lesson, 0)
        .say("run all", "rodar tudo")
        .help_with(
            "Runs every experiment of the lesson, one after the other.",
            "Roda todos os experimentos da aula, um após o outro.",
        ),
    run("compare", Run::Compare, &[key('c')], Place::model, 3)
        .say("compare", "comparar")
        .help_with(
            "Shows the run before next to this one, or no longer.",
            "Mostra o treino anterior ao lado deste, ou deixa de mostrar.",
        ),
    row("history", Action::Open(Open::Runs), &[key('H')], Place::bench, 3)
        .say("runs", "treinos")
        .help_with(
            "The list of the runs: show, pin, compare, delete.",
            "A lista de treinos: mostrar, fixar, comparar, apagar.",
        ),
    row("zoom", Action::Open(Open::Zoom), &[key('z')], Place::bench, 6)
        .say("zoom", "ampliar")
        .help_with(
            "Shows the picture on the whole screen.",
            "Mostra a imagem na tela inteira.",
        ),
    row("zoom", Action::Open(Open::Zoom), &[ENTER], Place::on_picture, 0)
        .say("zoom", "ampliar")
        .help_with(
            "Shows the picture on the whole screen.",
            "Mostra a imagem na tela inteira.",
        ),
    look("next-picture", Look::NextPicture, &[key(';')], Place::model, 6)
        .say("picture", "imagem")
        .help_with("The next picture.", "A próxima imagem."),
    look(
        "previous-picture",
        Look::PreviousPicture,
        &[key(',')],
        Place::model,
        0,
    )
    .say("picture before", "imagem anterior")
    .help_with("The picture before.", "A imagem anterior."),
    look("epoch-back", Look::Earlier, &[key('<')], Place::model, 2)
        .say("earlier", "antes")
        .help_with(
            "Shows the pictures as they were some epochs earlier.",
            "Mostra as imagens como eram algumas épocas antes.",
        ),
    look("epoch-on", Look::Later, &[key('>')], Place::model, 0)
        .say("later", "depois")
        .help_with(
            "Shows the pictures as they were some epochs later.",
            "Mostra as imagens como eram algumas épocas depois.",
        ),
    look("next-picture", Look::NextPicture, &[TAB], Place::zoom, 6)
        .say("picture", "imagem")
        .help_with("The next picture.", "A próxima imagem."),
    look(
        "previous-picture",
        Look::PreviousPicture,
        &[BACK_TAB],
        Place::zoom,
        0,
    )
    .say("picture before", "imagem anterior")
    .help_with("The picture before.", "A imagem anterior."),
    look(
        "next",
        Look::Next,
        &[key('l'), RIGHT, key('+')],
        Place::picture,
        8,
    )
    .say("next", "próximo")
    .help_with(
        "Looks at the next example, filter or unit.",
        "Mostra o próximo exemplo, filtro ou unidade.",
    ),
    look(
        "previous",
        Look::Previous,
        &[key('h'), LEFT, key('-')],
        Place::picture,
        8,
    )
    .say("previous", "anterior")
    .help_with(
        "Looks at the example, filter or unit before.",
        "Mostra o exemplo, filtro ou unidade anterior.",
    ),
    look(
        "far-next",
        Look::FarNext,
        &[Stroke::One(Key::ShiftRight)],
        Place::picture,
        0,
    )
    .say("ten on", "dez à frente")
    .help_with("Looks ten further.", "Avança dez."),
    look(
        "far-previous",
        Look::FarPrevious,
        &[Stroke::One(Key::ShiftLeft)],
        Place::picture,
        0,
    )
    .say("ten back", "dez atrás")
    .help_with("Looks ten back.", "Volta dez."),
    look("above", Look::Above, &[key('k'), UP], Place::walks, 7)
        .say("up", "acima")
        .help_with(
            "Walks up on the plane of codes.",
            "Sobe no plano dos códigos.",
        ),
    look("below", Look::Below, &[key('j'), DOWN], Place::walks, 7)
        .say("down", "abaixo")
        .help_with(
            "Walks down on the plane of codes.",
            "Desce no plano dos códigos.",
        ),
    look("labels", Look::Labels, &[key('v')], Place::model, 2)
        .say("labels", "rótulos")
        .help_with(
            "Shows or hides the classes of the examples.",
            "Mostra ou esconde as classes dos exemplos.",
        ),
    look("align", Look::Align, &[key('A')], Place::model, 0)
        .say("align", "alinhar")
        .help_with(
            "Turns the filters of a finished run to match the principal \
             axes, and back.",
            "Gira os filtros de um treino terminado para casar com os \
             eixos principais, e de volta.",
        ),
    look("axes", Look::Axes, &[key('=')], Place::model, 0)
        .say("log axes", "eixos log")
        .help_with(
            "Switches the plots to logarithmic axes and back.",
            "Muda os gráficos para eixos logarítmicos e de volta.",
        ),
    row("why", Action::Ask(Ask::Why), &[key('w')], Place::bench, 0)
        .say("why not yet", "por que ainda não")
        .help_with(
            "Says what the goals for this experiment still lack.",
            "Diz o que ainda falta às metas deste experimento.",
        ),
    row("again", Action::Ask(Ask::Again), &[key('p')], Place::bench, 0)
        .say("predict", "prever")
        .help_with(
            "Goes to the prediction about this experiment.",
            "Vai à previsão sobre este experimento.",
        ),
    row(
        "export",
        Action::Program(Program::Export),
        &[key('x')],
        Place::model,
        0,
    )
    .say("export", "exportar")
    .help_with(
        "Writes the run that is shown to a text file.",
        "Grava o treino mostrado em um arquivo de texto.",
    ),
];
