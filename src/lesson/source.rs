//! The source of the models, as the tutor shows it: the very text that
//! this program was built from.
//!
//! rustfmt guarantees that an item ends at the first line with its own
//! indentation that begins with a closing bracket, or on its first line if
//! that ends with a semicolon or a bracket. A test compares the list of
//! files with the folder `src/nn`.

/// A file of `src/nn`, by name, such as `dense.rs`.
pub fn file(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(file, _)| *file == name).map(|(_, text)| *text)
}

/// The names of all files.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// An item of a file: `Dense`, `Dense::forward`, `glorot`, or `*` for the
/// whole file; with its documentation and attributes, without the
/// indentation of the block it stands in.
pub fn find(name: &str, item: &str) -> Option<String> {
    find_in(file(name)?, item)
}

/// An item of a text.
pub fn find_in(text: &str, item: &str) -> Option<String> {
    if item == "*" {
        return Some(text.to_owned());
    }
    let lines: Vec<&str> = text.lines().collect();
    if let Some((owner, member)) = item.split_once("::") {
        return find_member(&lines, owner, member);
    }
    let start =
        lines.iter().position(|line| defines(line, item).is_some())?;
    Some(cut(&lines, start))
}

/// A method, constant or variant in any `impl`, `trait` or type.
fn find_member(lines: &[&str], owner: &str, name: &str) -> Option<String> {
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let end = end_of(lines, at);
        if is_block_of(line, owner) {
            let inside = (at + 1)..end;
            let found = inside.clone().find(|i| {
                lines.get(*i).is_some_and(|line| {
                    let member = line.strip_prefix("    ");
                    member.is_some_and(|m| defines(m, name).is_some())
                })
            });
            if let Some(start) = found {
                return Some(cut(lines, start));
            }
        }
        at = if is_block_of(line, owner) { end + 1 } else { at + 1 };
    }
    None
}

/// Whether a line opens an `impl`, `trait`, `struct` or `enum` of a name.
fn is_block_of(line: &str, owner: &str) -> bool {
    if let Some(rest) = line.strip_prefix("impl") {
        let target = rest.rsplit_once(" for ").map_or(rest, |(_, t)| t);
        let target = target.trim_start();
        let target = match target.strip_prefix('<') {
            Some(generic) => {
                generic.split_once('>').map_or("", |(_, t)| t).trim_start()
            }
            None => target,
        };
        return word(target) == owner;
    }
    defines(line, owner)
        .is_some_and(|kind| matches!(kind, "trait" | "struct" | "enum"))
}

/// The keyword with which an unindented line defines a name.
fn defines<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let mut words = line.split(' ').peekable();
    if words.peek().is_some_and(|word| word.starts_with("pub")) {
        words.next();
        // `pub(in path)` has a blank; nn has none.
    }
    let mut kind = words.next()?;
    let mut rest = words.next()?;
    if kind == "const" && rest == "fn" {
        (kind, rest) = (rest, words.next()?);
    }
    let known = matches!(
        kind,
        "fn" | "struct" | "enum" | "trait" | "type" | "const" | "static"
    );
    (known && word(rest) == name).then_some(kind)
}

