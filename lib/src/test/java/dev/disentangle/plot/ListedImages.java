package dev.disentangle.plot;

import dev.disentangle.data.Factors;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import java.util.List;
import java.util.Optional;

/** A data set of given images. */
record ListedImages(List<Image> images) implements ImageData {

  @Override
  public String name() {
    return "listed";
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public ImageShape shape() {
    return images.get(0).shape();
  }

  @Override
  public PixelKind pixelKind() {
    return PixelKind.CONTINUOUS;
  }

  @Override
  public void read(int[] indices, float[] pixels) {
    int area = shape().pixels();
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(images.get(indices[i]).pixels(), 0, pixels, i * area, area);
    }
  }

  @Override
  public Optional<Factors> factors() {
    return Optional.empty();
  }

  @Override
  public String fingerprint() {
    return "listed";
  }
}
