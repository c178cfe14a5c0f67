package dev.disentangle.data;

import dev.disentangle.data.store.ImageStore;
import java.util.Optional;

/** A data set read from a file: a store of images, with what is known about them. */
final class StoredImages implements ImageData {

  private final String name;
  private final String fingerprint;
  private final ImageShape shape;
  private final ImageStore store;
  private final PixelKind pixelKind;
  private final Optional<Factors> factors;
  private final String note;

  /**
   * Ties a store to its description.
   *
   * @param name name for tables and run records
   * @param fingerprint what changes whenever the images change
   * @param shape the size of every image
   * @param store the images
   * @param pixelKind what their values are
   * @param factors their factors, where known
   */
  StoredImages(
      String name,
      String fingerprint,
      ImageShape shape,
      ImageStore store,
      PixelKind pixelKind,
      Optional<Factors> factors) {
    this.name = name;
    this.fingerprint = fingerprint;
    this.shape = shape;
    this.store = store;
    this.pixelKind = pixelKind;
    this.factors = factors;
    this.note = "";
  }

  private StoredImages(StoredImages other, String note) {
    this.name = other.name;
    this.fingerprint = other.fingerprint;
    this.shape = other.shape;
    this.store = other.store;
    this.pixelKind = other.pixelKind;
    this.factors = other.factors;
    this.note = note;
  }

  /** The same with a remark in its description. */
  StoredImages withNote(String remark) {
    return new StoredImages(this, remark);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return store.size();
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public PixelKind pixelKind() {
    return pixelKind;
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    store.read(indices, pixels);
  }

  @Override
  public Optional<Factors> factors() {
    return factors;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public String toString() {
    String text = name + ": " + size() + " images " + shape();
    return factors.map(known -> text + ", " + known).orElse(text) + note;
  }
}
