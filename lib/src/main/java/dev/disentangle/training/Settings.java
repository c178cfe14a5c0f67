package dev.disentangle.training;

import ai.djl.ndarray.NDManager;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.disentangle.data.ImageData;
import dev.disentangle.learner.Assembly;
import dev.disentangle.model.Architecture;
import dev.disentangle.model.Architectures;
import dev.disentangle.model.Likelihood;
import dev.disentangle.model.PosteriorFamily;
import dev.disentangle.model.PriorFamily;
import dev.disentangle.objective.Objective;
import dev.disentangle.tensor.WrappedNumbers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All choices of a training beside its data.
 *
 * @param objective the method
 * @param latents number of latents, at least 1
 * @param batchSize images per batch, at least 2
 * @param seed what all randomness comes from
 * @param architecture the networks
 * @param posterior what the encoder says about an image
 * @param prior what codes are compared with and drawn from
 * @param likelihood distribution of the pixels
 * @param recordEvery how many steps are averaged into one row of the history
 * @param measureEvery steps between measurements of the total correlation, of a set of more than
 *     20,000 images from so many of them; 0 for none
 * @param measureAllEvery steps between measurements of the true total correlation of a larger set,
 *     for which all its images are encoded; 0 for none
 * @param scoreSchedule scores computed while the training goes on
 */
