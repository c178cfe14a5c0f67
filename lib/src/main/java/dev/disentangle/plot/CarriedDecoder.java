package dev.disentangle.plot;

import dev.disentangle.data.Image;
import dev.disentangle.representation.DecoderLayer;
import dev.disentangle.representation.ImageDecoder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A decoder as a page carries it: its layers with rounded weights, and how far their pictures are
 * from the model's own.
 *
 * @param layers the layers, first to last
 * @param bytes how many bytes hold one weight
 * @param error largest difference of a pixel at the codes that were tried; infinite if the layers
 *     give another number of pixels or one that is not finite
 */
record CarriedDecoder(List<PackedLayer> layers, int bytes, float error) {

  /** Pictures this near cannot be told from the model's own: a fortieth of a grey level. */
  static final float EXACT = 1e-4f;

  /** Pictures further away than this are not shown as the model's. */
  static final float WORST = .01f;

  /** Codes that were not tried may be a little worse than those that were. */
  private static final float MARGIN = .5f;

  private static final int TRIED = 4;

  /** Two bytes per weight if that is exact, else three. */
  static CarriedDecoder of(ImageDecoder model, List<DecoderLayer> layers, Sliders sliders) {
    float[][] codes = codes(sliders);
    List<Image> images = model.decode(codes);
    CarriedDecoder small = packed(layers, 2, codes, images);
    return small.error <= MARGIN * EXACT ? small : packed(layers, 3, codes, images);
  }

  /** The same layers in two bytes per weight. */
  CarriedDecoder smaller(ImageDecoder model, List<DecoderLayer> plain, Sliders sliders) {
    float[][] codes = codes(sliders);
    return bytes == 2 ? this : packed(plain, 2, codes, model.decode(codes));
  }

  /** Where the sliders begin, both their ends, and some codes between. */
  private static float[][] codes(Sliders sliders) {
    SplittableRandom random = new SplittableRandom(0);
    float[][] codes = new float[3 + TRIED][];
    codes[0] = sliders.own();
    codes[1] = sliders.at(latent -> 0);
    codes[2] = sliders.at(latent -> 1);
    for (int i = 3; i < codes.length; i++) {
      codes[i] = sliders.at(latent -> random.nextDouble());
    }
    return codes;
  }

  private static CarriedDecoder packed(
      List<DecoderLayer> layers, int bytes, float[][] codes, List<Image> images) {
    List<PackedLayer> packed = layers.stream().map(layer -> PackedLayer.of(layer, bytes)).toList();
    float error = 0;
    for (int i = 0; i < codes.length; i++) {
      error = Math.max(error, difference(images.get(i).pixels(), decode(packed, codes[i])));
    }
    return new CarriedDecoder(packed, bytes, error);
  }

  private static float[] decode(List<PackedLayer> layers, float[] code) {
    float[] pixels = code;
    for (PackedLayer layer : layers) {
      pixels = layer.rounded().apply(pixels);
    }
    return pixels;
  }

  private static float difference(float[] expected, float[] pixels) {
    if (pixels.length != expected.length) {
      return Float.POSITIVE_INFINITY;
    }
    float largest = 0;
    for (int i = 0; i < pixels.length; i++) {
      float difference = Math.abs(pixels[i] - expected[i]);
      largest = Float.isNaN(difference) ? Float.POSITIVE_INFINITY : Math.max(largest, difference);
    }
    return largest;
  }

  /** The layers' list in the page's script. */
  String script() {
    return layers.stream().map(PackedLayer::script).collect(Collectors.joining(", ", "[", "]"));
  }
}
