package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.ImageAutoencoder;
import java.util.Arrays;
import java.util.List;

/**
 * A model whose every quantity is known: row j of a 4x4 image has the grey level 0.5 + z_j / 8, so
 * decoding and encoding are inverse, and posterior variances are given.
 */
final class LinearAutoencoder implements ImageAutoencoder {

  static final ImageShape SHAPE = new ImageShape(1, 4, 4);

  private final float[] logVariances;

  LinearAutoencoder(float... logVariances) {
    this.logVariances = logVariances;
  }

  static Image image(float... z) {
    float[] pixels = new float[SHAPE.pixels()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = .5f + z[i / 4] / 8;
    }
    return new Image(SHAPE, pixels);
  }

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public int latents() {
    return 4;
  }

  @Override
  public List<Image> decode(float[][] codes) {
    return Arrays.stream(codes).map(LinearAutoencoder::image).toList();
  }

  @Override
  public Codes encode(List<Image> images) {
    float[][] means = new float[images.size()][4];
    float[][] spreads = new float[images.size()][];
    for (int i = 0; i < means.length; i++) {
      for (int latent = 0; latent < 4; latent++) {
        means[i][latent] = (images.get(i).pixels()[4 * latent] - .5f) * 8;
      }
      spreads[i] = logVariances;
    }
    return new Codes(means, spreads);
  }

  @Override
  public Codes encode(ImageData data, int[] indices) {
    return encode(Arrays.stream(indices).mapToObj(data::image).toList());
  }
}
