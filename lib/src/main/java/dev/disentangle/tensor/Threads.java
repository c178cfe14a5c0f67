package dev.disentangle.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What PyTorch computes with: the device, and the number of threads, another of which gives other
 * last digits.
 */
public final class Threads {

  /**
   * Held while the number changes, and while {@link Workers} compute: PyTorch makes the threads of
   * one of its parts anew at every change, even if another thread is computing with them.
   */
  static final ReentrantLock LOCK = new ReentrantLock();

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
   * Names what PyTorch computes on.
   *
   * @return {@code cpu}, or {@code gpu0} where the engine's natives are those for CUDA and there is
   *     such a GPU
   */
  public static String device() {
    Device device = Engine.getEngine("PyTorch").defaultDevice();
    return device.isGpu() ? device.getDeviceType() + device.getDeviceId() : device.getDeviceType();
  }

  /**
   * Sets the number of threads of this process. It waits until no {@link Workers} compute.
   *
   * @param threads at least 1
   * @throws IllegalArgumentException if {@code threads} is less than 1
   */
  public static void set(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    LOCK.lock();
    try {
      setNow(threads);
    } finally {
      LOCK.unlock();
    }
  }

  /**
   * Runs an action with one thread where that can be had at once, otherwise with as many as there
   * are. A thread that has computed with several keeps the others waiting for it as long as it
   * lives, and with more of them than processors all wait in a slower way: whoever only prepares
   * what another thread may compute with should not have any.
   *
   * @param action what to compute
   * @param <T> the result's type
   * @return the action's result
   */
  public static <T> T alone(Supplier<T> action) {
    if (!LOCK.tryLock()) {
      return action.get();
    }
    try {
      int before = count();
      setNow(1);
      try {
        return action.get();
      } finally {
        setNow(before);
      }
    } finally {
      LOCK.unlock();
    }
  }

  /** Sets the number for the calling thread and for threads that have not computed yet. */
  static void setNow(int threads) {
    Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(threads);
  }
}
