//! What can go wrong in training besides the loss, and what helps.

use crate::lesson::schema::ModelKind;
use serde::Deserialize;
use serde::Serialize;

/// What can go wrong without the loss leaving its range.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
)]
pub enum Fault {
    /// The units of a layer are dead.
    Dead,
    /// The units of a layer are saturated.
    Saturated,
    /// The code or the outputs say nothing.
    Collapsed,
    /// Steps move nothing.
    Stalled,
}

/// A fault with its time and place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Symptom {
    /// What is wrong.
    pub fault: Fault,
    /// The step at which it was noticed.
    pub step: u64,
    /// The step at which it had passed, if it has.
    pub until: Option<u64>,
    /// The layer in which it is, if it is in one.
    #[serde(default)]
    pub layer: Option<String>,
}

impl Fault {
    /// What it is, in one word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dead => "dead",
            Self::Saturated => "saturated",
            Self::Collapsed => "collapsed",
            Self::Stalled => "stalled",
        }
    }
}

impl Symptom {
    /// What it means for such a model and what helps, in two or three
    /// sentences.
    pub fn advice(&self, model: ModelKind) -> String {
        let units = match model {
            ModelKind::Convolutional => "feature maps",
            _ => "units",
        };
        let layer = match &self.layer {
            Some(name) => format!("the layer {name}"),
            None => "a layer".to_owned(),
        };
        match (self.fault, model) {
            (Fault::Dead, _) => format!(
                "Nearly all {units} of {layer} say the same to everything, \
                 so nothing gets through and no blame comes back: the \
                 {units} are dead. Lower the learning rate or take tanh, \
                 and press r for fresh weights.",
            ),
            (Fault::Saturated, _)
                if self.layer.as_deref() == Some("output") =>
            {
                STUCK.to_owned()
            }
            (Fault::Saturated, _) => format!(
                "Nearly all {units} of {layer} are at an end of their \
                 range, where they hardly feel a change: they are \
                 saturated. Make the init scale or the learning rate \
                 smaller, or take relu, and press r.",
            ),
            (Fault::Collapsed, ModelKind::Variational) => {
                "The code says nothing, and everything gets the same \
                 answer: it has collapsed. Lower the KL weight or raise C, \
                 let the KL term warm up, or lower the learning rate, and \
                 press r."
                    .to_owned()
            }
            (Fault::Collapsed, _) => {
                "Everything gets the same answer, whatever the code says: \
                 the outputs have collapsed. Lower the learning rate or \
                 the weight decay, and press r."
                    .to_owned()
            }
            (Fault::Stalled, _) => {
                "Steps no longer move the weights, and nothing has been \
                 learned: it has stalled. Raise the learning rate, set the \
                 init scale to 1, or let Adam choose the steps, and press \
                 r."
                .to_owned()
            }
        }
    }
}

/// The advice if the outputs are saturated.
const STUCK: &str = "Everything gets the same answer: the outputs are at an \
    end of their range, where they hardly feel a change. They are \
    saturated. Lower the learning rate, or take linear outputs, and press \
    r.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_names_itself_and_a_remedy() {
        for fault in [
            Fault::Dead,
            Fault::Saturated,
            Fault::Collapsed,
            Fault::Stalled,
        ] {
            let layer = |name: &str| Some(name.to_owned());
            for (model, layer) in [
                (ModelKind::Convolutional, layer("code")),
                (ModelKind::Autoencoder, layer("output")),
                (ModelKind::Variational, None),
            ] {
                let (step, until) = (50, None);
                let symptom = Symptom { fault, step, until, layer };
                let advice = symptom.advice(model);
                assert!(advice.contains(fault.name()), "{advice}");
                assert!(advice.contains("press r"), "{advice}");
                let kl = advice.contains("KL weight");
                let collapsed = fault == Fault::Collapsed;
                let drawn = model == ModelKind::Variational;
                assert_eq!(kl, collapsed && drawn, "{advice}");
            }
        }
    }
}
