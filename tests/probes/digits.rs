//! What probes, single units and stacks find in the built-in digits.

use gargalo::Real;
use gargalo::data::DataKind;
use gargalo::data::DataSpec;
use gargalo::data::Dataset;
use gargalo::data::Library;
use gargalo::nn::Matrix;
use gargalo::nn::activation::Activation;
use gargalo::nn::best_of_many::findings;
use gargalo::nn::best_of_many::random_filters;
use gargalo::nn::best_of_many::shuffled;
use gargalo::nn::blueprint::Blueprint;
use gargalo::nn::classifier::Classifier;
use gargalo::nn::concepts::FACES;
use gargalo::nn::concepts::best_units;
use gargalo::nn::desk::Desk;
use gargalo::nn::model::Model as _;
use gargalo::nn::optimizer::Optimizer;
use gargalo::nn::optimizer::Rule;
use gargalo::nn::pca::Pca;
use gargalo::nn::probe::per_class;
use gargalo::nn::random::Purpose;
use gargalo::nn::random::rng;
use gargalo::nn::softmax::undecided;
use gargalo::nn::stacked::Phase;
use gargalo::nn::stacked::Stacked;
use ndarray::Axis;
use rand::seq::SliceRandom as _;

pub fn load(kind: DataKind) -> Dataset {
    let library = Library::embedded();
    library.load(&DataSpec::new(kind)).expect("embedded")
}

/// The mean over the classes of what the best unit reaches: chosen and
/// scored on the same examples, and on different halves, in percent.
fn best(activations: &Matrix, labels: &[u8]) -> [Real; 2] {
    let same = best_units(activations, labels, 10, FACES).into_iter();
    let others = findings(activations, labels, 10, FACES).into_iter();
    let same = same.map(|detector| detector.accuracy).sum::<Real>();
    let others = others.map(|finding| finding.held_out).sum::<Real>();
    [10.0 * same, 10.0 * others]
}

/// The controls of the search for a face neuron (Le et al., 2012). On all
/// of MNIST's test images: pixels 77.5, random filters 79.6, components
/// 80.2; and 64.8 for always saying no.
#[test]
fn the_controls_of_a_concept_unit_are_far_above_guessing() {
    let data = load(DataKind::Digits);
    let (x, labels) = (&data.test.x, &data.test.labels);
    let filters = random_filters(x, 200, &mut rng(1, Purpose::Look));
    let components = Pca::fit(&data.train.x, 64).project(x, 64);
    let controls = [(x, 77.5), (&filters, 79.6), (&components, 80.2)];
    for (activations, published) in controls {
        let [same, held_out] = best(activations, labels);
        println!("{published}: {same} on the same, {held_out} held out");
        assert!((same - published).abs() < 1.5, "{published}: {same}");
        assert!(held_out < same && held_out > same - 3.0, "{held_out}");
    }
    let luck = shuffled(labels, &mut rng(1, Purpose::Look));
    let [same, held_out] = best(&components, &luck);
    println!("shuffled labels: {same}, held out {held_out}");
    assert!(same > 64.8 && same < 67.0, "{same}");
    assert!(held_out < 65.5, "{held_out}");
}

/// A stack for 64 pixels: 50 units, 25 units, ten classes.
fn stack(seed: u64) -> Stacked {
    let mut init = rng(seed, Purpose::Init);
    let mut layer = |inputs, code| {
        let mut plan = Blueprint::linear(inputs, code);
        plan.code_activation = Activation::Sigmoid;
        plan.output_activation = Activation::Sigmoid;
        plan.build(&mut init)
    };
    let layers = vec![layer(64, 50), layer(50, 25)];
    let mut head: Classifier = undecided(25, 10);
    head.weight_decay = 1e-4;
    Stacked::new(layers, head)
}

/// Trains the current phase; labels are only looked at where they belong.
fn train(stack: &mut Stacked, x: &Matrix, labels: &[u8], epochs: usize) {
    let mut optimizer = Optimizer::new(Rule::Adam, 0.005);
    let mut order: Vec<usize> = (0..labels.len()).collect();
    let (mut draws, mut desk) = (rng(1, Purpose::Order), Desk::new());
    for _ in 0..epochs {
        order.shuffle(&mut draws);
        for rows in order.chunks(20) {
            let batch = x.select(Axis(0), rows);
            let seen: Vec<u8> = rows.iter().map(|&i| labels[i]).collect();
            let (_, gradients) = match stack.phase() {
                Phase::Layer(_) => {
                    stack.gradients(&batch, &mut draws, &mut desk)
                }
                _ => stack.learn_labels(&batch, &seen, &mut desk),
            };
            optimizer.step(stack.parameters_mut(), &gradients);
            desk.put_back_all(gradients);
        }
    }
}

/// Pretraining on all 1,437 pictures, five labels per class.
#[test]
fn fine_tuning_improves_a_frozen_stack_and_pretraining_a_fresh_one() {
    let data = load(DataKind::Digits8);
    let (x, labels) = (&data.train.x, &data.train.labels);
    let rows = per_class(labels, 5);
    let few = x.select(Axis(0), &rows);
    let seen: Vec<u8> = rows.iter().map(|&i| labels[i]).collect();
    let test =
        |stack: &Stacked| stack.accuracy(&data.test.x, &data.test.labels);
    let mut means: [Real; 3] = [0.0; 3];
    for seed in 1..=3 {
        let mut pretrained = stack(seed);
        let mut scratch = pretrained.clone();
        while let Phase::Layer(_) = pretrained.phase() {
            train(&mut pretrained, x, labels, 30);
            pretrained.advance();
        }
        train(&mut pretrained, &few, &seen, 100);
        means[0] += test(&pretrained) / 3.0;
        pretrained.advance();
        train(&mut pretrained, &few, &seen, 100);
        means[1] += test(&pretrained) / 3.0;
        scratch.start(Phase::FineTune);
        train(&mut scratch, &few, &seen, 200);
        means[2] += test(&scratch) / 3.0;
    }
    let [frozen, tuned, scratch] = means;
    println!("frozen {frozen}, tuned {tuned}, from scratch {scratch}");
    assert!(tuned > frozen, "{tuned} {frozen}");
    assert!(tuned > scratch + 0.02, "{tuned} {scratch}");
}
