package dev.disentangle.model;

import ai.djl.nn.Block;
import dev.disentangle.data.ImageShape;
import java.util.ArrayList;
import java.util.List;

/**
 * The published networks, and small ones for quick work.
 *
 * <p>How the layers follow from the size of the images: every convolution has 4x4 kernels, stride 2
 * and one row of zeros around, so it gives {@code floor((side + 2 - 4) / 2) + 1 = side / 2} rows of
 * an even number of them. After {@code n} convolutions, the last with {@code f} filters, {@code f}
 * planes of {@code height / 2^n} by {@code width / 2^n} are left; these {@code f (height / 2^n)
 * (width / 2^n)} numbers are the inputs of the encoder's dense layer and the outputs of the
 * decoder's second one, whose transposed convolutions double the sides up to the image's again.
 * With the paper's four convolutions ({@code f = 64}):
 *
 * <table>
 * <caption>What is left of an image after four convolutions</caption>
 * <tr><th>images</th><th>planes</th><th>numbers to the dense layer</th></tr>
 * <tr><td>48x48</td><td>64 of 3x3</td><td>576</td></tr>
 * <tr><td>64x64, the paper's own</td><td>64 of 4x4</td><td>1,024</td></tr>
 * <tr><td>96x96</td><td>64 of 6x6</td><td>2,304</td></tr>
 * <tr><td>128x128</td><td>64 of 8x8</td><td>4,096</td></tr>
 * <tr><td>128x64</td><td>64 of 8x4</td><td>2,048</td></tr>
 * </table>
 */
public final class Architectures {

  private static final int KERNEL = 4;

  /** Four halvings leave whole rows and columns of multiples of this. */
  private static final int PAPER_DIVISOR = 16;

  private Architectures() {}

  /**
   * Networks for 64x64 images (Kim &amp; Mnih 2018, Appendix A, Table 1): encoder with 4x4
   * convolutions of stride 2 and 32, 32, 64, 64 filters, dense 128; the decoder mirrors it; the
   * discriminator has six layers of 1000 units with slope 0.2.
   *
   * @return the architecture
   */
  public static Architecture paper() {
    return paper("kim-mnih-64");
  }

  private static Architecture paper(String name) {
    return new Convolutional(name, List.of(32, 32, 64, 64), 128, 6, 1000, Precision.FLOAT32);
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
   * The default for images of some size: {@link #small} at 32x32, {@link #mnist} at 28x28, else the
   * paper's layers, wherever they fit: at every height and width that are multiples of 16, such as
   * 64x64, 96x96, 128x128 or 128x64. Only the number of the dense layers' connections depends on
   * the size; see the table above. Channels may be 1 or more.
   *
   * @param images size of the images
   * @return the architecture; its name tells sizes apart, such as {@code kim-mnih-64} or {@code
   *     kim-mnih-96x96}
   * @throws IllegalArgumentException if no preset fits; the message names a size that one fits
   */
  public static Architecture of(ImageShape images) {
    int height = images.height();
    int width = images.width();
    if (height == width && height == 32) {
      return small();
    }
    if (height == width && height == 28) {
      return mnist();
    }
    if (height == width && height == 64) {
      return paper();
    }
    if (height % PAPER_DIVISOR == 0 && width % PAPER_DIVISOR == 0) {
      return paper("kim-mnih-" + height + "x" + width);
    }
    int rows = nearestMultiple(height);
    int columns = nearestMultiple(width);
    throw new IllegalArgumentException(
        "presets exist for images whose height and width are multiples of 16, and for 28x28;"
            + " these are "
            + images
            + ": crop or scale them to "
            + rows
            + "x"
            + columns
            + (height <= 32 && width <= 32 ? " or 28x28" : "")
            + ", as ImageFolder.read(folder, new ImageShape("
            + images.channels()
            + ", "
            + rows
            + ", "
            + columns
            + ")) does while reading, or pass an Architecture of your own, such as an"
            + " Architectures.Convolutional with fewer filters, which halves less often");
  }

  private static int nearestMultiple(int side) {
    return Math.max(1, (side + PAPER_DIVISOR / 2) / PAPER_DIVISOR) * PAPER_DIVISOR;
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

    /**
     * The encoder's convolutions with slope 0.2, normalised before each rectifier but the first,
     * where Larsen et al. 2016 have batch normalisation. Normalised features are as far from each
     * other at the first step as later, so that their distance is never lost beside the divergence.
     */
    @Override
    public Block imageFeatures(ImageShape images) {
      requireHalving(images);
      List<Layer> layers = new ArrayList<>();
      for (int i = 0; i < filters.size(); i++) {
        layers.add(new Layer.Convolution(filters.get(i), KERNEL, 2, 1));
        if (i > 0) {
          layers.add(new Layer.Normalisation());
        }
        layers.add(new Layer.Rectifier(0.2));
      }
      layers.add(Layer.reshape(flat(images)));
      long[] input = {images.channels(), images.height(), images.width()};
      return new LayeredBlock(precision, initial, input, layers);
    }

    /** One dense layer as in the encoder, with slope 0.2, before the logits. */
    @Override
    public Block featureJudge(int features, int outputs) {
      List<Layer> layers =
          List.of(new Layer.Dense(dense), new Layer.Rectifier(0.2), new Layer.Dense(outputs));
      return new LayeredBlock(precision, initial, new long[] {features}, layers);
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
