package dev.disentangle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CroppedImagesTest {

  /** Two images 4 x 5 in three colours whose pixels say where they are. */
  private final ImageData source =
      new ImageData() {
        @Override
        public String name() {
          return "places";
        }

        @Override
        public int size() {
          return 2;
        }

        @Override
        public ImageShape shape() {
          return new ImageShape(3, 4, 5);
        }

        @Override
        public PixelKind pixelKind() {
          return PixelKind.BINARY;
        }

        @Override
        public void read(int[] indices, float[] pixels) {
          for (int i = 0; i < indices.length; i++) {
            for (int p = 0; p < 60; p++) {
              int place = 100 * indices[i] + 30 * (p / 20) + 5 * (p / 5 % 4) + p % 5;
              pixels[60 * i + p] = place / 200f;
            }
          }
        }

        @Override
        public Optional<Factors> factors() {
          return Optional.empty();
        }

        @Override
        public String fingerprint() {
          return "places 1";
        }
      };

  @Test
  void theSquareIsCutWhereItIsAsked() {
    ImageData cut = CroppedImages.of(source, 3, 2, 2, 1);
    assertEquals(new ImageShape(3, 2, 2), cut.shape());
    assertEquals(PixelKind.BINARY, cut.pixelKind());
    float[] expected = {13, 14, 18, 19, 43, 44, 48, 49, 73, 74, 78, 79};
    float[] pixels = new float[24];
    cut.read(new int[] {1, 0}, pixels);
    for (int p = 0; p < 12; p++) {
      assertEquals((100 + expected[p]) / 200, pixels[p], 1e-6f);
      assertEquals(expected[p] / 200, pixels[12 + p], 1e-6f);
    }
  }

  @Test
  void aPixelIsTheMeanOfThoseItStandsFor() {
    ImageData half = CroppedImages.of(source, 1, 0, 4, 2);
    assertEquals(PixelKind.CONTINUOUS, half.pixelKind());
    // The upper left one of the first colour: places 1, 2, 6 and 7.
    float[] first = {4, 6, 14, 16};
    float[] expected = new float[12];
    for (int p = 0; p < 12; p++) {
      expected[p] = (30 * (p / 4) + first[p % 4]) / 200;
    }
    assertArrayEquals(expected, half.image(0).pixels(), 1e-6f);
  }

  @Test
  void whatIsCutDecidesTheFingerprint() {
    String fingerprint = CroppedImages.of(source, 0, 0, 4, 2).fingerprint();
    assertEquals("places 1; 4 from column 0, row 0, by 2", fingerprint);
    assertNotEquals(fingerprint, CroppedImages.of(source, 1, 0, 4, 2).fingerprint());
  }

  @ParameterizedTest
  @CsvSource({"-1,0,2,1", "0,-1,2,1", "0,0,0,1", "2,0,4,1", "0,1,4,1", "0,0,4,0", "0,0,4,3"})
  void otherSquaresAreRefused(int left, int top, int side, int shrink) {
    assertThrows(
        IllegalArgumentException.class, () -> CroppedImages.of(source, left, top, side, shrink));
  }
}
