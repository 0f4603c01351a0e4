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
];

/// Translations: language and file name, and text.
pub const TRANSLATIONS: &[(&str, &str)] = &[(
    "pt-BR/00-first-steps.ron",
    include_str!("../../lessons/pt-BR/00-first-steps.ron"),
)];
