package dev.disentangle.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Player;
import dev.disentangle.model.Autoencoder;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.Noise;
import dev.disentangle.model.Posterior;
import dev.disentangle.model.Prior;
import dev.disentangle.representation.Codes;
import dev.disentangle.representation.DecoderLayer;
import dev.disentangle.representation.ImageAutoencoder;
import dev.disentangle.representation.ImageLikelihood;
import dev.disentangle.representation.LikelihoodModel;
import dev.disentangle.representation.PortableDecoder;
import dev.disentangle.tensor.GradientMode;
import dev.disentangle.tensor.Operations;
import dev.disentangle.tensor.Safetensors;
import dev.disentangle.tensor.Threads;
import dev.disentangle.tensor.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The current state of a training's networks as plain arrays in and out. It is a live view: after
 * more steps it gives other codes, and it is closed with its training. Another thread may use it
 * while the training runs; each then waits for the other's step or encoding. {@link #open} gives
 * that of a checkpoint.
 */
public final class TrainedModel
    implements ImageAutoencoder, LikelihoodModel, PortableDecoder, AutoCloseable {

  /** Images that are encoded by one call; networks see to it that activations stay in caches. */
  private static final int ENCODED = 256;

  /** Codes that are decoded at once; the activations of more leave a processor's caches. */
  private static final int DECODED = 32;

  private final String name;
  private final EncoderDecoder autoencoder;
  private final ImageShape shape;
  private final int latents;
  private final NDManager manager;
  private final ReentrantLock still;
  private final boolean owner;

  TrainedModel(
      String name,
      EncoderDecoder autoencoder,
      ImageShape shape,
      int latents,
      NDManager manager,
      ReentrantLock still,
      boolean owner) {
    this.name = name;
    this.autoencoder = autoencoder;
    this.shape = shape;
    this.latents = latents;
    this.manager = manager;
    this.still = still;
    this.owner = owner;
  }

  /**
   * Opens the model of a checkpoint alone, to encode and decode, without its data and without what
   * training it would need.
   *
   * @param folder a folder that {@link Training#save} or {@link Training#saveModel} wrote, or one
   *     of a run that saves itself, whose newest checkpoint is taken
   * @return the model; the caller closes it
   * @throws IOException if it cannot be read; the message names the file
   * @throws IllegalArgumentException if the networks cannot be built again from the file because
   *     the method or the architecture is not a record or was defined in a notebook's cell; build
   *     the training with {@link Training#of} and call {@link Training#load}
   */
  public static TrainedModel open(Path folder) throws IOException {
    Path checkpoint = CheckpointSeries.newestIn(folder);
    Settings settings = Checkpoint.settings(checkpoint);
    DataOutline images = Checkpoint.images(checkpoint);
    NDManager manager = NDManager.newBaseManager("PyTorch");
    try {
      Learner learner = settings.objective().learner(settings.assembly(images, manager));
      Checkpoint.loadNetworks(learner.autoencoder().networks(), manager, checkpoint);
      learner.players().forEach(Player::close);
      return new TrainedModel(
          settings.objective().name(),
          learner.autoencoder(),
          images.shape(),
          learner.autoencoder().latents(),
          manager,
          new ReentrantLock(),
          true);
    } catch (IOException | RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * Writes the model as one TorchScript file, which {@code torch.jit.load} in Python opens without
   * this kit, and {@code TorchScriptModel.open(file, ModelFormat.of(shape))} here: methods {@code
   * encode} (images to means and logarithms of variances), {@code mean}, {@code sample} (one code
   * per image, by PyTorch's own random numbers), {@code decode} (codes to the likelihood's mean),
   * and {@code forward}, which decodes the mean. Images are {@code [batch, channels, height,
   * width]}.
   *
   * @param file the file to write or replace, by custom ending in {@code .pt}
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if the model is a generator without an encoder of its own, has
   *     networks that are no layers of this kit, or posteriors that are neither diagonal Gaussians
   *     nor certain
   */
  public void export(Path file) throws IOException {
    still.lock();
    try {
      ModelExport.write(file, name, autoencoder);
    } finally {
      still.unlock();
    }
  }

  /**
   * Writes the weights alone in the safetensors format, which Python's library of that name reads
   * and which holds no code. Names are those of checkpoints, such as {@code encoder/0_weight};
   * layouts are PyTorch's.
   *
   * @param file the file to write or replace, by custom ending in {@code .safetensors}
   * @throws IOException if it cannot be written
   */
  public void exportWeights(Path file) throws IOException {
    still.lock();
    try {
      Map<String, NDArray> weights = new LinkedHashMap<>();
      autoencoder.networks().forEach(network -> weights.putAll(network.weights()));
      Safetensors.write(
          file, weights, Map.of("method", name, "latents", Integer.toString(latents)));
    } finally {
      still.unlock();
    }
  }

  /** Frees the networks of a model that was opened alone; those of a training are its own. */
  @Override
  public void close() {
    if (owner) {
      whileStill(
          () -> {
            manager.close();
            return null;
          });
    }
  }

  /** Computes something from weights that hold still: steps wait for it, and it for a step. */
  private <T> T whileStill(Supplier<T> action) {
    still.lock();
    try {
      return action.get();
    } finally {
      still.unlock();
    }
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * Returns the size of the images that the model takes and gives.
   *
   * @return channels, height and width
   */
  public ImageShape imageShape() {
    return shape;
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
    images.forEach(image -> requireShape(image.shape()));
    encode(
        images.size(),
        (start, end, pixels) -> {
          float[] batch = Image.batch(images.subList(start, end));
          System.arraycopy(batch, 0, pixels, 0, batch.length);
        },
        means,
        logVariances);
    return new Codes(means, logVariances);
  }

  @Override
  public Codes encode(ImageData data, int[] indices) {
    requireIndices(data, indices);
    float[][] means = new float[indices.length][];
    float[][] logVariances = new float[indices.length][];
    encode(
        indices.length,
        (start, end, pixels) -> data.read(Arrays.copyOfRange(indices, start, end), pixels),
        means,
        logVariances);
    return new Codes(means, logVariances);
  }

  private void requireIndices(ImageData data, int... indices) {
    if (indices.length == 0) {
      throw new IllegalArgumentException("indices must not be empty");
    }
    requireShape(data.shape());
  }

  /** Writes images from {@code start} to before {@code end} into an array, from position 0 on. */
  @FunctionalInterface
  private interface Reader {
    void read(int start, int end, float[] pixels);
  }

  private void encode(int count, Reader reader, float[][] means, float[][] logVariances) {
    int chunk = Math.min(ENCODED, (count - 1) / Threads.count() + 1);
    whileStill(
        () -> {
          Workers.forEach(
              (count - 1) / chunk + 1,
              () -> new BatchMemory(shape, chunk),
              (memory, piece) -> {
                int start = piece * chunk;
                int end = Math.min(start + chunk, count);
                reader.read(start, end, memory.pixels());
                memory.lay(end - start);
                encode(memory, end - start, start, means, logVariances);
              });
          return null;
        });
  }

  private void encode(
      BatchMemory memory, int count, int start, float[][] means, float[][] logVariances) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray images = memory.images(scope, count);
      Posterior posterior = GradientMode.inference(() -> autoencoder.encode(images));
      copyRows(posterior.mean(), start, means);
      copyRows(posterior.logVariance(), start, logVariances);
    }
  }

  private NDArray images(NDManager scope, float[] pixels, int count) {
    return scope.create(pixels, new Shape(count, shape.channels(), shape.height(), shape.width()));
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
    float[] flat = flat(codes);
    Image[] images = new Image[codes.length];
    whileStill(
        () -> {
          Workers.forEach(
              (codes.length - 1) / DECODED + 1,
              piece -> {
                int start = piece * DECODED;
                int end = Math.min(start + DECODED, codes.length);
                pictures(flat, start, end, autoencoder::decode, images);
              });
          return null;
        });
    return List.of(images);
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

  private void pictures(
      float[] codes, int start, int end, UnaryOperator<NDArray> decode, Image[] images) {
    float[] rows = Arrays.copyOfRange(codes, start * latents, end * latents);
    try (NDManager scope = manager.newSubManager()) {
      NDArray z = scope.create(rows, new Shape(end - start, latents));
      NDArray decoded = GradientMode.inference(() -> Operations.contiguous(decode.apply(z)));
      float[] pixels = decoded.toFloatArray();
      for (int i = start; i < end; i++) {
        int from = (i - start) * shape.pixels();
        images[i] = new Image(shape, Arrays.copyOfRange(pixels, from, from + shape.pixels()));
      }
    }
  }

  /** Draws from the prior that was trained. */
  @Override
  public float[][] drawCodes(int count, RandomGenerator random) {
    return drawCodes(count, noise -> some -> autoencoder.prior().sample(some, noise), random);
  }

  private float[][] drawCodes(
      int count, Function<Noise, IntFunction<NDArray>> draw, RandomGenerator random) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, was " + count);
    }
    float[][] codes = new float[count][];
    for (int start = 0; start < count; start += ENCODED) {
      int some = Math.min(ENCODED, count - start);
      int first = start;
      try (NDManager scope = manager.newSubManager()) {
        Noise noise = new Noise(scope, DataType.FLOAT32, random);
        whileStill(
            () -> {
              copyRows(GradientMode.paused(() -> draw.apply(noise).apply(some)), first, codes);
              return null;
            });
      }
    }
    return codes;
  }

  /**
   * Draws one code per image from its posterior, {@code z ~ q(z|x)}. {@link #encode(ImageData,
   * int[])} gives the variance of each latent by itself; draws also show how an image's latents
   * vary together.
   *
   * @param data the data set
   * @param indices which images; one that is named several times is drawn as often
   * @param random the source of randomness
   * @return {@code [indices][latents]}
   * @throws IllegalArgumentException if {@code indices} is empty or the images have the wrong size
   * @throws IndexOutOfBoundsException if an index is out of range
   */
  public float[][] drawCodes(ImageData data, int[] indices, RandomGenerator random) {
    requireIndices(data, indices);
    float[][] codes = new float[indices.length][];
    var memory = new BatchMemory(shape, Math.min(ENCODED, indices.length));
    for (int start = 0; start < indices.length; start += ENCODED) {
      int first = start;
      int[] some = Arrays.copyOfRange(indices, start, Math.min(start + ENCODED, indices.length));
      data.read(some, memory.pixels());
      memory.lay(some.length);
      try (NDManager scope = manager.newSubManager()) {
        NDArray noise = new Noise(scope, DataType.FLOAT32, random).normal(some.length, latents);
        NDArray images = memory.images(scope, some.length);
        whileStill(
            () -> {
              Supplier<NDArray> draw = () -> autoencoder.encode(images).sample(noise);
              copyRows(GradientMode.inference(draw), first, codes);
              return null;
            });
      }
    }
    return codes;
  }

  /**
   * Draws images from the model: codes from the prior that was trained, decoded into the
   * likelihood's mean.
   *
   * @param count how many, at least 1
   * @param seed seed of the draw
   * @return the images
   * @throws IllegalArgumentException if {@code count} is below 1
   */
  public List<Image> sample(int count, long seed) {
    return decode(drawCodes(count, new SplittableRandom(seed)));
  }

  /**
   * Draws images of one label from a model that was trained with labels.
   *
   * @param label class of the images
   * @param count how many, at least 1
   * @param seed seed of the draw
   * @return the images
   * @throws IllegalArgumentException if {@code count} is below 1, or the model knows no such label
   */
  public List<Image> sample(int label, int count, long seed) {
    Prior prior = autoencoder.prior();
    if (label < 0 || label >= prior.classes()) {
      throw new IllegalArgumentException(
          "label must be one of the "
              + prior.classes()
              + " that "
              + name
              + " was trained with, from 0, was "
              + label);
    }
    return decode(
        drawCodes(
            count, noise -> some -> prior.sample(label, some, noise), new SplittableRandom(seed)));
  }

  /**
   * Draws one image per code from {@code p(x|z)}, with the noise of its pixels, where {@link
   * #decode} gives the mean; a generator's noise is that beside its codes, which {@link #decode}
   * leaves at 0.
   *
   * @param codes one row per image
   * @param seed seed of the draw
   * @return the images; what a Gaussian puts outside {@code [0, 1]} is cut off
   * @throws IllegalArgumentException if there are no codes, one has the wrong length, or the model
   *     decodes in another way than by one network and its likelihood
   */
  public List<Image> drawImages(float[][] codes, long seed) {
    float[] flat = flat(codes);
    if (autoencoder.decoding().isEmpty()) {
      throw new IllegalArgumentException(
          name + " has no single decoder whose likelihood images are drawn from");
    }
    RandomGenerator random = new SplittableRandom(seed);
    Image[] images = new Image[codes.length];
    for (int start = 0; start < codes.length; start += DECODED) {
      int first = start;
      int end = Math.min(start + DECODED, codes.length);
      whileStill(
          () -> {
            pictures(
                flat,
                first,
                end,
                z -> autoencoder.draw(z, new Noise(z.getManager(), z.getDataType(), random)),
                images);
            return null;
          });
    }
    return Arrays.stream(images).map(TrainedModel::withinRange).toList();
  }

  private static Image withinRange(Image image) {
    float[] pixels = image.pixels();
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = Math.max(0, Math.min(1, pixels[p]));
    }
    return new Image(image.shape(), pixels);
  }

  @Override
  public Optional<List<DecoderLayer>> decoderLayers() {
    return autoencoder
        .decoding()
        .flatMap(decoding -> whileStill(() -> PlainDecoder.layers(decoding, latents)));
  }

  @Override
  public Optional<ImageLikelihood> likelihood() {
    return autoencoder instanceof Autoencoder plain
        ? Optional.of(new DecoderLikelihood(plain))
        : Optional.empty();
  }

  private final class DecoderLikelihood implements ImageLikelihood {

    private final Autoencoder plain;

    DecoderLikelihood(Autoencoder plain) {
      this.plain = plain;
    }

    @Override
    public double[] logLikelihoods(ImageData data, int image, float[][] codes) {
      return whileStill(() -> TrainedModel.this.logLikelihoods(plain, data, image, codes));
    }

    @Override
    public Optional<double[]> logPriors(float[][] codes) {
      return plain.prior().isStandardNormal()
          ? Optional.empty()
          : Optional.of(whileStill(() -> TrainedModel.this.logPriors(codes)));
    }

    @Override
    public boolean isDistributionOf(PixelKind pixels) {
      return pixels == PixelKind.BINARY || !(plain.likelihood() instanceof Likelihood.Bernoulli);
    }
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

  private double[] logPriors(float[][] codes) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray z = scope.create(flat(codes), new Shape(codes.length, latents));
      NDArray nats = GradientMode.paused(() -> autoencoder.prior().logDensity(z));
      return nats.toType(DataType.FLOAT64, false).toDoubleArray();
    }
  }

  private void requireShape(ImageShape given) {
    if (!given.equals(shape)) {
      throw new IllegalArgumentException(
          name + " was trained on images of " + shape + ", was given " + given);
    }
  }
}
