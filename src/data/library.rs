//! Where data sets come from.

use std::path::Path;
use std::path::PathBuf;

use super::DataError;
use super::DataKind;
use super::DataSpec;
use super::Dataset;
use super::Origin;
use super::clouds;
use super::curves;
use super::digits;
use super::documents;
use super::ecg;
use super::finish;
use super::four_files;
use super::four_files::FourFiles;
use super::onehot::onehot;
use super::outliers;
use super::own;
use super::own::Raw;
use super::own_documents;
use super::patches;
use super::shapes;
use super::sketches;
use super::tables;
use super::variations;

/// The data sets of this program, and those of a user's folder that take
/// their place.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub(super) folder: Option<PathBuf>,
}

impl Library {
    /// What is inside the program, and nothing else.
    pub fn embedded() -> Self {
        Self::default()
    }

    /// The same, but a user's files come first.
    ///
    /// The four files of MNIST are looked for in `folder/digits` and then
    /// in `folder` itself, under their usual names:
    /// `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`,
    /// `t10k-images-idx3-ubyte` and `t10k-labels-idx1-ubyte`, also with a
    /// dot before `idx`, plain or with `.gz` at the end; those of
    /// Fashion-MNIST in `folder/fashion` or `folder/fashion-mnist`, in
    /// `folder` itself if that is called so, and where the package of
    /// Debian puts them. If none of them is there (or no such folder), the
    /// built-in ones serve; if only some are, loading says which one is
    /// missing. Likewise `folder/sketches`, `folder/patches`,
    /// `folder/documents` and `folder/ecg`; what is in
    /// `folder/own-images` and `folder/own-table` has no counterpart. The
    /// forms are described in `lessons/data/README.md`.
    pub fn with_folder(folder: PathBuf) -> Self {
        Self { folder: Some(folder) }
    }

    /// Loads or makes a data set.
    ///
    /// # Errors
    ///
    /// A user's file that is missing, broken or not what its name says, and
    /// a setting out of its range. Nothing falls back silently.
    pub fn load(&self, spec: &DataSpec) -> Result<Dataset, DataError> {
        spec.check()?;
        let kind = spec.kind;
        match kind {
            DataKind::Digits => {
                let parts = self.digits()?.0.load(spec)?;
                Ok(Dataset::new(kind, parts, four_files::IMAGE))
            }
            DataKind::Fashion => {
                let parts = self.fashion()?.0.load(spec)?;
                Ok(Dataset::new(kind, parts, four_files::IMAGE))
            }
            DataKind::Sketches => match self.users(kind)? {
                Some(raw) => sketches::of_user(spec, raw),
                None => sketches::sketches(spec),
            },
            DataKind::Patches => self.patches(spec),
            DataKind::Ecg => match self.users(kind)? {
                Some(raw) => ecg::of_user(spec, &raw),
                None => ecg::ecg(spec),
            },
            DataKind::Documents => self.documents(spec),
            DataKind::Iris | DataKind::Wine | DataKind::Cancer => {
                tables::table(spec)
            }
            DataKind::Shuffled => {
                let parts = self.digits()?.0.load(spec)?;
                Ok(outliers::shuffled(spec, parts))
            }
            DataKind::Digits8 => digits::digits8(spec),
            DataKind::Rotated => {
                let parts = self.digits()?.0.load(spec)?;
                Ok(variations::rotated(spec, parts))
            }
            DataKind::Backgrounds => {
                let parts = self.digits()?.0.load(spec)?;
                Ok(variations::backgrounds(spec, parts))
            }
            DataKind::Gauss2d
            | DataKind::Ring2d
            | DataKind::Spiral2d
            | DataKind::Circles2
            | DataKind::Mix8
            | DataKind::Onehot
            | DataKind::Shapes
            | DataKind::Curves
            | DataKind::Noise => Ok(generated(spec)),
            DataKind::OwnImages => finish::pictures(spec, self.own(kind)?),
            DataKind::OwnTable => finish::table(spec, self.own(kind)?),
        }
    }

