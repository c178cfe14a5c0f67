package dev.disentangle.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.disentangle.data.FactorSpace;
import dev.disentangle.data.Factors;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.ImageShape;
import dev.disentangle.data.PixelKind;
import dev.disentangle.learner.Assembly;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Player;
import dev.disentangle.model.Architecture;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.tensor.Operations;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Networks of a few units in float64, for computations that are repeated by hand. */
public final class TinyNetworks {

  public static final ImageShape SHAPE = new ImageShape(1, 4, 4);

  private TinyNetworks() {}

  /**
   * Builds a method's networks for images of 4x4 binary pixels, whose grid has three factors. DJL
   * draws the values of its own layers without a seed, so they are replaced by seeded ones.
   */
  public static Learner learner(
      Objective objective, NDManager manager, int latents, int batchSize) {
    return learner(objective, data(), manager, latents, batchSize);
  }

  /** The same for another data set of 4x4 pixels. */
  public static Learner learner(
      Objective objective, ImageData data, NDManager manager, int latents, int batchSize) {
    return learner(objective, assembly(objective, data, manager, latents, batchSize));
  }

  /** The same for any assembly. */
  public static Learner learner(Objective objective, Assembly assembly) {
    Learner learner = objective.learner(assembly);
    SplittableRandom random = new SplittableRandom(1);
    for (Player player : learner.players()) {
      for (NDArray weight : player.parameters()) {
        set(weight, random.doubles(weight.size(), -0.7, 0.7).toArray());
      }
    }
    return learner;
  }

  /** Overwrites an array's values, whatever its type. */
  public static void set(NDArray array, double... values) {
    try (NDArray given = array.getManager().create(values, array.getShape())) {
      Operations.assign(array, given);
    }
  }

  public static ImageData data() {
    return new Blanks();
  }

  public static Assembly assembly(
      Objective objective, NDManager manager, int latents, int batchSize) {
    return assembly(objective, data(), manager, latents, batchSize);
  }

  /** The same networks for another data set of 4x4 pixels. */
  public static Assembly assembly(
      Objective objective, ImageData data, NDManager manager, int latents, int batchSize) {
    return assembly(
        objective,
        objective.defaultPosterior(),
        objective.defaultPrior(),
        data,
        new Likelihood.Bernoulli(),
        manager,
        latents,
        batchSize);
  }

  /** The same for other pixels. */
  public static Assembly assembly(
      Objective objective,
      ImageData data,
      Likelihood likelihood,
      NDManager manager,
      int latents,
      int batchSize) {
    return assembly(
        objective,
        objective.defaultPosterior(),
        objective.defaultPrior(),
        data,
        likelihood,
        manager,
        latents,
        batchSize);
  }

  /** With parts other than the method's own. */
  public static Assembly assembly(
      Objective objective,
      PosteriorFamily posterior,
      PriorFamily prior,
      ImageData data,
      NDManager manager,
      int latents,
      int batchSize) {
    return assembly(
        objective, posterior, prior, data, new Likelihood.Bernoulli(), manager, latents, batchSize);
  }

  private static Assembly assembly(
      Objective objective,
      PosteriorFamily posterior,
      PriorFamily prior,
      ImageData data,
      Likelihood likelihood,
      NDManager manager,
      int latents,
      int batchSize) {
    return new Assembly(
        objective.name(),
        data,
        latents,
        batchSize,
        new Smooth(),
        posterior,
        prior,
        likelihood,
        manager,
        new SplittableRandom(0));
  }

  /** Two dense layers with a smooth bend between them, in float64. */
  private static final class Smooth implements Architecture {
    @Override
    public String name() {
      return "smooth";
    }

    @Override
    public Block encoder(ImageShape images, int outputs) {
      DoubleBlock block = new DoubleBlock();
      block.add(Blocks.batchFlattenBlock()).add(dense(outputs));
      return block;
    }

    @Override
    public Block decoder(int latents, ImageShape images) {
      Shape shape = new Shape(-1, images.channels(), images.height(), images.width());
      return dense(images.pixels())
          .add(new LambdaBlock(x -> new NDList(x.singletonOrThrow().reshape(shape))));
    }

    @Override
    public Block discriminator(int latents, int outputs) {
      return dense(outputs);
    }

    @Override
    public Block imageFeatures(ImageShape images) {
      return encoder(images, 4);
    }

    private static DoubleBlock dense(int outputs) {
      DoubleBlock block = new DoubleBlock();
      block.add(Linear.builder().setUnits(6).build());
      block.add(Activation::tanh);
      block.add(Linear.builder().setUnits(outputs).build());
      return block;
    }
  }

  /** Ordinary DJL layers, whose weights are float64 whatever is asked for. */
  private static final class DoubleBlock extends SequentialBlock {
    @Override
    public void initialize(NDManager manager, DataType type, Shape... inputs) {
      super.initialize(manager, DataType.FLOAT64, inputs);
    }
  }

  /** A data set that is only asked for its size. */
  private static final class Blanks implements ImageData {
    @Override
    public String name() {
      return "blanks";
    }

    @Override
    public int size() {
      return 50;
    }

    @Override
    public ImageShape shape() {
      return SHAPE;
    }

    @Override
    public PixelKind pixelKind() {
      return PixelKind.BINARY;
    }

    @Override
    public void read(int[] indices, float[] pixels) {
      Arrays.fill(pixels, 0);
    }

    @Override
    public Optional<Factors> factors() {
      return Optional.of(FactorSpace.of(List.of("row", "column", "tone"), 5, 5, 2));
    }

    @Override
    public String fingerprint() {
      return "blanks";
    }
  }
}
