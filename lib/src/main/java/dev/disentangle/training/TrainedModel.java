package dev.disentangle.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.GaussianPosterior;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.DecoderLayer;
import dev.disentangle.representation.ImageAutoencoder;
import dev.disentangle.representation.ImageLikelihood;
import dev.disentangle.representation.LikelihoodModel;
import dev.disentangle.representation.PortableDecoder;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The current state of a training's networks as plain arrays in and out. It is a live view: after
 * more steps it gives other codes, and it is closed with its training.
 */
public final class TrainedModel implements ImageAutoencoder, LikelihoodModel, PortableDecoder {

  private static final int CHUNK = 256;

  private final String name;
  private final EncoderDecoder autoencoder;
  private final ImageShape shape;
  private final int latents;
  private final NDManager manager;

  TrainedModel(
      String name, EncoderDecoder autoencoder, ImageShape shape, int latents, NDManager manager) {
    this.name = name;
    this.autoencoder = autoencoder;
    this.shape = shape;
    this.latents = latents;
    this.manager = manager;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int latents() {
    return latents;
  }

  @Override
  public Codes encode(List<Image> images) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("images must not be empty");
    }
    float[][] means = new float[images.size()][];
    float[][] logVariances = new float[images.size()][];
    for (int start = 0; start < images.size(); start += CHUNK) {
      List<Image> chunk = images.subList(start, Math.min(start + CHUNK, images.size()));
      float[] pixels = new float[chunk.size() * shape.pixels()];
      for (int i = 0; i < chunk.size(); i++) {
        requireShape(chunk.get(i).shape());
        System.arraycopy(chunk.get(i).pixels(), 0, pixels, i * shape.pixels(), shape.pixels());
      }
      encode(pixels, chunk.size(), start, means, logVariances);
    }
    return new Codes(means, logVariances);
  }

  @Override
  public Codes encode(ImageData data, int[] indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException("indices must not be empty");
    }
    requireShape(data.shape());
    float[][] means = new float[indices.length][];
    float[][] logVariances = new float[indices.length][];
    float[] pixels = new float[Math.min(CHUNK, indices.length) * shape.pixels()];
    for (int start = 0; start < indices.length; start += CHUNK) {
      int end = Math.min(start + CHUNK, indices.length);
      data.read(Arrays.copyOfRange(indices, start, end), pixels);
      encode(pixels, end - start, start, means, logVariances);
    }
    return new Codes(means, logVariances);
  }

  private void encode(
      float[] pixels, int count, int start, float[][] means, float[][] logVariances) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray images = images(scope, pixels, count);
      GaussianPosterior posterior = GradientMode.paused(() -> autoencoder.encode(images));
      copyRows(posterior.mean(), start, means);
      copyRows(posterior.logVariance(), start, logVariances);
    }
  }

  private NDArray images(NDManager scope, float[] pixels, int count) {
    float[] exact =
        pixels.length == count * shape.pixels()
            ? pixels
            : Arrays.copyOf(pixels, count * shape.pixels());
    return scope.create(exact, new Shape(count, shape.channels(), shape.height(), shape.width()));
  }

  private void copyRows(NDArray array, int start, float[][] rows) {
    // A view (half of the encoder's output) must be laid out in rows before it is read.
    float[] values = GradientMode.paused(() -> Operations.contiguous(array)).toFloatArray();
    int width = values.length / Math.toIntExact(array.getShape().get(0));
    for (int row = 0; row * width < values.length; row++) {
      rows[start + row] = Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }
  }

  @Override
  public List<Image> decode(float[][] codes) {
    if (codes.length == 0) {
      throw new IllegalArgumentException("codes must not be empty");
    }
    List<Image> images = new ArrayList<>(codes.length);
    for (int start = 0; start < codes.length; start += CHUNK) {
      decode(Arrays.copyOfRange(codes, start, Math.min(start + CHUNK, codes.length)), images);
    }
    return images;
  }

  private float[] flat(float[][] codes) {
    if (codes.length == 0) {
      throw new IllegalArgumentException("codes must not be empty");
    }
    float[] flat = new float[codes.length * latents];
    for (int i = 0; i < codes.length; i++) {
      if (codes[i].length != latents) {
        throw new IllegalArgumentException(
            "row " + i + " of codes must have " + latents + " latents, had " + codes[i].length);
      }
      System.arraycopy(codes[i], 0, flat, i * latents, latents);
    }
    return flat;
  }

  private void decode(float[][] codes, List<Image> images) {
    float[] flat = flat(codes);
    try (NDManager scope = manager.newSubManager()) {
      NDArray z = scope.create(flat, new Shape(codes.length, latents));
      NDArray decoded = GradientMode.paused(() -> Operations.contiguous(autoencoder.decode(z)));
      float[] pixels = decoded.toFloatArray();
      for (int i = 0; i < codes.length; i++) {
        int from = i * shape.pixels();
        images.add(new Image(shape, Arrays.copyOfRange(pixels, from, from + shape.pixels())));
      }
    }
  }

  @Override
  public Optional<List<DecoderLayer>> decoderLayers() {
    return autoencoder instanceof Autoencoder plain ? PlainDecoder.layers(plain) : Optional.empty();
  }

  @Override
  public Optional<ImageLikelihood> likelihood() {
    return autoencoder instanceof Autoencoder plain
        ? Optional.of((data, image, codes) -> logLikelihoods(plain, data, image, codes))
        : Optional.empty();
  }

  private double[] logLikelihoods(Autoencoder plain, ImageData data, int image, float[][] codes) {
    requireShape(data.shape());
    float[] flat = flat(codes);
    float[] pixels = new float[shape.pixels()];
    data.read(new int[] {image}, pixels);
    double[] logLikelihoods = new double[codes.length];
    try (NDManager scope = manager.newSubManager()) {
      NDArray z = scope.create(flat, new Shape(codes.length, latents));
      NDArray x = images(scope, pixels, 1);
      NDArray negative =
          GradientMode.paused(() -> plain.likelihood().perImage(plain.decoder().forward(z), x));
      float[] nats = negative.toFloatArray();
      for (int i = 0; i < nats.length; i++) {
        logLikelihoods[i] = -nats[i];
      }
    }
    return logLikelihoods;
  }

  private void requireShape(ImageShape given) {
    if (!given.equals(shape)) {
      throw new IllegalArgumentException(
          name + " was trained on images of " + shape + ", was given " + given);
    }
  }
}
