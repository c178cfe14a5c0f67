package dev.disentangle.learner;

/**
 * A batch, a loss or a gradient was NaN or infinite. It is thrown before such numbers reach a
 * weight, so the run can be saved, or goes on from its last checkpoint. The weights are as before
 * the step, except where a method's adversary learns several times per step and has begun to: then
 * the message says which player has moved, and how often.
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

  /**
   * Makes the same exception with a longer message.
   *
   * @param more what is appended, such as where to go on
   * @return a new exception, whose cause is this one
   */
  public NonFiniteException with(String more) {
    NonFiniteException longer = new NonFiniteException(getMessage() + more);
    longer.initCause(this);
    return longer;
  }
}
