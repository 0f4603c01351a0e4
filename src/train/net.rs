//! A network that learns, of whatever kind.

use crate::lesson::knob::KnobId;
use crate::lesson::knob::Settings;
use crate::nn::autoencoder::Autoencoder;
use crate::nn::convolutional::Convolutional;
use crate::nn::k_sparse::annealed;
use crate::nn::loss::Loss;
use crate::nn::model::Model;
use crate::nn::network::Network;
use crate::nn::sparse::Sparsity;
use crate::nn::stacked::Stacked;
use crate::nn::variational::Variational;
use crate::train::build;
use crate::train::stacking;

/// One of the models that learn by gradient descent.
#[derive(Debug, Clone)]
pub enum Net {
    /// A dense autoencoder, regularized or not.
    Dense(Box<Autoencoder>),
    /// A convolutional autoencoder.
    Convolutional(Box<Convolutional>),
    /// A variational autoencoder.
    Variational(Box<Variational>),
    /// A stack of autoencoders with a classifier.
    Stacked(Box<Stacked>),
}

impl Net {
    /// What all of them can do.
    pub fn model(&self) -> &dyn Model {
        match self {
            Self::Dense(model) => &**model,
            Self::Convolutional(model) => &**model,
            Self::Variational(model) => &**model,
            Self::Stacked(model) => &**model,
        }
    }

    /// The same, to be changed.
    pub fn model_mut(&mut self) -> &mut dyn Model {
        match self {
            Self::Dense(model) => &mut **model,
            Self::Convolutional(model) => &mut **model,
            Self::Variational(model) => &mut **model,
            Self::Stacked(model) => &mut **model,
        }
    }

    /// The dense autoencoder, if it is one.
    pub fn dense(&self) -> Option<&Autoencoder> {
        match self {
            Self::Dense(model) => Some(model),
            _ => None,
        }
    }

    /// The convolutional autoencoder, if it is one.
    pub fn convolutional(&self) -> Option<&Convolutional> {
        match self {
            Self::Convolutional(model) => Some(model),
            _ => None,
        }
    }

    /// The variational autoencoder, if it is one.
    pub fn variational(&self) -> Option<&Variational> {
        match self {
            Self::Variational(model) => Some(model),
            _ => None,
        }
    }

    /// The stack, if it is one.
    pub fn stacked(&self) -> Option<&Stacked> {
        match self {
            Self::Stacked(model) => Some(model),
            _ => None,
        }
    }

    /// The stack, to be changed.
    pub fn stacked_mut(&mut self) -> Option<&mut Stacked> {
        match self {
            Self::Stacked(model) => Some(model),
            _ => None,
        }
    }

    /// How outputs and inputs are compared.
    pub fn loss(&self) -> Loss {
        match self {
            Self::Dense(model) => model.loss,
            Self::Convolutional(model) => model.loss,
            Self::Variational(model) => model.loss,
            Self::Stacked(model) => {
                model.layers.first().map_or(Loss::SquaredError, |l| l.loss)
            }
        }
    }

    /// The encoder, if it is a chain of dense layers.
    pub fn encoder(&self) -> Option<&Network> {
        match self {
            Self::Dense(model) => Some(&model.encoder),
            Self::Variational(model) => Some(&model.encoder),
            Self::Convolutional(_) => None,
            Self::Stacked(model) => {
                model.layers.first().map(|layer| &layer.encoder)
            }
        }
    }

    /// Weights and biases, whatever learns now.
    pub fn parameter_count(&self) -> usize {
        match self {
            Self::Stacked(model) => {
                model.all_parameters().iter().map(|p| p.len()).sum()
            }
            _ => self.model().parameter_count(),
        }
    }

    /// Whether all weights are finite numbers.
    pub fn is_finite(&self) -> bool {
        let sound =
            |p: &&crate::nn::Matrix| p.iter().all(|w| w.is_finite());
        match self {
            Self::Stacked(model) => {
                model.all_parameters().iter().all(sound)
            }
            _ => self.model().parameters().iter().all(sound),
        }
    }

    /// Sets everything that acts while the model trains as the knobs say.
    pub fn obey(&mut self, settings: &Settings) {
        match self {
            Self::Dense(model) => build::regularize(model, settings),
            Self::Variational(model) => build::weigh(model, settings),
            Self::Stacked(model) => stacking::prepare(model, settings),
            Self::Convolutional(_) => {}
        }
    }

    /// Sets what changes by itself on the way: the competitors of a
    /// k-sparse code, the warm-up of a variational one. `epoch` of
    /// `epochs` are done.
    pub fn move_on(
        &mut self,
        settings: &Settings,
        epoch: f64,
        epochs: f64,
    ) {
        match self {
            Self::Dense(model) => {
                let Sparsity::KSparse { .. } = model.sparsity else {
                    return;
                };
                let k = settings.whole(KnobId::ActiveUnits);
                let units = model.code_layer().outputs();
                let active = match settings.switch(KnobId::AnnealK) {
                    true => {
                        let progress = epoch / epochs.max(1.0);
                        annealed(units, k.min(units), progress as f32)
                    }
                    false => k.min(units),
                };
                model.sparsity = Sparsity::KSparse { active };
            }
            Self::Variational(model) => {
                let epochs = settings.number(KnobId::WarmUp);
                let share = if epochs > 0.0 { epoch / epochs } else { 1.0 };
                model.warm_up = share.min(1.0) as f32;
            }
            Self::Convolutional(_) | Self::Stacked(_) => {}
        }
    }
}
