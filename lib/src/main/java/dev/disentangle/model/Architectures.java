package dev.disentangle.model;

import ai.djl.nn.Block;
import dev.disentangle.data.ImageShape;
import java.util.ArrayList;
import java.util.List;

/** The published networks, and small ones for quick work. */
public final class Architectures {

  private static final int KERNEL = 4;

  private Architectures() {}

  /**
   * Networks for 64x64 images (Kim &amp; Mnih 2018, Appendix A, Table 1): encoder with 4x4
   * convolutions of stride 2 and 32, 32, 64, 64 filters, dense 128; the decoder mirrors it; the
   * discriminator has six layers of 1000 units with slope 0.2.
   *
   * @return the architecture
   */
  public static Architecture paper() {
    return new Convolutional(
        "kim-mnih-64", List.of(32, 32, 64, 64), 128, 6, 1000, Precision.FLOAT32);
  }

  /**
   * Networks for 32x32 images that train in minutes: encoder with 32, 32, 64 filters, dense 128;
   * the discriminator has three layers of 256 units; initial weights {@link InitialWeights#LECUN}.
   *
   * @return the architecture
   */
  public static Architecture small() {
    return new Convolutional(
        "small-32", List.of(32, 32, 64), 128, 3, 256, Precision.FLOAT32, InitialWeights.LECUN);
  }

  /**
   * Networks for 28x28 images such as MNIST: encoder with 32 and 64 filters, dense 128; the
   * discriminator has three layers of 512 units.
   *
   * @return the architecture
   */
  public static Architecture mnist() {
    return new Convolutional("small-28", List.of(32, 64), 128, 3, 512, Precision.FLOAT32);
  }

  /**
   * The default for images of some size: the paper's at 64x64, else the small one that fits.
   *
   * @param images size of the images
   * @return the architecture
   * @throws IllegalArgumentException if no preset fits
   */
  public static Architecture of(ImageShape images) {
    List<Architecture> presets = List.of(paper(), small(), mnist());
    int[] sides = {64, 32, 28};
    for (int i = 0; i < sides.length; i++) {
      if (images.height() == sides[i] && images.width() == sides[i]) {
        return presets.get(i);
      }
    }
    throw new IllegalArgumentException(
        "presets exist for images of 64x64, 32x32 and 28x28; these are "
            + images
            + ": pass an Architecture of your own");
  }

  /**
   * Convolutions that halve the image, then dense layers; and the mirror image of that.
   *
   * @param name name in run records
   * @param filters output channels of the encoder's convolutions
   * @param dense units of the dense layer
   * @param discriminatorLayers number of hidden layers of the discriminator
   * @param discriminatorUnits units of each
   * @param precision number format of the products
   * @param initial spread of the initial weights
   */
  public record Convolutional(
      String name,
      List<Integer> filters,
      int dense,
      int discriminatorLayers,
      int discriminatorUnits,
      Precision precision,
      InitialWeights initial)
      implements Architecture {

    /**
     * Networks with PyTorch's initial weights.
     *
     * @param name name in run records
     * @param filters output channels of the encoder's convolutions
     * @param dense units of the dense layer
     * @param discriminatorLayers number of hidden layers of the discriminator
     * @param discriminatorUnits units of each
     * @param precision number format of the products
     */
    public Convolutional(
        String name,
        List<Integer> filters,
        int dense,
        int discriminatorLayers,
        int discriminatorUnits,
        Precision precision) {
      this(
          name,
          filters,
          dense,
          discriminatorLayers,
          discriminatorUnits,
          precision,
          InitialWeights.PYTORCH);
    }

    /**
     * The same networks with another number format.
     *
     * @param format number format of the products
     * @return the architecture
     */
    public Convolutional withPrecision(Precision format) {
      return new Convolutional(
          name, filters, dense, discriminatorLayers, discriminatorUnits, format, initial);
    }

    @Override
    public Block encoder(ImageShape images, int outputs) {
      return convolutions(images, outputs, Layer.rectifier());
    }

    /** The encoder's layers with slope 0.1, as InfoGAN's (Chen et al. 2016, Appendix C.1). */
    @Override
    public Block imageDiscriminator(ImageShape images, int outputs) {
      return convolutions(images, outputs, new Layer.Rectifier(0.1));
    }

    private Block convolutions(ImageShape images, int outputs, Layer rectifier) {
      requireHalving(images);
      List<Layer> layers = new ArrayList<>();
      for (int filter : filters) {
        layers.add(new Layer.Convolution(filter, KERNEL, 2, 1));
        layers.add(rectifier);
      }
      layers.add(Layer.reshape(flat(images)));
      layers.add(new Layer.Dense(dense));
      layers.add(rectifier);
      layers.add(new Layer.Dense(outputs));
      long[] input = {images.channels(), images.height(), images.width()};
      return new LayeredBlock(precision, initial, input, layers);
    }

    @Override
    public Block decoder(int latents, ImageShape images) {
      requireHalving(images);
      int last = filters.size() - 1;
      List<Layer> layers = new ArrayList<>();
      layers.add(new Layer.Dense(dense));
      layers.add(Layer.rectifier());
      layers.add(new Layer.Dense(Math.toIntExact(flat(images))));
      layers.add(Layer.rectifier());
      layers.add(
          Layer.reshape(
              filters.get(last),
              images.height() >> filters.size(),
              images.width() >> filters.size()));
      for (int i = last - 1; i >= 0; i--) {
        layers.add(new Layer.TransposedConvolution(filters.get(i), KERNEL, 2, 1));
        layers.add(Layer.rectifier());
      }
      layers.add(new Layer.TransposedConvolution(images.channels(), KERNEL, 2, 1));
      return new LayeredBlock(precision, initial, new long[] {latents}, layers);
    }

    @Override
    public Block discriminator(int latents, int outputs) {
      List<Layer> layers = new ArrayList<>();
      for (int i = 0; i < discriminatorLayers; i++) {
        layers.add(new Layer.Dense(discriminatorUnits));
        layers.add(new Layer.Rectifier(0.2));
      }
      layers.add(new Layer.Dense(outputs));
      return new LayeredBlock(precision, initial, new long[] {latents}, layers);
    }

    private long flat(ImageShape images) {
      int shift = filters.size();
      return (long) filters.get(shift - 1) * (images.height() >> shift) * (images.width() >> shift);
    }

    private void requireHalving(ImageShape images) {
      int divisor = 1 << filters.size();
      if (images.height() % divisor != 0 || images.width() % divisor != 0) {
        throw new IllegalArgumentException(
            name
                + " halves images "
                + filters.size()
                + " times, so height and width must be"
                + " multiples of "
                + divisor
                + ", were "
                + images);
      }
    }
  }
}
