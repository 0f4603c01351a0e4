//! One walk through an autoencoder, with everything written down.
//!
//! ```text
//! x → encoder layers → (competition) → decoder layers → output
//! ```

use crate::nn::Matrix;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::contractive::Contraction;
use crate::nn::desk::Desk;
use crate::nn::desk::Sheets;
use crate::nn::k_sparse::Competition;
use crate::nn::random::Rng;
use crate::nn::sparse::Sparsity;
use smallvec::SmallVec;

/// Everything that was computed on the way from input to output.
#[derive(Debug, Clone)]
pub struct Pass {
    /// The output of every encoder layer; the last one's is the code.
    pub encoder: Sheets,
    /// How much every encoder layer moves with its input; empty if that
    /// costs nothing.
    pub contractions: SmallVec<[Contraction; 16]>,
    /// The code after the competition, if its units compete.
    pub competition: Option<Competition>,
    /// The output of every decoder layer; the last is the output.
    pub decoder: Sheets,
}

impl Pass {
    /// What the decoder read, `[batch, code]`.
    pub fn code(&self) -> &Matrix {
        match &self.competition {
            Some(competition) => &competition.code,
            None => &self.encoder[self.encoder.len() - 1],
        }
    }

    /// What the decoder wrote, `[batch, features]`.
    pub fn output(&self) -> &Matrix {
        &self.decoder[self.decoder.len() - 1]
    }

    /// Gives its paper back.
    pub fn put_back(self, desk: &mut Desk) {
        desk.put_back_all(self.encoder);
        desk.put_back_all(self.decoder);
        for contraction in self.contractions {
            contraction.put_back(desk);
        }
        if let Some(competition) = self.competition {
            competition.put_back(desk);
        }
    }
}

impl Autoencoder {
    /// From input to output, with code noise if there is any.
    pub fn pass(&self, x: &Matrix, rng: &mut Rng, desk: &mut Desk) -> Pass {
        let mut encoder = self.encoder.trace(x, desk);
        if self.code_noise > 0.0 {
            let depth = encoder.len();
            let code_layer = &self.encoder.layers[depth - 1];
            let input = if depth > 1 { &encoder[depth - 2] } else { x };
            let sigma = self.code_noise;
            let code = code_layer.noisy(input, sigma, rng, desk);
            desk.put_back(std::mem::replace(&mut encoder[depth - 1], code));
        }
        self.continue_from(encoder, desk)
    }

    /// From the outputs of the encoder to the output of the decoder.
    pub fn continue_from(&self, encoder: Sheets, desk: &mut Desk) -> Pass {
        let mut pass = Pass {
            contractions: self.contractions(&encoder, desk),
            encoder,
            competition: None,
            decoder: Sheets::new(),
        };
        if let Sparsity::KSparse { active } = self.sparsity {
            let result = Competition::hold(pass.code(), active, desk);
            pass.competition = Some(result);
        }
        pass.decoder = self.decoder.trace(&self.encoder, pass.code(), desk);
        pass
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::blueprint::Blueprint;
    use crate::nn::model::Model as _;
    use crate::nn::random::Purpose;
    use crate::nn::random::rng;
    use ndarray::array;

    #[test]
    fn a_walk_with_a_competition_by_hand() {
        let mut noise = rng(1, Purpose::Init);
        let mut model = Blueprint::linear(1, 2).build(&mut noise);
        *model.parameters_mut()[0] = array![[3.0, -1.0]];
        *model.parameters_mut()[2] = array![[0.5], [10.0]];
        model.sparsity = Sparsity::KSparse { active: 1 };
        let desk = &mut Desk::new();
        let pass = model.pass(&array![[2.0]], &mut noise, desk);
        // Sums 6 and -2; 6 wins, and 0.5 · 6 = 3 comes out.
        assert_eq!(pass.encoder[0], array![[6.0, -2.0]]);
        assert_eq!(pass.code(), array![[6.0, 0.0]]);
        assert_eq!(pass.output(), array![[3.0]]);
    }
}
