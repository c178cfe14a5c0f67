package dev.disentangle.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SubsetTest {

  private final DSprites sprites =
      DSprites.generate(new DSpritesGrid(32, List.of(DSpritesShape.values()), 2, 8, 8));

  @Test
  void aSubsetReadsItsSource() {
    Subset subset = Subset.of(sprites, "three", 7, 100, 7);
    assertEquals(3, subset.size());
    assertArrayEquals(sprites.image(100).pixels(), subset.image(1).pixels());
    Factors factors = subset.factors().orElseThrow();
    assertArrayEquals(sprites.space().values(new int[] {7, 100}), factors.values(new int[] {0, 1}));
    assertNotEquals(subset.fingerprint(), Subset.of(sprites, "three", 100, 7, 7).fingerprint());
    assertThrows(IndexOutOfBoundsException.class, () -> subset.image(3));
    assertThrows(IllegalArgumentException.class, () -> Subset.of(sprites, "none"));
    assertThrows(IndexOutOfBoundsException.class, () -> Subset.of(sprites, "x", sprites.size()));
  }

  @Test
  void randomSubsetsAreSeededAndWithoutRepeats() {
    Subset first = Subset.random(sprites, 50, 1);
    assertEquals(first.fingerprint(), Subset.random(sprites, 50, 1).fingerprint());
    assertNotEquals(first.fingerprint(), Subset.random(sprites, 50, 2).fingerprint());
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      assertTrue(seen.add(first.sourceIndex(i)));
    }
    assertThrows(
        IllegalArgumentException.class, () -> Subset.random(sprites, sprites.size() + 1, 1));
  }

  @Test
  void aSplitSharesNoImageAndLosesNone() {
    Split split = Split.of(sprites, 0.25, 3);
    Set<Integer> seen = new HashSet<>();
    for (Subset part : List.of(split.train(), split.test())) {
      for (int i = 0; i < part.size(); i++) {
        assertTrue(seen.add(part.sourceIndex(i)));
      }
    }
    assertEquals(sprites.size(), seen.size());
    assertEquals(Math.round(0.25 * sprites.size()), split.test().size());
    assertTrue(split.test().name().contains("seed 3"));
    for (double wrong : new double[] {0, 1, -1, Double.NaN, 1e-9}) {
      assertThrows(IllegalArgumentException.class, () -> Split.of(sprites, wrong, 3));
    }
  }

  @Test
  void thinningAGridLeavesAGrid() {
    Subset thin = SamplingDensity.everyNth(sprites, 1, 2, 2, 4, 1);
    FactorSpace space = (FactorSpace) thin.factors().orElseThrow();
    assertEquals(
        FactorSpace.of(List.of("shape", "scale", "orientation", "posY"), 3, 2, 3, 4), space);
    assertEquals(space.size(), thin.size());
    int image = space.index(2, 1, 2, 3);
    int source = sprites.space().index(2, 2, 4, 0, 3);
    assertEquals(source, thin.sourceIndex(image));
    assertThrows(IllegalArgumentException.class, () -> SamplingDensity.everyNth(sprites, 1, 2));
    assertThrows(
        IllegalArgumentException.class, () -> SamplingDensity.everyNth(sprites, 4, 1, 1, 1, 1));
    Subset random = SamplingDensity.random(sprites, 0.5, 1);
    assertEquals(sprites.size() / 2, random.size());
    assertThrows(
        IllegalArgumentException.class, () -> SamplingDensity.everyNth(random, 1, 1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> SamplingDensity.random(sprites, 0, 1));
  }
}
