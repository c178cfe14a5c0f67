package dev.disentangle.data;

/** Where images lie: packed bits, bytes in memory, or a file. Immutable and safe for threads. */
interface ImageStore {

  /** The number of images. */
  int size();

  /** The size of every image. */
  ImageShape shape();

  /** Expands images as {@link ImageData#read} does, with the same checks. */
  void read(int[] indices, float[] pixels);
}
