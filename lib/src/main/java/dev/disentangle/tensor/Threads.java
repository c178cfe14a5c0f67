package dev.disentangle.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.locks.ReentrantLock;

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

  /** Sets the number for the calling thread and for threads that have not computed yet. */
  static void setNow(int threads) {
    Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(threads);
  }
}
