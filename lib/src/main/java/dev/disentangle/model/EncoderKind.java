package dev.disentangle.model;

/** What an encoder says about an image: a distribution over codes, or one code. */
public enum EncoderKind {

  /** A diagonal Gaussian {@code q(z|x)}: a mean and a log variance per latent. */
  GAUSSIAN(new DiagonalGaussian()),

  /** One code {@code z = e(x)} per image. */
  DETERMINISTIC(new Deterministic());

  private final PosteriorFamily posterior;

  EncoderKind(PosteriorFamily posterior) {
    this.posterior = posterior;
  }

  /**
   * Returns the kind of posteriors.
   *
   * @return diagonal Gaussian or deterministic
   */
  public PosteriorFamily posterior() {
    return posterior;
  }
}
