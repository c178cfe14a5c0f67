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

  private GradientMode() {}

  /**
   * Runs an action and records it for differentiation.
   *
   * @param action what to compute
   * @param <T> the result's type
   * @return the action's result
   */
  public static <T> T recording(Supplier<T> action) {
    return in(true, action);
  }

  /**
   * Runs an action without recording, as evaluation does.
   *
   * @param action what to compute
   * @param <T> the result's type
   * @return the action's result
   */
  public static <T> T paused(Supplier<T> action) {
    return in(false, action);
  }

  private static <T> T in(boolean recording, Supplier<T> action) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(recording);
    try {
      return action.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }
}
