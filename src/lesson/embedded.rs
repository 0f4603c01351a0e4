//! The lessons that are part of the program, by file name. A test
//! compares the lists with the folder `lessons`.

/// The lessons in their order: file name and text.
pub const LESSONS: &[(&str, &str)] = &[
    (
        "00-first-steps.ron",
        include_str!("../../lessons/00-first-steps.ron"),
    ),
    ("01-pca.ron", include_str!("../../lessons/01-pca.ron")),
    (
        "02-traditional.ron",
        include_str!("../../lessons/02-traditional.ron"),
    ),
    (
        "03-undercomplete.ron",
        include_str!("../../lessons/03-undercomplete.ron"),
    ),
    (
        "04-overcomplete.ron",
        include_str!("../../lessons/04-overcomplete.ron"),
    ),
    (
        "05-interpolation.ron",
        include_str!("../../lessons/05-interpolation.ron"),
    ),
    (
        "06-convolutional.ron",
        include_str!("../../lessons/06-convolutional.ron"),
    ),
    ("07-sparse.ron", include_str!("../../lessons/07-sparse.ron")),
    ("08-denoising.ron", include_str!("../../lessons/08-denoising.ron")),
    (
        "09-contractive.ron",
        include_str!("../../lessons/09-contractive.ron"),
    ),
    (
        "10-dimensionality-reduction.ron",
        include_str!("../../lessons/10-dimensionality-reduction.ron"),
    ),
    ("11-concepts.ron", include_str!("../../lessons/11-concepts.ron")),
    ("12-anomalies.ron", include_str!("../../lessons/12-anomalies.ron")),
    ("13-stacked.ron", include_str!("../../lessons/13-stacked.ron")),
    (
        "14-variational-1.ron",
        include_str!("../../lessons/14-variational-1.ron"),
    ),
    (
        "15-variational-2.ron",
        include_str!("../../lessons/15-variational-2.ron"),
    ),
    ("16-which.ron", include_str!("../../lessons/16-which.ron")),
];

/// Translations: language and file name, and text.
pub const TRANSLATIONS: &[(&str, &str)] = &[(
    "pt-BR/00-first-steps.ron",
    include_str!("../../lessons/pt-BR/00-first-steps.ron"),
)];
