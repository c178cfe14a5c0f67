package dev.disentangle.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.disentangle.data.DSprites;
import dev.disentangle.data.DSpritesGrid;
import dev.disentangle.data.DSpritesShape;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.SamplingDensity;
import dev.disentangle.metric.ScoreOptions;
import dev.disentangle.metric.Scores;
import dev.disentangle.objective.Vae;
import dev.disentangle.tensor.Adam;
import dev.disentangle.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class SparseSamplingTest {

  @TempDir private Path folder;

  private static final Vae METHOD = new Vae(Adam.of(1e-3));

  private final DSprites hearts =
      DSprites.generate(new DSpritesGrid(32, List.of(DSpritesShape.HEART), 1, 1, 2, 1, 32));

  /** Twenty steps each, on 1,536 upright hearts. */
  private Table run(int seeds) throws IOException {
    SparseSampling density = new SparseSampling(folder);
    density.run(hearts, METHOD, 3, 20, seeds);
    return density.ended();
  }

  @Test
  void everyShareIsTrainedOnceAndScoredOnAllImages() throws IOException {
    assertEquals(0, new SparseSampling(folder).ended().rowCount());
    Table one = run(1);
    assertArrayEquals(new double[] {1, 0.3, 0.1, 0.03}, one.doubleColumn("share").asDoubleArray());
    assertArrayEquals(new int[] {1536, 461, 154, 46}, one.intColumn("images").asIntArray());
    double[] gaps = one.doubleColumn("mig").asDoubleArray();
    assertNotEquals(gaps[0], gaps[3], "other images were seen");
    ImageData few = SamplingDensity.random(hearts, 0.03, 0);
    try (Training same = Training.of(METHOD, few).latents(3).seed(0).measureEvery(0).build()) {
      Scores all = Scores.of(same.run(20).model(), hearts, ScoreOptions.defaults().only("mig"));
      assertEquals(all.value("mig"), gaps[3], "all images are scored, few were seen");
    }
    for (double score : one.doubleColumn("factorvae").asDoubleArray()) {
      assertTrue(score > 0 && score <= 1, "score " + score);
    }
    Path file = folder.resolve(SparseSampling.FILE);
    List<String> before = Files.readAllLines(file);
    Table two = run(2);
    assertEquals(8, two.rowCount());
    assertArrayEquals(new long[] {0, 0, 0, 0, 1, 1, 1, 1}, two.longColumn("seed").asLongArray());
    // What was there stays as it was, to the last digit.
    assertEquals(before, Files.readAllLines(file).subList(0, 5));
    run(2);
    assertEquals(9, Files.readAllLines(file).size());
  }
}
