package dev.disentangle.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.AdamOptimizer;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Gradients;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sparse factors of the precision against dense matrices in double. */
class StructuredGaussianTest {

  private static final double FLOOR = 0.1;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final SplittableRandom random = new SplittableRandom(6);

  @AfterEach
  void close() {
    manager.close();
  }

  private double[] normal(int count, double deviation) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> deviation * random.nextGaussian());
    return values;
  }

  /** Outputs of one image, {@code [2 + neighbours][channels][rows][columns]}. */
  private record Outputs(double[] values, int radius, int channels, int rows, int columns) {

    double at(int kind, int channel, int pixel) {
      return values[(kind * channels + channel) * rows * columns + pixel];
    }

    double deviation(int channel, int pixel) {
      return FLOOR + Math.exp(at(1, channel, pixel));
    }

    /** The whole factor of one channel. */
    RealMatrix factor(int channel) {
      int area = rows * columns;
      double[][] factor = new double[area][area];
      for (int i = 0; i < area; i++) {
        factor[i][i] = 1 / deviation(channel, i);
        int kind = 2;
        for (int down = 0; down <= radius; down++) {
          for (int right = -radius; right <= radius; right++) {
            if (down > 0 || right > 0) {
              int row = i / columns + down;
              int column = i % columns + right;
              if (row < rows && column >= 0 && column < columns) {
                factor[row * columns + column][i] = at(kind, channel, i) / deviation(channel, i);
              }
              kind++;
            }
          }
        }
      }
      return new Array2DRowRealMatrix(factor);
    }

    RealMatrix precision(int channel) {
      return factor(channel).multiplyTransposed(factor(channel));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 3, 4", "2, 3, 4, 3", "2, 1, 2, 2"})
  void theDensityIsThatOfTheDenseMatrix(int radius, int channels, int rows, int columns) {
    StructuredGaussian likelihood = new StructuredGaussian(radius, FLOOR);
    int area = rows * columns;
    int kinds = likelihood.outputsPerPixel();
    double[] images = normal(2 * channels * area, 1);
    double[] all = normal(2 * kinds * channels * area, 0.7);
    double[] expected = new double[2];
    double[] means = new double[images.length];
    for (int image = 0; image < 2; image++) {
      int from = image * kinds * channels * area;
      double[] own = Arrays.copyOfRange(all, from, from + kinds * channels * area);
      Outputs outputs = new Outputs(own, radius, channels, rows, columns);
      for (int channel = 0; channel < channels; channel++) {
        double[] residual = new double[area];
        for (int p = 0; p < area; p++) {
          int pixel = (image * channels + channel) * area + p;
          means[pixel] = outputs.at(0, channel, p);
          residual[p] = images[pixel] - means[pixel];
        }
        RealMatrix precision = outputs.precision(channel);
        double distance =
            MatrixUtils.createRealVector(residual)
                .dotProduct(precision.operate(MatrixUtils.createRealVector(residual)));
        double determinant = new LUDecomposition(precision).getDeterminant();
        expected[image] += 0.5 * (distance + area * Math.log(2 * Math.PI) - Math.log(determinant));
      }
    }
    NDArray given = manager.create(all, new Shape(2, (long) kinds * channels, rows, columns));
    NDArray x = manager.create(images, new Shape(2, channels, rows, columns));
    // The floor and log(2 pi) are rounded to single precision, 1e-7 for each of some tens of terms.
    assertArrayEquals(expected, likelihood.perImage(given, x).toDoubleArray(), 1e-5);
    double mean = (expected[0] + expected[1]) / 2;
    assertEquals(mean, likelihood.negativeLogLikelihood(given, x).getDouble(), 1e-5);
    assertArrayEquals(means, likelihood.mean(given).toDoubleArray(), 1e-12);
    // One image stands for all outputs, as the importance-weighted bound asks for.
    double alone = likelihood.perImage(given, x.get("0:1")).getDouble(0);
    assertEquals(expected[0], alone, 1e-5);
  }

  @Test
  void withoutNeighboursItIsOneVariancePerPixel() {
    double[] outputs = Arrays.copyOf(normal(2 * 12, 1), 6 * 12);
    NDArray x = manager.create(normal(12, 1), new Shape(1, 1, 3, 4));
    NDArray given = manager.create(outputs, new Shape(1, 6, 3, 4));
    NDArray perPixel = new Likelihood.GaussianPerPixel(FLOOR).perPixel(given.get(":, :2"), x);
    NDArray structured = new StructuredGaussian(1, FLOOR).perPixel(given, x);
    assertArrayEquals(perPixel.toDoubleArray(), structured.toDoubleArray(), 1e-12);
    assertEquals(new StructuredGaussian(1, 0.05), new StructuredGaussian());
  }

  /** What is drawn is the mean and a residual that the factor turns back into the noise. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void residualsSolveTheFactor(int radius) {
    StructuredGaussian likelihood = new StructuredGaussian(radius, FLOOR);
    int kinds = likelihood.outputsPerPixel();
    double[] all = normal(2 * kinds * 2 * 12, 0.5);
    NDArray given = manager.create(all, new Shape(2, 2L * kinds, 3, 4));
    Noise noise = new Noise(manager, DataType.FLOAT64, new SplittableRandom(1));
    double[] drawn = likelihood.sample(given, noise).toDoubleArray();
    SplittableRandom again = new SplittableRandom(1);
    for (int plane = 0; plane < 4; plane++) {
      int from = plane / 2 * kinds * 24;
      double[] own = Arrays.copyOfRange(all, from, from + kinds * 24);
      Outputs outputs = new Outputs(own, radius, 2, 3, 4);
      double[] residual = new double[12];
      for (int p = 0; p < 12; p++) {
        residual[p] = drawn[plane * 12 + p] - outputs.at(0, plane % 2, p);
      }
      double[] whitened = outputs.factor(plane % 2).transpose().operate(residual);
      double[] expected = new double[12];
      Arrays.setAll(expected, i -> (float) again.nextGaussian());
      // The floor's logarithm is rounded to single precision.
      assertArrayEquals(expected, whitened, 1e-5);
    }
  }

  /** Of images of noise alone, a decoder of one fixed input learns the precision of the noise. */
  @Test
  void theBandedPrecisionOfNoiseIsFound() {
    Outputs truth = new Outputs(truth(), 1, 1, 4, 4);
    int images = 4_000;
    double[] x = new double[images * 16];
    RealMatrix covariance = MatrixUtils.inverse(truth.precision(0));
    RealMatrix root = new CholeskyDecomposition(covariance, 1e-9, 1e-9).getL();
    for (int i = 0; i < images; i++) {
      System.arraycopy(root.operate(normal(16, 1)), 0, x, i * 16, 16);
    }
    float[] pixels = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      pixels[i] = (float) x[i];
    }
    NDArray data = manager.create(pixels, new Shape(images, 1, 4, 4));
    List<Layer> layers = List.of(new Layer.Dense(6 * 16), Layer.reshape(6, 4, 4));
    LayeredBlock block = new LayeredBlock(Precision.FLOAT32, new long[] {1}, layers);
    Network decoder =
        Network.of("decoder", block, new long[] {1}, new long[] {6, 4, 4}, manager, random);
    Likelihood likelihood = new StructuredGaussian(1, FLOOR);
    NDArray codes = manager.zeros(new Shape(images, 1));
    try (AdamOptimizer adam = new AdamOptimizer(Adam.of(0.02), decoder.parameters())) {
      for (int step = 0; step < 300; step++) {
        GradientMode.recording(
            () -> {
              NDArray loss = likelihood.negativeLogLikelihood(decoder.forward(codes), data);
              adam.update(Gradients.of(loss, decoder.parameters()));
              return null;
            });
      }
    }
    NDArray outputs = GradientMode.paused(() -> decoder.forward(codes.get("0:1")));
    float[] learned = outputs.toFloatArray();
    double[] values = new double[learned.length];
    Arrays.setAll(values, i -> learned[i]);
    double[][] found = new Outputs(values, 1, 1, 4, 4).precision(0).getData();
    double[][] wanted = truth.precision(0).getData();
    // 4,000 images give an entry to about sqrt((P_ij^2 + P_ii P_jj) / 4000): at most 0.09 for
    // diagonals of 4; here four times that.
    for (int i = 0; i < 16; i++) {
      assertArrayEquals(wanted[i], found[i], 0.36, "row " + i);
    }
  }

  /** Mean 0, deviations near 0.6, neighbours that pull in one direction and another. */
  private static double[] truth() {
    double[] pull = {-0.6, 0.3, -0.4, 0.2};
    double[] values = new double[6 * 16];
    for (int p = 0; p < 16; p++) {
      values[16 + p] = Math.log(0.5) + 0.1 * (p % 3);
      for (int k = 0; k < 4; k++) {
        values[(2 + k) * 16 + p] = pull[k];
      }
    }
    return values;
  }
}
