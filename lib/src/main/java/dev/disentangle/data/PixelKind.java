package dev.disentangle.data;

/** What the values of a data set's pixels are, and so which likelihood suits them by default. */
public enum PixelKind {
  /** Every value is 0 or 1; a Bernoulli likelihood is exact. */
  BINARY,
  /** Values anywhere in {@code [0, 1]}; papers use a Bernoulli or a Gaussian likelihood. */
  CONTINUOUS
}
