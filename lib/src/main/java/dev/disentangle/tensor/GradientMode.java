package dev.disentangle.tensor;

import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Says whether the current thread records what gradients need.
 *
 * <p>PyTorch keeps this mode per thread, and notebook cells run on pooled threads: whatever
 * computes says itself which mode it wants, and leaves the thread as it found it.
 */
public final class GradientMode {

  private static final ThreadLocal<Boolean> INFERENCE = ThreadLocal.withInitial(() -> false);

  private GradientMode() {}

  /**
   * Runs an action and records it for differentiation.
   *
   * @param action what to compute
   * @param <T> the result's type
   * @return the action's result
   */
  public static <T> T recording(Supplier<T> action) {
    return in(true, false, action);
  }

  /**
   * Runs an action without recording, as a step does with what it does not differentiate. Networks
   * compute as they do when they record, to the last bit.
   *
   * @param action what to compute
   * @param <T> the result's type
   * @return the action's result
   */
  public static <T> T paused(Supplier<T> action) {
    return in(false, false, action);
  }

  /**
   * Runs an action without recording, and lets networks compute in the quickest way they have, as
   * evaluation does. It may add up in another order than {@link #paused}, so that last digits
   * differ.
   *
   * @param action what to compute
   * @param <T> the result's type
   * @return the action's result
   */
  public static <T> T inference(Supplier<T> action) {
    return in(false, true, action);
  }

  /**
   * Tells whether the calling thread is inside {@link #inference}.
   *
   * @return false while it records, and inside {@link #paused}
   */
  public static boolean isInference() {
    return INFERENCE.get();
  }

  private static <T> T in(boolean recording, boolean inference, Supplier<T> action) {
    boolean before = JniUtils.isGradMode();
    boolean inferenceBefore = INFERENCE.get();
    JniUtils.setGradMode(recording);
    INFERENCE.set(inference);
    try {
      return action.get();
    } finally {
      INFERENCE.set(inferenceBefore);
      JniUtils.setGradMode(before);
    }
  }
}
