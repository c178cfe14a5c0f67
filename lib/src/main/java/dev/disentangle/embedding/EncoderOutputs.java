package dev.disentangle.embedding;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.representation.Codes;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.Arrays;

/**
 * What an encoder that was trained elsewhere gave for some images.
 *
 * @param outputs its results
 * @param name the encoder's file name, for messages
 * @param count how many images
 */
record EncoderOutputs(NDList outputs, String name, int count) {

  /** Reads the posteriors off the outputs that a format says. */
  static Codes codes(NDList outputs, String name, ModelFormat format, int count) {
    EncoderOutputs all = new EncoderOutputs(outputs, name, count);
    float[][] means = all.rows(all.output(format.meanOutput()));
    if (format.logVarianceOutput() == format.meanOutput()) {
      return all.halves(means);
    }
    float[][] logVariances =
        format.logVarianceOutput() < 0
            ? certain(means)
            : all.rows(all.output(format.logVarianceOutput()));
    return new Codes(means, logVariances);
  }

  private NDArray output(int position) {
    if (position >= outputs.size()) {
      throw new IllegalArgumentException(
          "the encoder in "
              + name
              + " must give an output "
              + position
              + ", counted from 0, gave "
              + outputs.size()
              + "; ModelFormat.outputs says which are means and logarithms of variances");
    }
    return outputs.get(position);
  }

  private float[][] rows(NDArray output) {
    Shape shape = output.getShape();
    if (shape.dimension() != 2 || shape.get(0) != count) {
      throw new IllegalArgumentException(
          "the encoder in " + name + " must give [" + count + ", latents], gave " + shape);
    }
    float[] values = GradientMode.paused(() -> Operations.contiguous(output)).toFloatArray();
    int width = values.length / count;
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
    }
    return rows;
  }

  private Codes halves(float[][] rows) {
    int width = rows[0].length;
    if (width % 2 != 0) {
      throw new IllegalArgumentException(
          "the encoder in " + name + " must give means and as many logarithms, gave " + width);
    }
    float[][] means = new float[rows.length][];
    float[][] logVariances = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      means[i] = Arrays.copyOf(rows[i], width / 2);
      logVariances[i] = Arrays.copyOfRange(rows[i], width / 2, width);
    }
    return new Codes(means, logVariances);
  }

  private static float[][] certain(float[][] means) {
    float[][] rows = new float[means.length][means[0].length];
    for (float[] row : rows) {
      Arrays.fill(row, Float.NEGATIVE_INFINITY);
    }
    return rows;
  }
}
