package dev.disentangle.tensor;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/** The number of threads that PyTorch computes with. Another number gives other last digits. */
public final class Threads {

  private Threads() {}

  /**
   * Returns the number of threads.
   *
   * @return at least 1; the default is the number of processors
   */
  public static int count() {
    Engine.getEngine("PyTorch");
    return JniUtils.getNumThreads();
  }

  /**
   * Sets the number of threads of this process.
   *
   * @param threads at least 1
   * @throws IllegalArgumentException if {@code threads} is less than 1
   */
  public static void set(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(threads);
  }
}
