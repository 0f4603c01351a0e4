//! Weights and codes for other programs: the bytes of safetensors and npy
//! files.
//!
//! Both formats are read by NumPy and PyTorch. A weight matrix is stored as
//! it is used here, `[inputs, outputs]`; PyTorch's layers have it
//! transposed.

use crate::nn::Matrix;
use crate::nn::model::Model;
use crate::nn::model::Parts;
use crate::nn::stacked::Head;
use crate::train::net::Net;
use serde_json::Map;
use serde_json::json;

/// A parameter with its name, such as `encoder.1.weights`.
pub type Named<'a> = (String, &'a Matrix);

/// All weights and biases in the order of the network.
pub fn named(net: &Net) -> Vec<Named<'_>> {
    let Net::Stacked(stack) = net else { return of_model(net.model(), "") };
    let mut all = Vec::new();
    for (n, layer) in (1..).zip(&stack.layers) {
        all.extend(of_model(layer, &format!("layer.{n}.")));
    }
    if let Head::Network(head) = &stack.head {
        let layers = (1..).zip(&head.network.layers);
        for (n, layer) in layers {
            all.push((format!("head.{n}.weights"), &layer.weights));
            all.push((format!("head.{n}.bias"), &layer.bias));
        }
    }
    all
}

/// The parameters of a model by layer; a tied layer has only a bias.
fn of_model<'a>(model: &'a dyn Model, prefix: &str) -> Vec<Named<'a>> {
    let mut all = Vec::new();
    let parameters: Parts<&Matrix> = model.parameters();
    let mut parameters = parameters.into_iter().peekable();
    for info in model.layers().into_iter().filter(|i| i.parameters > 0) {
        let name = format!("{prefix}{}", info.name.replace(' ', "."));
        let mut left = info.parameters;
        while left > 0 {
            let Some(next) = parameters.next_if(|p| p.len() <= left) else {
                break;
            };
            left -= next.len();
            let what = if left > 0 { "weights" } else { "bias" };
            all.push((format!("{name}.{what}"), next));
        }
    }
    all
}

/// A safetensors file: the length of a header, the header in JSON, and
/// all numbers as 32-bit floats, the least significant byte first.
pub fn safetensors(parameters: &[Named]) -> Vec<u8> {
    let mut header = Map::new();
    header.insert(
        "__metadata__".to_owned(),
        json!({"program": "gargalo", "weights": "[inputs, outputs]"}),
    );
    let mut at = 0;
    for (name, matrix) in parameters {
        let end = at + 4 * matrix.len();
        let entry = json!({
            "dtype": "F32",
            "shape": [matrix.nrows(), matrix.ncols()],
            "data_offsets": [at, end],
        });
        header.insert(name.clone(), entry);
        at = end;
    }
    let mut header = serde_json::Value::Object(header).to_string();
    // Numbers begin at a multiple of eight bytes.
    while !header.len().is_multiple_of(8) {
        header.push(' ');
    }
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.as_bytes());
    for (_, matrix) in parameters {
        bytes.extend(matrix.iter().flat_map(|w| w.to_le_bytes()));
    }
    bytes
}

/// An npy file of version 1.0 with one matrix of 32-bit floats.
pub fn npy(matrix: &Matrix) -> Vec<u8> {
    let (rows, columns) = matrix.dim();
    let mut header = format!(
        "{{'descr': '<f4', 'fortran_order': False, \
         'shape': ({rows}, {columns}), }}"
    );
    // Ten bytes come before it, a line end after it; all together a
    // multiple of 64.
    while (10 + header.len() + 1) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(matrix.iter().flat_map(|v| v.to_le_bytes()));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::blueprint::Tying;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    fn names(tying: Tying) -> Vec<String> {
        let mut plan = Blueprint::linear(5, 2);
        plan.hidden = vec![3];
        plan.tying = tying;
        let model = plan.build(&mut rng(1, Purpose::Init));
        let net = Net::Dense(Box::new(model));
        named(&net).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn parameters_are_named_by_their_layers() {
        let free = names(Tying::Free);
        assert_eq!(free[0], "encoder.1.weights");
        assert_eq!(free[3], "code.bias");
        assert_eq!(free[6], "output.weights");
        assert_eq!(free.len(), 8);
        let tied = names(Tying::Tied);
        assert_eq!(tied[4..], ["decoder.1.bias", "output.bias"]);
    }

    #[test]
    fn the_bytes_of_a_safetensors_file() {
        let matrix = array![[1.0, 2.0]];
        let bytes = safetensors(&[("w".to_owned(), &matrix)]);
        let length = u64::from_le_bytes(bytes[..8].try_into().unwrap());
        assert_eq!(length % 8, 0);
        let (header, numbers) = bytes[8..].split_at(length as usize);
        let header: serde_json::Value =
            serde_json::from_slice(header).unwrap();
        assert_eq!(header["w"]["shape"], json!([1, 2]));
        assert_eq!(header["w"]["data_offsets"], json!([0, 8]));
        assert_eq!(numbers, [0, 0, 128, 63, 0, 0, 0, 64]);
    }

    #[test]
    fn the_bytes_of_an_npy_file() {
        let bytes = npy(&array![[1.0], [2.0]]);
        assert_eq!(&bytes[..8], b"\x93NUMPY\x01\x00");
        assert_eq!((bytes.len() - 8) % 64, 0);
        let text = String::from_utf8_lossy(&bytes[10..128]);
        assert!(text.contains("'shape': (2, 1)"), "{text}");
        assert_eq!(bytes[127], b'\n');
        assert_eq!(&bytes[128..], [0, 0, 128, 63, 0, 0, 0, 64]);
    }
}