/// The name at the start of a text.
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// The index of the last line of the item that begins at a line.
fn end_of(lines: &[&str], start: usize) -> usize {
    let Some(first) = lines.get(start) else { return start };
    if first.ends_with([';', '}']) {
        return start;
    }
    let own = indent(first);
    let is_value = ["const ", "static ", "type "]
        .iter()
        .any(|kind| first.contains(kind))
        && !first.contains("fn ");
    let ends = |line: &str| {
        let inset = indent(line).saturating_sub(own);
        if is_value {
            return inset <= 4 && line.ends_with(';');
        }
        let bracket = line.trim_start().starts_with([')', '}']);
        inset == 0 && bracket && line.ends_with(['}', ';'])
    };
    let mut rest = lines.iter().enumerate().skip(start + 1);
    rest.find(|(_, line)| ends(line)).map_or(start, |(i, _)| i)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The item that begins at a line, with the comments and attributes above.
fn cut(lines: &[&str], start: usize) -> String {
    let Some(first) = lines.get(start) else { return String::new() };
    let own = indent(first);
    let mut from = start;
    let mut attribute = false;
    for (i, line) in lines.iter().enumerate().take(start).rev() {
        let line = line.trim_start();
        attribute = line == ")]" || (attribute && !line.starts_with("#["));
        let part = attribute
            || line.starts_with("///")
            || line.starts_with("//")
            || line.starts_with("#[");
        if !part {
            break;
        }
        from = i;
    }
    let mut text = String::new();
    for line in lines.get(from..=end_of(lines, start)).unwrap_or_default() {
        text.push_str(line.get(own..).unwrap_or(line.trim_start()));
        text.push('\n');
    }
    text
}

/// The files of `src/nn`.
pub const FILES: &[(&str, &str)] = &[
    ("activation.rs", include_str!("../nn/activation.rs")),
    ("anomaly.rs", include_str!("../nn/anomaly.rs")),
    ("autoencoder.rs", include_str!("../nn/autoencoder.rs")),
    ("batch_loss.rs", include_str!("../nn/batch_loss.rs")),
    ("best_of_many.rs", include_str!("../nn/best_of_many.rs")),
    ("blueprint.rs", include_str!("../nn/blueprint.rs")),
    ("class_loss.rs", include_str!("../nn/class_loss.rs")),
    ("classifier.rs", include_str!("../nn/classifier.rs")),
    ("columns.rs", include_str!("../nn/columns.rs")),
    ("concepts.rs", include_str!("../nn/concepts.rs")),
    ("confusion.rs", include_str!("../nn/confusion.rs")),
    ("contractive.rs", include_str!("../nn/contractive.rs")),
    ("conv.rs", include_str!("../nn/conv.rs")),
    ("convolutional.rs", include_str!("../nn/convolutional.rs")),
    ("correlation.rs", include_str!("../nn/correlation.rs")),
    ("corruption.rs", include_str!("../nn/corruption.rs")),
    ("curvature.rs", include_str!("../nn/curvature.rs")),
    ("decay.rs", include_str!("../nn/decay.rs")),
    ("decoder.rs", include_str!("../nn/decoder.rs")),
    ("denoising.rs", include_str!("../nn/denoising.rs")),
    ("dense.rs", include_str!("../nn/dense.rs")),
    ("desk.rs", include_str!("../nn/desk.rs")),
    ("eigen.rs", include_str!("../nn/eigen.rs")),
    ("factors.rs", include_str!("../nn/factors.rs")),
    ("feature_maps.rs", include_str!("../nn/feature_maps.rs")),
    ("fine_tuning.rs", include_str!("../nn/fine_tuning.rs")),
    ("full_batch.rs", include_str!("../nn/full_batch.rs")),
    ("gradient.rs", include_str!("../nn/gradient.rs")),
    ("gradient_check.rs", include_str!("../nn/gradient_check.rs")),
    ("image_builder.rs", include_str!("../nn/image_builder.rs")),
    ("image_layer.rs", include_str!("../nn/image_layer.rs")),
    ("image_learning.rs", include_str!("../nn/image_learning.rs")),
    ("image_network.rs", include_str!("../nn/image_network.rs")),
    ("image_plan.rs", include_str!("../nn/image_plan.rs")),
    ("interpolation.rs", include_str!("../nn/interpolation.rs")),
    ("jacobian.rs", include_str!("../nn/jacobian.rs")),
    ("k_sparse.rs", include_str!("../nn/k_sparse.rs")),
    ("kl.rs", include_str!("../nn/kl.rs")),
    ("kmeans.rs", include_str!("../nn/kmeans.rs")),
    ("lbfgs.rs", include_str!("../nn/lbfgs.rs")),
    ("learning.rs", include_str!("../nn/learning.rs")),
    ("lifetime.rs", include_str!("../nn/lifetime.rs")),
    ("likelihood.rs", include_str!("../nn/likelihood.rs")),
    ("line.rs", include_str!("../nn/line.rs")),
    ("line_search.rs", include_str!("../nn/line_search.rs")),
    ("linear_vae.rs", include_str!("../nn/linear_vae.rs")),
    ("loss.rs", include_str!("../nn/loss.rs")),
    ("mlp.rs", include_str!("../nn/mlp.rs")),
    ("mod.rs", include_str!("../nn/mod.rs")),
    ("model.rs", include_str!("../nn/model.rs")),
    ("neighbors.rs", include_str!("../nn/neighbors.rs")),
    ("network.rs", include_str!("../nn/network.rs")),
    ("noise.rs", include_str!("../nn/noise.rs")),
    ("optimizer.rs", include_str!("../nn/optimizer.rs")),
    ("oriented.rs", include_str!("../nn/oriented.rs")),
    ("pass.rs", include_str!("../nn/pass.rs")),
    ("pca.rs", include_str!("../nn/pca.rs")),
    ("penalties.rs", include_str!("../nn/penalties.rs")),
    ("pool.rs", include_str!("../nn/pool.rs")),
    ("posterior.rs", include_str!("../nn/posterior.rs")),
    ("power_iteration.rs", include_str!("../nn/power_iteration.rs")),
    ("probe.rs", include_str!("../nn/probe.rs")),
    ("random.rs", include_str!("../nn/random.rs")),
    ("rbf.rs", include_str!("../nn/rbf.rs")),
    ("reparametrization.rs", include_str!("../nn/reparametrization.rs")),
    ("roc.rs", include_str!("../nn/roc.rs")),
    ("score.rs", include_str!("../nn/score.rs")),
    ("slow_motion.rs", include_str!("../nn/slow_motion.rs")),
    ("softmax.rs", include_str!("../nn/softmax.rs")),
    ("sparse.rs", include_str!("../nn/sparse.rs")),
    ("stacked.rs", include_str!("../nn/stacked.rs")),
    ("stacked_learning.rs", include_str!("../nn/stacked_learning.rs")),
    ("stimulus.rs", include_str!("../nn/stimulus.rs")),
    ("stump.rs", include_str!("../nn/stump.rs")),
    ("stumps.rs", include_str!("../nn/stumps.rs")),
    ("subspace.rs", include_str!("../nn/subspace.rs")),
    ("svm.rs", include_str!("../nn/svm.rs")),
    ("tied.rs", include_str!("../nn/tied.rs")),
    ("transposed.rs", include_str!("../nn/transposed.rs")),
    ("traversal.rs", include_str!("../nn/traversal.rs")),
    ("ufldl.rs", include_str!("../nn/ufldl.rs")),
    ("variational.rs", include_str!("../nn/variational.rs")),
    (
        "variational_learning.rs",
        include_str!("../nn/variational_learning.rs"),
    ),
    ("window.rs", include_str!("../nn/window.rs")),
    ("zoom.rs", include_str!("../nn/zoom.rs")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const SOURCE: &str = "//! Doc.

/// A layer.
#[derive(
    Debug,
    Clone,
)]
pub struct Dense {
    /// Weights.
    pub weights: Matrix,
}

impl Dense {
    /// Makes one.
    pub fn new(
        inputs: usize,
    ) -> Self {
        Self { weights: zeros(inputs) }
    }
}

impl Codec for Dense {
    /// Encodes.
    #[must_use]
    fn encode(&self, x: &Matrix) -> Matrix {
        if true {
        }
        x.dot(&self.weights)
    }
}

/// Small.
pub const SMALL: Real = 1e-6;

const TABLE: &[Real] =
    &[1.0, 2.0];

trait Codec {
    /// Encodes.
    fn encode(&self, x: &Matrix) -> Matrix;
}

fn encode() {}
";

    #[test]
    fn items_come_whole_with_what_is_written_above_them() {
        let dense = find_in(SOURCE, "Dense").unwrap();
        assert!(dense.starts_with("/// A layer.\n#[derive(\n"), "{dense}");
        assert!(dense.ends_with("pub weights: Matrix,\n}\n"), "{dense}");
        let small = find_in(SOURCE, "SMALL").unwrap();
        assert_eq!(small, "/// Small.\npub const SMALL: Real = 1e-6;\n");
        let table = find_in(SOURCE, "TABLE").unwrap();
        assert!(table.ends_with("    &[1.0, 2.0];\n"), "{table}");
        assert_eq!(find_in(SOURCE, "encode").unwrap(), "fn encode() {}\n");
        assert_eq!(find_in(SOURCE, "*").unwrap(), SOURCE);
    }

    #[test]
    fn methods_are_found_in_every_block_of_their_type() {
        let new = find_in(SOURCE, "Dense::new").unwrap();
        assert!(new.starts_with("/// Makes one.\npub fn new(\n    inputs"));
        assert!(new.ends_with("zeros(inputs) }\n}\n"), "{new}");
        let encode = find_in(SOURCE, "Dense::encode").unwrap();
        let start = "/// Encodes.\n#[must_use]\nfn encode(";
        assert!(encode.starts_with(start), "{encode}");
        assert!(encode.ends_with("x.dot(&self.weights)\n}\n"), "{encode}");
        let method = find_in(SOURCE, "Codec::encode").unwrap();
        assert!(
            method.ends_with("fn encode(&self, x: &Matrix) -> Matrix;\n")
        );
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for item in ["Den", "Dense::forward", "new", "", "::", "Dense::"] {
            assert_eq!(find_in(SOURCE, item), None, "{item}");
        }
        assert_eq!(file("../lib.rs"), None);
    }

    #[test]
    fn the_list_is_the_folder() {
        let mut names: Vec<String> = fs::read_dir("src/nn")
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".rs"))
            .collect();
        names.sort();
        let listed: Vec<&str> = FILES.iter().map(|(n, _)| *n).collect();
        assert_eq!(names, listed);
    }

    #[test]
    fn every_public_item_of_the_textbook_is_found_whole() {
        for (name, text) in FILES {
            let mut owner = String::new();
            for line in text.lines() {
                if let Some(rest) = line.strip_prefix("impl ") {
                    let rest = rest.split(" for ").last().unwrap();
                    owner = word(rest).to_owned();
                }
                let item = line.trim_start();
                let Some(rest) = item.strip_prefix("pub fn ") else {
                    continue;
                };
                let item = match line.starts_with(' ') {
                    true => format!("{owner}::{}", word(rest)),
                    false => word(rest).to_owned(),
                };
                let found = find(name, &item);
                let found =
                    found.unwrap_or_else(|| panic!("{name} {item}"));
                assert!(found.ends_with("}\n"), "{name} {item}: {found}");
                let depth = found.matches('{').count();
                assert_eq!(depth, found.matches('}').count(), "{found}");
            }
        }
    }
}
