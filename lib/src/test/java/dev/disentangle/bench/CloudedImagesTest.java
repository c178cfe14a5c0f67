package dev.disentangle.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.disentangle.data.DSprites;
import dev.disentangle.data.ImageData;
import org.junit.jupiter.api.Test;

class CloudedImagesTest {

  private static final int SIDE = 32;

  private final ImageData source = DSprites.small();
  private final ImageData clouded = new CloudedImages(source);

  /** What was added to an image. */
  private float[] cloud(int image) {
    float[] cloud = clouded.image(image).pixels().clone();
    float[] under = source.image(image).pixels();
    for (int p = 0; p < cloud.length; p++) {
      cloud[p] -= 0.25f + 0.5f * under[p];
    }
    return cloud;
  }

  @Test
  void anImageHasTheSameCloudInEveryBatch() {
    float[] batch = new float[3 * SIDE * SIDE];
    clouded.read(new int[] {5, 9, 5}, batch);
    float[] alone = clouded.image(5).pixels();
    for (int start : new int[] {0, 2 * SIDE * SIDE}) {
      float[] one = new float[SIDE * SIDE];
      System.arraycopy(batch, start, one, 0, one.length);
      assertArrayEquals(alone, one);
    }
  }

  /**
   * Twice three in a row are weights 1, 2, 3, 2, 1: the deviation is 0.03 (1 + 4 + 9 + 4 + 1) / 9,
   * the correlation of neighbours (2 + 6 + 6 + 2) / 19. 100 images have about 5,000 patches of 19
   * pixels that are independent, so that a share is known to 0.014; the bounds are three of these.
   */
  @Test
  void cloudsAreAsWideAndAsStrongAsSaid() {
    double squares = 0;
    double neighbours = 0;
    double others = 0;
    for (int image = 0; image < 200; image += 2) {
      float[] cloud = cloud(image);
      float[] other = cloud(image + 1);
      for (int p = 0; p < cloud.length; p++) {
        squares += cloud[p] * cloud[p];
        neighbours += cloud[p] * cloud[p % SIDE == SIDE - 1 ? p + 1 - SIDE : p + 1];
        others += cloud[p] * other[p];
      }
    }
    assertEquals(0.03 * 19 / 9, Math.sqrt(squares / (100 * SIDE * SIDE)), 0.003);
    assertEquals(16.0 / 19, neighbours / squares, 0.042);
    assertEquals(0, others / squares, 0.042);
  }
}