public record Settings(
    Objective objective,
    int latents,
    int batchSize,
    long seed,
    Architecture architecture,
    PosteriorFamily posterior,
    PriorFamily prior,
    Likelihood likelihood,
    int recordEvery,
    int measureEvery,
    int measureAllEvery,
    ScoreSchedule scoreSchedule) {

  private static final int MEASURE_EVERY = 500;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Settings {
    require(latents >= 1 && latents <= 10_000, "latents", latents, "in 1 .. 10,000");
    require(batchSize >= 2, "batchSize", batchSize, "at least 2");
    require(recordEvery >= 1, "recordEvery", recordEvery, "at least 1");
    require(measureEvery >= 0, "measureEvery", measureEvery, "at least 0");
    require(measureAllEvery >= 0, "measureAllEvery", measureAllEvery, "at least 0");
    // Files of before there were schedules lack it.
    scoreSchedule = scoreSchedule == null ? ScoreSchedule.none() : scoreSchedule;
  }

  /**
   * Writes these settings as JSON, for files and other processes.
   *
   * @return the text; parts that are not records are noted by their class alone
   */
  public String toJson() {
    return SettingsJson.encode(this, Settings.class).toString();
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param json the text
   * @return equal settings
   * @throws IllegalArgumentException if they cannot be built, for example because a part is not a
   *     record or this process does not know its class; the message says which
   */
  public static Settings fromJson(String json) {
    try {
      return (Settings) SettingsJson.decode(JsonParser.parseString(json), Settings.class);
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("not settings as JSON: " + e.getMessage(), e);
    }
  }

  /** What the networks are built from. */
  Assembly assembly(ImageData data, NDManager manager) {
    return new Assembly(
        objective.name(),
        data,
        latents,
        batchSize,
        architecture,
        posterior,
        prior,
        likelihood,
        manager,
        Seeds.random(seed, Seeds.Purpose.WEIGHTS, 0));
  }

  /** Refuses a user's parts whose gradients would rest on numbers that DJL wraps. */
  private void requireSafeNumbers() {
    for (Object part : List.of(objective, architecture, posterior, prior, likelihood)) {
      Optional<String> call = WrappedNumbers.find(part.getClass());
      if (call.isPresent()) {
        throw new IllegalArgumentException(
            "NDArray."
                + call.get()
                + " gives wrong gradients when memory is scarce, silently: write"
                + " Operations.scale(x, number) or Operations.atMost(x, number) instead");
      }
    }
  }

  private static void require(boolean holds, String name, long value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + range + ", was " + value);
    }
  }

  /** Collects the choices; every one has a default that suits the data. */
  public static final class Builder {

    private final Objective objective;
    private final ImageData data;
    private int latents = 10;
    private int batchSize = 64;
    private long seed;
    private Architecture architecture;
    private PosteriorFamily posterior;
    private PriorFamily prior;
    private Likelihood likelihood;
    private int recordEvery = 20;
    private Integer measureEvery;
    private Integer measureAllEvery;
    private ScoreSchedule scoreSchedule = ScoreSchedule.none();
    private Checkpoints checkpoints;

    Builder(Objective objective, ImageData data) {
      this.objective = objective;
      this.data = data;
    }

    Builder(Settings settings, ImageData data) {
      this(settings.objective(), data);
      latents = settings.latents();
      batchSize = settings.batchSize();
      seed = settings.seed();
      architecture = settings.architecture();
      posterior = settings.posterior();
      prior = settings.prior();
      likelihood = settings.likelihood();
      recordEvery = settings.recordEvery();
      measureEvery = settings.measureEvery();
      measureAllEvery = settings.measureAllEvery();
      scoreSchedule = settings.scoreSchedule();
    }

    /**
     * Sets the number of latents.
     *
     * @param count at least 1; the default is 10
     * @return this
     */
    public Builder latents(int count) {
      latents = count;
      return this;
    }

    /**
     * Sets the number of images per batch.
     *
     * @param images at least 2; the default is 64
     * @return this
     */
    public Builder batchSize(int images) {
      batchSize = images;
      return this;
    }

    /**
     * Sets the seed.
     *
     * @param value any number; the default is 0
     * @return this
     */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Sets the networks.
     *
     * @param networks the default is the preset for the images' size, see {@link Architectures#of}
     * @return this
     */
    public Builder architecture(Architecture networks) {
      architecture = networks;
      return this;
    }

    /**
     * Sets what the encoder says about an image.
     *
     * @param family the default is the method's own, mostly {@link
     *     dev.disentangle.model.DiagonalGaussian}
     * @return this
     */
    public Builder posterior(PosteriorFamily family) {
      posterior = family;
      return this;
    }

    /**
     * Sets what codes are compared with and drawn from.
     *
     * @param family the default is the method's own, mostly {@link
     *     dev.disentangle.model.StandardNormal}
     * @return this
     */
    public Builder prior(PriorFamily family) {
      prior = family;
      return this;
    }

    /**
     * Sets the distribution of the pixels.
     *
     * @param pixels the default is Bernoulli
     * @return this
     */
    public Builder likelihood(Likelihood pixels) {
      likelihood = pixels;
      return this;
    }

    /**
     * Sets how many steps are averaged into one row of the history.
     *
     * @param steps at least 1; the default is 20
     * @return this
     */
    public Builder recordEvery(int steps) {
      recordEvery = steps;
      return this;
    }

    /**
     * Sets how often the total correlation is measured: the true one of a set of up to 20,000
     * images, and of a larger set an estimate from 20,000 of them, under a name of its own.
     *
     * @param steps steps between measurements, 0 for none. The default is 500; if 500 steps train
     *     on fewer images than a measurement encodes, as many as train on 1.6 times those. It then
     *     takes about a twentieth of a VAE's time and less of other methods'
     * @return this
     */
    public Builder measureEvery(int steps) {
      measureEvery = steps;
      return this;
    }

    /**
     * Sets how often the true total correlation of a set of more than 20,000 images is measured, by
     * encoding all of them: about 80 s for dSprites at 64x64 on two cores.
     *
     * @param steps steps between measurements, 0 for none. The default is three passes over the
     *     data (34,560 steps of 64 images for dSprites), which takes about a thirtieth of a VAE's
     *     time; none where {@link #measureEvery} is 0
     * @return this
     */
    public Builder measureAllEvery(int steps) {
      measureAllEvery = steps;
      return this;
    }

    /**
     * Computes scores while the training goes on, on at most {@link ScoreSchedule#DEFAULT_IMAGES}
     * images, as terms of the history such as {@code score.mig}.
     *
     * @param steps steps between two computations, 0 for none; none by default
     * @param names scores, such as {@code mig}; see {@link dev.disentangle.metric.StandardScores}
     * @return this
     * @throws IllegalArgumentException if {@code steps} is negative, a score is unknown, or there
     *     is none
     */
    public Builder scoreEvery(int steps, String... names) {
      return scores(new ScoreSchedule(steps, List.of(names), ScoreSchedule.DEFAULT_IMAGES));
    }

    /**
     * Computes scores while the training goes on.
     *
     * @param schedule which, how often, on how many images; none by default
     * @return this
     */
    public Builder scores(ScoreSchedule schedule) {
      scoreSchedule = schedule;
      return this;
    }

    /**
     * Makes the training save itself while it runs: every 10 minutes, at the end of {@link
     * Training#run} and when that is interrupted; the last three checkpoints are kept. {@link
     * Training#resume} goes on with it after a crash.
     *
     * @param folder a new or empty folder; before {@link Training#resume()}, the run's
     * @return this
     */
    public Builder checkpoints(Path folder) {
      return checkpoints(Checkpoints.in(folder));
    }

    /**
     * Makes the training save itself while it runs.
     *
     * @param choice where, how often and how many are kept; none by default
     * @return this
     */
    public Builder checkpoints(Checkpoints choice) {
      checkpoints = choice;
      return this;
    }

    private int often() {
      if (measureEvery != null) {
        return measureEvery;
      }
      long encoded = Math.min(data.size(), TotalCorrelationMeasurement.SUBSET);
      return Math.max(MEASURE_EVERY, (int) (encoded * 8 / 5 / Math.max(1, batchSize)));
    }

    private int seldom() {
      if (measureAllEvery != null) {
        return measureAllEvery;
      }
      boolean large = data.size() > TotalCorrelationMeasurement.SUBSET;
      long passes = 3L * data.size() / Math.max(1, batchSize);
      return large && often() > 0 ? (int) Math.max(MEASURE_EVERY, passes) : 0;
    }

    /**
     * Returns the choices, defaults filled in.
     *
     * @return the settings
     * @throws IllegalArgumentException if a choice is out of its range, or no preset of networks
     *     fits the images
     */
    public Settings settings() {
      Architecture networks = architecture == null ? Architectures.of(data.shape()) : architecture;
      Likelihood pixels = likelihood == null ? Likelihood.of(data.pixelKind()) : likelihood;
      return new Settings(
          objective,
          latents,
          batchSize,
          seed,
          networks,
          posterior == null ? objective.defaultPosterior() : posterior,
          prior == null ? objective.defaultPrior() : prior,
          pixels,
          recordEvery,
          often(),
          seldom(),
          scoreSchedule);
    }

    /**
     * Builds the networks.
     *
     * @return the training, before its first step; the caller closes it
     * @throws IllegalArgumentException if a choice is out of range, the networks do not fit, the
     *     method cannot do with the posterior or the prior, or a part of your own multiplies,
     *     divides or bounds an array by a number in DJL's way, see {@link WrappedNumbers}; the
     *     message says what was expected and what was given
     */
    public Training build() {
      Settings settings = settings();
      settings.requireSafeNumbers();
      return new Training(settings, data, Optional.ofNullable(checkpoints));
    }
  }
}
