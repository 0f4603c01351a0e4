//! What a knob is set to where neither lesson nor student says.

use crate::lesson::knob::KnobId;
use crate::lesson::knob::Value;

impl KnobId {
    /// What a knob is set to where neither lesson nor student says.
    pub fn default_value(self) -> Value {
        self.word()
            .map(|word| Value::Word(word.to_owned()))
            .or_else(|| self.switched().map(Value::Switch))
            .unwrap_or_else(|| Value::Number(self.amount()))
    }

    fn word(self) -> Option<&'static str> {
        Some(match self {
            Self::Activation => "relu",
            Self::CodeActivation | Self::OutputActivation => "linear",
            Self::Corruption | Self::Probe | Self::Sparsity => "none",
            Self::Data => "digits",
            Self::Down => "max-pool",
            Self::Head => "softmax",
            Self::Loss => "mse",
            Self::Optimizer => "adam",
            Self::Pretraining => "denoising",
            Self::Reduction => "sum",
            Self::Taper => "halve",
            Self::Up => "nearest",
            Self::Whitening => "zca",
            _ => return None,
        })
    }

    fn switched(self) -> Option<bool> {
        Some(match self {
            Self::AnnealK
            | Self::Center
            | Self::FineTune
            | Self::FreshNoise
            | Self::Reparametrized => true,
            Self::NoisyTarget | Self::RoundCode | Self::Tied => false,
            _ => return None,
        })
    }

    fn amount(self) -> f64 {
        match self {
            Self::LearningRate | Self::SparsityWeight => 0.01,
            Self::SparsityTarget => 0.05,
            Self::Noise => 0.1,
            Self::CorruptionLevel => 0.3,
            Self::Correlation => 0.8,
            Self::Depth
            | Self::Emphasis
            | Self::InitScale
            | Self::InputScale
            | Self::KlWeight
            | Self::ReconstructionWeight
            | Self::Seed
            | Self::Temperature
            | Self::Threshold => 1.0,
            Self::KernelSize => 3.0,
            Self::ActiveUnits
            | Self::CodeChannels
            | Self::CodeSize
            | Self::Filters
            | Self::PatchSize
            | Self::States => 8.0,
            Self::Epochs | Self::LabelsPerClass | Self::PretrainEpochs => {
                10.0
            }
            Self::BatchSize => 32.0,
            Self::Labels => 100.0,
            Self::Examples => 2000.0,
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lesson::knob_table::KNOBS;

    #[test]
    fn every_knob_starts_within_its_range() {
        for row in &KNOBS {
            let start = row.id.default_value();
            let fits = row.id.whole_range().accepts(&start);
            assert_eq!(fits, Ok(()), "{}", row.name);
        }
    }
}
