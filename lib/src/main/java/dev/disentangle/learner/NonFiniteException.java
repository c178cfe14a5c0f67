package dev.disentangle.learner;

/**
 * A batch, a loss or a gradient was NaN or infinite. It is thrown before the weights move, so the
 * run can be saved, or goes on from its last checkpoint.
 */
public final class NonFiniteException extends ArithmeticException {

  private static final long serialVersionUID = 1;

  /**
   * Makes the exception.
   *
   * @param message which tensor, its shape, the step, and what to do
   */
  public NonFiniteException(String message) {
    super(message);
  }
}
