//! Claims of papers and theorems, tried on the data inside the program:
//! those that are exact or constant and take little time. `gargalo
//! reproduce` tries them all.

#[path = "../support/program.rs"]
mod program;
#[path = "../support/scratch.rs"]
mod scratch;

use gargalo::data::Library;
use gargalo::train::reproduce;
use gargalo::train::reproduce::finding::Expected;
use gargalo::train::reproduce::finding::Verdict;
use gargalo::train::reproduce::lab::Alone;
use gargalo::train::reproduce::lab::Halt;
use gargalo::train::reproduce::lab::Lab;
use gargalo::train::reproduce::lab::Watcher;
use gargalo::train::reproduce::pins::PINS;
use program::Said;
use scratch::Scratch;
use unicode_width::UnicodeWidthStr;

fn gargalo(words: &str) -> Said {
    program::gargalo(Scratch::new().path(), words)
}

/// Holds a row to its claims.
#[track_caller]
fn holds(id: &str) {
    let row = reproduce::find(id).unwrap();
    let (library, mut alone) = (Library::embedded(), Alone);
    let mut lab = Lab::new(&library, 1, &mut alone);
    let findings = (row.measure)(&mut lab).unwrap();
    for f in &findings {
        println!("{id}: {} {:?} {}", f.what, f.expected, f.measured);
    }
    assert_eq!(reproduce::verdict(&findings), Verdict::Holds, "{id}");
}

#[test]
fn thirty_components_of_the_digits_lose_what_they_should() {
    holds("H06-PCA30");
}

#[test]
fn the_norm_of_the_jacobian_is_what_small_steps_measure() {
    holds("R11-J");
}

#[test]
fn the_sparse_cost_and_its_gradient_are_those_of_the_tutorial() {
    holds("U-GRAD");
}

#[test]
fn the_closed_form_of_the_divergence_agrees_with_drawing_lots() {
    holds("VAE-KL");
}

#[test]
fn the_bound_of_a_linear_model_reaches_the_likelihood() {
    holds("LV-ELBO");
}

#[test]
fn a_linear_code_loses_the_discarded_eigenvalues() {
    holds("BH-LOSS");
}

#[test]
fn a_tanh_code_with_a_linear_output_cannot_beat_pca() {
    holds("BK-TANH");
}

#[test]
fn weight_decay_makes_the_decoder_a_mirror() {
    holds("KU-L2");
}

#[test]
fn eight_states_pass_through_three_units() {
    holds("AHS-838");
}

#[test]
fn latents_are_active_where_they_are_worth_their_price() {
    holds("LV-ACTIVE");
}

#[test]
fn more_draws_tighten_the_bound() {
    holds("IW-NLL");
}

#[test]
fn losses_of_means_make_a_code_collapse() {
    holds("BLOG-b392");
}

#[test]
fn what_an_accuracy_of_pixels_can_mean() {
    holds("L-88/92");
}

#[test]
fn exactly_k_units_win() {
    holds("M13-K");
}

#[test]
fn a_linear_code_spans_the_plane_of_the_components() {
    holds("BH-ANGLE");
}

#[test]
fn other_components_are_saddles() {
    holds("BH-SADDLE");
}

#[test]
fn denoisers_point_to_where_the_data_are() {
    holds("AB-SCORE");
}

/// Two programs that do the same must come to the same; otherwise one of
/// them does something else.
#[test]
fn what_was_measured_here_agrees_with_the_other_program() {
    assert!(PINS.len() > 10, "{}", PINS.len());
    for pin in PINS {
        let [(here, a), (peer, b)] = [pin.here(), pin.peer()];
        // Three deviations of a single run, and as much as four digits
        // of the number itself.
        let slack = a.hypot(b).max(1e-3 * here.abs());
        let gap = (here - peer).abs();
        assert!(gap <= slack, "{}: {} {here} {peer}", pin.row, pin.what);
    }
}

#[test]
fn a_row_that_is_pinned_says_what_is_pinned() {
    for pin in PINS {
        assert!(reproduce::find(pin.row).is_some(), "{}", pin.row);
        let expected = Expected::pinned(pin.row, pin.what);
        match pin.expected() {
            Some(_) => assert_eq!(expected, Expected::Pinned(pin)),
            None => assert_eq!(expected, Expected::Unmeasured),
        }
    }
    let unknown = Expected::pinned("KB-32", "price of fish");
    assert_eq!(unknown, Expected::Unmeasured);
}

/// Says stop at once.
struct Impatient;

impl Watcher for Impatient {
    fn say(&mut self, _: &str) {}

    fn stopped(&self) -> bool {
        true
    }
}

#[test]
fn training_stops_when_it_is_told_to() {
    let library = Library::embedded();
    let mut impatient = Impatient;
    let mut lab = Lab::new(&library, 1, &mut impatient);
    let row = reproduce::find("KB-32").unwrap();
    assert_eq!((row.measure)(&mut lab), Err(Halt::Stopped));
}

#[test]
fn the_full_row_wants_the_full_data() {
    let said = gargalo("reproduce KB-32 --full");
    assert_eq!(said.code, 1);
    let told = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("needs all 60000 training images"), "{told}");
    assert!(told.contains("train-images-idx3-ubyte"), "{told}");
    assert!(told.contains("--folder DIR"), "{told}");
    assert!(told.contains("1 row: 0 hold"), "{told}");
    assert!(told.contains("0 fail, 1 not run"), "{told}");
}

#[test]
fn a_row_without_a_long_version_says_so() {
    let said = gargalo("reproduce U-GRAD --full");
    assert_eq!(said.code, 1);
    assert!(said.out.contains("has no long version"), "{}", said.out);
    let json = gargalo("reproduce U-GRAD --full --json").json();
    assert_eq!(json[0]["verdict"], "not run");
}

#[test]
fn rows_are_listed_and_found() {
    let said = gargalo("reproduce --list");
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let rows = reproduce::rows();
    assert_eq!(said.out.lines().count(), rows.len());
    for (line, row) in said.out.lines().zip(&rows) {
        assert!(line.starts_with(row.id) && line.width() <= 80, "{line}");
    }
    let said = gargalo("reproduce PRICE-OF-FISH");
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("--list"), "{}", said.err);
}

#[test]
fn the_table_fits_eighty_columns_and_json_says_the_same() {
    let said = gargalo("reproduce VAE-KL U-GRAD");
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    for line in said.out.lines() {
        assert!(line.width() <= 80, "{line}");
    }
    assert!(said.out.contains("2 rows: 2 hold, 0 open, 0 differ, 0 fail"));
    let json = gargalo("reproduce vae-kl u-grad --json").json();
    let rows = json.as_array().unwrap();
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert_eq!(row["verdict"], "holds");
        for finding in row["findings"].as_array().unwrap() {
            assert!(finding["measured"].is_number(), "{finding}");
        }
    }
}