    /// The digits that serve, and where they lie.
    pub(super) fn digits(&self) -> Result<(FourFiles, Origin), DataError> {
        let mut places = self.places(&["digits", ""]);
        places.retain(|place| !is_fashion(place));
        for place in places {
            if let Some(digits) = FourFiles::in_folder(&place, "digits")? {
                return Ok((digits, Origin::Folder(place)));
            }
        }
        Ok((FourFiles::digits(), Origin::Embedded))
    }

    /// The clothes that serve, and where they lie.
    pub(super) fn fashion(&self) -> Result<(FourFiles, Origin), DataError> {
        let mut places = self.places(&["fashion", "fashion-mnist"]);
        places.extend(self.folder.clone().filter(|f| is_fashion(f)));
        if self.folder.is_some() {
            places.push(PathBuf::from(DEBIAN));
        }
        for place in places {
            if let Some(files) = FourFiles::in_folder(&place, "fashion")? {
                return Ok((files, Origin::Folder(place)));
            }
        }
        Ok((FourFiles::fashion(), Origin::Embedded))
    }

    /// The documents that serve.
    fn documents(&self, spec: &DataSpec) -> Result<Dataset, DataError> {
        match self.users(spec.kind)? {
            Some(raw) => own_documents::of_user(spec, &raw),
            None => documents::documents(spec),
        }
    }

    /// Patches of the photographs that serve.
    fn patches(&self, spec: &DataSpec) -> Result<Dataset, DataError> {
        let mine = self.places(&[spec.kind.name()]).pop();
        let mine = mine.map(|place| patches::photos_in(&place));
        let mine = mine.transpose()?.filter(|photos| !photos.is_empty());
        let photos = match mine {
            Some(photos) => photos,
            None => patches::photos()?,
        };
        Ok(patches::patches(spec, &photos))
    }

    /// The user's own examples of this kind.
    pub(super) fn own(&self, kind: DataKind) -> Result<Raw, DataError> {
        let name = kind.name();
        self.users(kind)?.ok_or_else(|| {
            let place = self.places(&[name]).pop();
            let place = place.unwrap_or(name.into());
            let folder = place.display().to_string();
            DataError::NoOwn { name, folder }
        })
    }

    /// What the folder of this name in the user's folder holds, if it
    /// holds anything.
    pub(super) fn users(
        &self,
        kind: DataKind,
    ) -> Result<Option<Raw>, DataError> {
        match self.places(&[kind.name()]).pop() {
            Some(place) if kind == DataKind::Documents => {
                own_documents::gather(&place)
            }
            Some(place) => own::gather(&place),
            None => Ok(None),
        }
    }

    /// Folders with these names in the user's folder; no name is the folder
    /// itself.
    pub(super) fn places(&self, names: &[&str]) -> Vec<PathBuf> {
        let folder = self.folder.iter();
        let within = |folder: &PathBuf| {
            let place = |name: &&str| match name.is_empty() {
                true => folder.clone(),
                false => folder.join(name),
            };
            names.iter().map(place).collect::<Vec<_>>()
        };
        folder.flat_map(within).collect()
    }
}

/// Where the package `dataset-fashion-mnist` of Debian has its files.
const DEBIAN: &str = "/usr/share/datasets/fashion-mnist";

/// Whether a folder is called `fashion` or `fashion-mnist`.
fn is_fashion(place: &Path) -> bool {
    own::name(place).starts_with("fashion")
}

/// What is made by a formula and a seed.
fn generated(spec: &DataSpec) -> Dataset {
    match spec.kind {
        DataKind::Ring2d => clouds::cloud(spec, clouds::ring),
        DataKind::Spiral2d => clouds::cloud(spec, clouds::spiral),
        DataKind::Circles2 => clouds::cloud(spec, clouds::circles),
        DataKind::Mix8 => clouds::cloud(spec, clouds::clusters),
        DataKind::Onehot => onehot(spec),
        DataKind::Shapes => shapes::shapes(spec),
        DataKind::Curves => curves::curves(spec),
        DataKind::Noise => outliers::noise(spec),
        _ => clouds::cloud(spec, clouds::gauss),
    }
}
