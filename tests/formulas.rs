//! Formulas of the course in the three sets of glyphs, as pictures.

use gargalo::view::text::Glyphs;
use gargalo::view::text::formula;

const ALL: [Glyphs; 3] = [Glyphs::Unicode, Glyphs::Plain, Glyphs::Ascii];

/// A formula in all sets of glyphs: the picture, then the one line.
fn sheet(tex: &str) -> String {
    let mut sheet = String::new();
    for glyphs in ALL {
        sheet.push_str(&format!("{glyphs:?}:\n"));
        for line in formula::layout(tex, glyphs).unwrap().lines() {
            sheet.push_str(format!("    {line}").trim_end());
            sheet.push('\n');
        }
        let line = formula::one_line(tex, glyphs).unwrap();
        sheet.push_str(&format!("  {line}\n"));
    }
    sheet
}

#[test]
fn the_loss_of_a_data_set_is_a_sum_over_its_examples() {
    let tex = r"L(X) = \sum_{x^{(i)} \in X} \ell(x^{(i)}, r(h(x^{(i)})))";
    insta::assert_snapshot!(sheet(tex), @r"
    Unicode:
        L(X) =   ╲▔   ℓ(x⁽ⁱ⁾, r(h(x⁽ⁱ⁾)))
                 ╱▁
               x⁽ⁱ⁾∈X
      L(X) = ∑_{x⁽ⁱ⁾∈X} ℓ(x⁽ⁱ⁾, r(h(x⁽ⁱ⁾)))
    Plain:
                            (i)       (i)
        L(X) =     ∑     ℓ(x   , r(h(x   )))
                (i)
               x    in X
      L(X) = ∑_{x^(i) in X} ℓ(x^(i), r(h(x^(i))))
    Ascii:
                            (i)       (i)
        L(X) =    sum    l(x   , r(h(x   )))
                (i)
               x    in X
      L(X) = sum_{x^(i) in X} l(x^(i), r(h(x^(i))))
    ");
}

#[test]
fn pca_reconstructs_by_projection() {
    let tex = r"\hat{x} = \mu + U_K U_K^\top (x - \mu)";
    insta::assert_snapshot!(sheet(tex), @r"
    Unicode:
        x̂ = μ + U Uᵀ(x − μ)
                 K K
      x̂ = μ + U_K U_Kᵀ(x − μ)
    Plain:
                    T
        x^ = μ + U U (x − μ)
                  K K
      x_hat = μ + U_K U_K^T(x − μ)
    Ascii:
                     T
        x^ = mu + U U (x - mu)
                   K K
      x_hat = mu + U_K U_K^T(x - mu)
    ");
}

#[test]
fn the_gradient_of_the_loss_is_a_fraction_of_fractions() {
    let tex = r"\frac{\partial L}{\partial \hat{x}_i} = \frac{2(\hat{x}_i - x_i)}{D}";
    insta::assert_snapshot!(sheet(tex), @r"
    Unicode:
         ∂L      2(x̂ᵢ − xᵢ)
        ───── = ────────────
         ∂x̂ᵢ         D
      ∂L/∂x̂ᵢ = 2(x̂ᵢ − xᵢ) / D
    Plain:
                  2(x^  − x )
          ∂L          i    i
        ────── = ─────────────
         ∂x^           D
            i
      ∂L/∂x_hat_i = 2(x_hat_i − x_i) / D
    Ascii:
                  2(x^  - x )
          dL          i    i
        ------ = -------------
         dx^           D
            i
      dL/dx_hat_i = 2(x_hat_i - x_i) / D
    ");
}

#[test]
fn a_layer_is_a_line_of_text() {
    let tex = r"z = s(Wx + b)";
    insta::assert_snapshot!(sheet(tex), @r"
    Unicode:
        z = s(Wx + b)
      z = s(Wx + b)
    Plain:
        z = s(Wx + b)
      z = s(Wx + b)
    Ascii:
        z = s(Wx + b)
      z = s(Wx + b)
    ");
}

#[test]
fn a_norm_carries_its_square() {
    let tex = r"\lVert x - \hat{x} \rVert^2";
    insta::assert_snapshot!(sheet(tex), @r"
    Unicode:
        ‖x − x̂‖²
      ‖x − x̂‖²
    Plain:
        ║x − x^║²
      ║x − x_hat║²
    Ascii:
                  2
        ||x - x^||
      ||x - x_hat||^2
    ");
}

#[test]
fn the_divergence_of_two_gaussians_fits_a_line() {
    let tex = r"D_{KL}(q \,\|\, p) = -\frac{1}{2} \sum_{j=1}^{K} \left(1 + \log \sigma_j^2 - \mu_j^2 - \sigma_j^2\right)";
    insta::assert_snapshot!(sheet(tex), @r"
    Unicode:
                        1   K
        D  (q ‖ p) = − ─── ╲▔  (1 + log σⱼ² − μⱼ² − σⱼ²)
         KL             2  ╱▁
                           j=1
      D_KL(q ‖ p) = −(1/2) ∑ⱼ₌₁ᴷ (1 + log σⱼ² − μⱼ² − σⱼ²)
    Plain:
                        1   K
        D  (q ║ p) = − ───  ∑  /1 + log σ² − μ² − σ²\
         KL             2  j=1 \         j    j    j/
      D_KL(q ║ p) = −(1/2) ∑_{j=1}^K (1 + log σ_j² − μ_j² − σ_j²)
    Ascii:
                         1   K  /             2     2        2\
        D  (q || p) = - --- sum |1 + log sigma  - mu  - sigma |
         KL              2  j=1 \             j     j        j/
      D_KL(q || p) = -(1/2) sum_{j=1}^K (1 + log sigma_j^2 - mu_j^2 - sigma_j^2)
    ");
}

#[test]
fn the_jacobian_norm_has_an_index_and_a_square() {
    let tex = r"\lVert J_f(x) \rVert_F^2 = \sum_{i,j} \left(\frac{\partial h_j}{\partial x_i}\right)^2";
    insta::assert_snapshot!(sheet(tex), @r"
    Unicode:
                       ⎛ ∂hⱼ ⎞²
        ‖J (x)‖² = ╲▔  ⎜─────⎟
          f    F   ╱▁  ⎝ ∂xᵢ ⎠
                   i,j
      ‖J_f(x)‖_F² = ∑_{i,j} (∂hⱼ/∂xᵢ)²
    Plain:
                       / ∂h  \²
                       │   j │
        ║J (x)║² =  ∑  │─────│
          f    F   i,j │ ∂x  │
                       \   i /
      ║J_f(x)║_F² = ∑_{i,j} (∂h_j/∂x_i)²
    Ascii:
                                2
                         / dh  \
                 2       |   j |
        ||J (x)||  = sum |-----|
           f     F   i,j | dx  |
                         \   i /
      ||J_f(x)||_F^2 = sum_{i,j} (dh_j/dx_i)^2
    ");
}

#[test]
fn a_logarithm_has_its_base_below() {
    let tex = r"\log_2 T";
    insta::assert_snapshot!(sheet(tex), @r"
    Unicode:
        log₂ T
      log₂ T
    Plain:
        log  T
           2
      log_2 T
    Ascii:
        log  T
           2
      log_2 T
    ");
}

#[test]
fn a_mean_is_a_fraction_and_a_sum() {
    let tex = r"\frac{1}{m}\sum_{i=1}^m h_j(x^{(i)})";
    insta::assert_snapshot!(sheet(tex), @r"
    Unicode:
         1   m
        ─── ╲▔  hⱼ(x⁽ⁱ⁾)
         m  ╱▁
            i=1
      (1/m) ∑ᵢ₌₁ᵐ hⱼ(x⁽ⁱ⁾)
    Plain:
         1   m      (i)
        ───  ∑  h (x   )
         m  i=1  j
      (1/m) ∑_{i=1}^m h_j(x^(i))
    Ascii:
         1   m      (i)
        --- sum h (x   )
         m  i=1  j
      (1/m) sum_{i=1}^m h_j(x^(i))
    ");
}

#[test]
fn an_encoder_maps_between_spaces() {
    let tex = r"h: \mathbb{R}^D \to \mathbb{R}^K";
    insta::assert_snapshot!(sheet(tex), @r"
    Unicode:
        h: ℝᴰ → ℝᴷ
      h: ℝᴰ → ℝᴷ
    Plain:
            D    K
        h: R  → R
      h: R^D → R^K
    Ascii:
            D     K
        h: R  -> R
      h: R^D -> R^K
    ");
}

#[test]
fn what_pca_loses_is_a_sum_of_eigenvalues() {
    let tex = r"\sum_{j=K+1}^{D} \lambda_j";
    insta::assert_snapshot!(sheet(tex), @r"
    Unicode:
          D
         ╲▔   λⱼ
         ╱▁
        j=K+1
      ∑_{j=K+1}^D λⱼ
    Plain:
          D
          ∑   λ
        j=K+1  j
      ∑_{j=K+1}^D λ_j
    Ascii:
          D
         sum  lambda
        j=K+1       j
      sum_{j=K+1}^D lambda_j
    ");
}

#[test]
fn relu_has_two_cases() {
    let tex = r"\mathrm{ReLU}(z) = \begin{cases} z & \text{if } z > 0 \\ 0 & \text{otherwise} \end{cases}";
    insta::assert_snapshot!(sheet(tex), @r"
    Unicode:
        ReLU(z) = ⎧z  if z > 0
                  ⎩0  otherwise
      ReLU(z) = {z, if z > 0; 0, otherwise}
    Plain:
        ReLU(z) = ┌z  if z > 0
                  └0  otherwise
      ReLU(z) = {z, if z > 0; 0, otherwise}
    Ascii:
        ReLU(z) = {z  if z > 0
                  {0  otherwise
      ReLU(z) = {z, if z > 0; 0, otherwise}
    ");
}

#[test]
fn the_gaussian_density_has_a_fraction_in_its_exponent() {
    let tex = r"p(x) = \frac{1}{\sqrt{2\pi\sigma^2}} e^{-\frac{(x-\mu)^2}{2\sigma^2}}";
    insta::assert_snapshot!(sheet(tex), @r"
    Unicode:
                          (x−μ)²
                        − ──────
                  1        2σ²
        p(x) = ─────── e
                ┌────
                √2πσ²
      p(x) = (1/√(2πσ²)) e^{−(x−μ)²/(2σ²)}
    Plain:
                          (x−μ)²
                        − ──────
                  1        2σ²
        p(x) = ─────── e
                ┌────
                √2πσ²
      p(x) = (1/√(2πσ²)) e^{−(x−μ)²/(2σ²)}
    Ascii:
                                            2
                                      (x-mu)
                                    - --------
                                             2
                        1             2 sigma
        p(x) = ------------------- e
                    /          2\
                sqrt\2 pi sigma /
      p(x) = (1 / sqrt(2 pi sigma^2)) e^{-(x-mu)^2/(2 sigma^2)}
    ");
}

#[test]
fn equations_are_aligned_at_their_signs() {
    let tex =
        r"\begin{aligned} a &= b + c \\ &= \frac{d}{2} - e \end{aligned}";
    insta::assert_snapshot!(sheet(tex), @r"
    Unicode:
        a = b + c
             d
          = ─── − e
             2
      a = b + c; = d/2 − e
    Plain:
        a = b + c
             d
          = ─── − e
             2
      a = b + c; = d/2 − e
    Ascii:
        a = b + c
             d
          = --- - e
             2
      a = b + c; = d/2 - e
    ");
}

#[test]
fn the_best_weights_stand_under_the_minimum() {
    let tex = r"\theta^* = \operatorname*{arg\,min}_\theta \sum_{i=1}^N \lVert x_i - r_\theta(h_\theta(x_i)) \rVert_2^2";
    insta::assert_snapshot!(sheet(tex), @r"
    Unicode:
                      N
        θ* = arg min ╲▔  ‖xᵢ − r (h (xᵢ))‖₂²
                θ    ╱▁         θ  θ
                     i=1
      θ* = arg min_θ ∑ᵢ₌₁ᴺ ‖xᵢ − r_θ(h_θ(xᵢ))‖₂²
    Plain:
         *            N
        θ  = arg min  ∑  ║x  − r (h (x ))║²
                θ    i=1   i    θ  θ  i   2
      θ^* = arg min_θ ∑_{i=1}^N ║x_i − r_θ(h_θ(x_i))║_2²
    Ascii:
             *            N                             2
        theta  = arg min sum ||x  - r     (h     (x ))||
                  theta  i=1    i    theta  theta  i    2
      theta^* = arg min_theta sum_{i=1}^N ||x_i - r_theta(h_theta(x_i))||_2^2
    ");
}
