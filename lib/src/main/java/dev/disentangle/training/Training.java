package dev.disentangle.training;

import ai.djl.ndarray.NDManager;
import dev.disentangle.data.ImageData;
import dev.disentangle.history.History;
import dev.disentangle.history.Recorded;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.NonFiniteException;
import dev.disentangle.learner.Player;
import dev.disentangle.model.EncoderDecoder;
import dev.disentangle.objective.Objective;
import dev.disentangle.tensor.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A model in training: it can be run for some steps, looked at, and run on.
 *
 * <pre>{@code
 * var training = Training.of(new FactorVae(35), sprites).latents(10).seed(0).build();
 * training.run(5_000, Progress.every(100));
 * }</pre>
 *
 * <p>The same settings, data, thread count and library version give the same numbers on the same
 * kind of processor, bit for bit, however the steps are divided between calls of {@link #run}.
 * Another kind of processor adds in another order, and the numbers drift apart over a training.
 */
public final class Training implements Recorded, AutoCloseable {

  private final Settings settings;
  private final ImageData data;
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final Learner learner;
  private final Stepper stepper;
  private final TrainedModel model;
  private History history = new History();
  private final TermAverages averages = new TermAverages();
  private final Measurements measurements;
  private long measured = -1;
  private volatile long step;
  private volatile double seconds;
  private boolean closed;

  /**
   * Held during a step, a save and whatever else needs weights that hold still; first come first.
   */
  private final ReentrantLock still = new ReentrantLock(true);

  private final AtomicReference<Thread> runner = new AtomicReference<>();
  private final Optional<Checkpoints> checkpoints;
  private final Optional<CheckpointSeries> series;
  private Optional<Resumption> resumption = Optional.empty();

  Training(Settings settings, ImageData data) {
    this(settings, data, Optional.empty());
  }

  Training(Settings settings, ImageData data, Optional<Checkpoints> checkpoints) {
    this.settings = settings;
    this.data = data;
    this.checkpoints = checkpoints;
    this.series = checkpoints.map(CheckpointSeries::new);
    try {
      learner = Threads.alone(() -> settings.objective().learner(settings.assembly(data, manager)));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
    stepper = new Stepper(settings, data, learner, manager);
    model =
        new TrainedModel(
            name(),
            learner.autoencoder(),
            data.shape(),
            learner.autoencoder().latents(),
            manager,
            still,
            false);
    measurements = new Measurements(settings, data);
  }

  /**
   * Starts to describe a training.
   *
   * @param objective the method, such as {@code new FactorVae(35)}
   * @param data the images
   * @return a builder with defaults that suit the data
   */
  public static Settings.Builder of(Objective objective, ImageData data) {
    return new Settings.Builder(objective, data);
  }

  /**
   * Starts from known settings, for example those of another run.
   *
   * @param settings all choices
   * @param data the images
   * @return a builder with these choices
   */
  public static Settings.Builder of(Settings settings, ImageData data) {
    return new Settings.Builder(settings, data);
  }

  /**
   * Trains for some steps, silently.
   *
   * @param steps how many, at least 0
   * @return this
   * @throws IllegalArgumentException if {@code steps} is negative, or an image has a value outside
   *     [0, 1] or NaN; the weights are as before that step
   * @throws NonFiniteException if a loss or a gradient is not finite; no such number has reached a
   *     weight, and the message says whether any weight has moved in that step
   * @throws CancellationException if the thread is interrupted; another call goes on from there
   * @throws IllegalStateException if another thread runs this training, or it is closed
   */
  public Training run(long steps) {
    return run(steps, Progress.silent());
  }

  /**
   * Trains for some steps and shows how it goes.
   *
   * @param steps how many, at least 0
   * @param progress what to show
   * @return this
   * @throws IllegalArgumentException if {@code steps} is negative, or an image has a value outside
   *     [0, 1] or NaN; the weights are as before that step
   * @throws NonFiniteException if a loss or a gradient is not finite; no such number has reached a
   *     weight, and the message says whether any weight has moved in that step
   * @throws CancellationException if the thread is interrupted; another call goes on from there
   * @throws IllegalStateException if another thread runs this training, or it is closed
   */
  public Training run(long steps, Progress progress) {
    if (steps < 0) {
      throw new IllegalArgumentException("steps must be at least 0, was " + steps);
    }
    return alone(
        "run",
        () -> {
          Progress.Display display = progress.start(this, step + steps);
          try {
            run(step + steps, display);
          } catch (CancellationException e) {
            whileStill(() -> series.ifPresent(s -> s.save(this)));
            throw e;
          }
          whileStill(() -> series.ifPresent(s -> s.save(this)));
          display.finish();
          return this;
        });
  }

  private void run(long end, Progress.Display display) {
    whileStill(() -> series.ifPresent(s -> s.start(this)));
    if (step < end && measured < step) {
      whileStill(() -> measure(display));
    }
    while (step < end) {
      whileStill(() -> advance(display));
      display.step(step);
    }
  }

  private void advance(Progress.Display display) {
    long start = System.nanoTime();
    try {
      advance();
    } catch (NonFiniteException e) {
      throw series.map(s -> e.with(s.advice())).orElse(e);
    }
    measure(display);
    seconds += (System.nanoTime() - start) / 1e9;
    series.ifPresent(s -> s.stepped(this));
  }

  /** Does what only one thread may do at a time. */
  private <T, E extends Exception> T alone(String what, Action<T, E> action) throws E {
    Thread other = runner.compareAndExchange(null, Thread.currentThread());
    if (other != null) {
      throw new IllegalStateException(
          what
              + " was called while this training runs already, in the thread "
              + other.getName()
              + "; wait for it or interrupt it first");
    }
    try {
      return action.perform();
    } finally {
      runner.set(null);
    }
  }

  /** Something that may fail in one way. */
  @FunctionalInterface
  private interface Action<T, E extends Exception> {
    T perform() throws E;
  }

  private void whileStill(Runnable action) {
    still.lock();
    try {
      requireOpen();
      action.run();
    } finally {
      still.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this training is closed");
    }
  }

  private void advance() {
    averages.add(stepper.take(step));
    step++;
    if (step % settings.recordEvery() == 0) {
      record(averages.take());
    }
  }

  /** Measures what is due; after an interrupt the next run measures it first. */
  private void measure(Progress.Display display) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Measurement measurement : measurements.due(step)) {
      if (!measurement.description().isEmpty()) {
        display.working(measurement.description());
      }
      values.putAll(measurement.measure(model, step));
    }
    // Measured even if the history's file cannot take it: the next run must not measure it twice.
    measured = step;
    if (!values.isEmpty()) {
      record(values);
    }
  }

  private void record(Map<String, Double> values) {
    history.record(step, values);
    series.ifPresent(s -> s.recorded(this, step, values));
  }

  /**
   * Returns the model as it is now.
   *
   * @return a live view, valid until this training is closed
   */
  public TrainedModel model() {
    return model;
  }

  /**
   * Returns the settings.
   *
   * @return all choices, defaults filled in
   */
  public Settings settings() {
    return settings;
  }

  /**
   * Returns the data set.
   *
   * @return the images this model is trained on
   */
  public ImageData data() {
    return data;
  }

  /**
   * Returns how many steps have been taken.
   *
   * @return 0 before the first
   */
  public long step() {
    return step;
  }

  /**
   * Returns how long the steps took, measurements included.
   *
   * @return seconds
   */
  public double seconds() {
    return seconds;
  }

  @Override
  public String name() {
    return settings.objective().name();
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public Map<String, String> choices() {
    return RunRecord.describe(this);
  }

  /**
   * Saves everything that going on needs: weights, optimisers, history and the run record. A
   * process that is killed meanwhile leaves the earlier checkpoint or this one, whole. Called while
   * another thread runs this training it waits for the step's end.
   *
   * @param folder a new folder, an empty one, or one that holds an earlier checkpoint, which is
   *     replaced; what else is in it stays
   * @throws IOException if it cannot be written, or the folder holds other files and no checkpoint;
   *     an earlier checkpoint there is then kept
   * @throws IllegalStateException if this training is closed
   */
  public void save(Path folder) throws IOException {
    still.lock();
    try {
      requireOpen();
      Checkpoint.save(this, folder);
    } finally {
      still.unlock();
    }
  }

  /**
   * Saves the model alone, to be given to others: the networks that encode and decode, in half
   * precision, with the run's record and history, a file of checksums among them. {@link
   * TrainedModel#open} opens it; training cannot go on from it. Half precision keeps three digits
   * of every weight; decoded pixels move by some thousandths.
   *
   * @param folder the folder to write, as for {@link #save}
   * @throws IOException if it cannot be written; an earlier save is then as it was
   * @throws IllegalStateException if this training is closed
   */
  public void saveModel(Path folder) throws IOException {
    still.lock();
    try {
      requireOpen();
      Checkpoint.saveModel(this, folder);
    } finally {
      still.unlock();
    }
  }

  /**
   * Opens a checkpoint with the settings that it was saved with, ready to go on.
   *
   * @param folder a folder that {@link #save} wrote
   * @param data the images that it was trained on
   * @return the training at the checkpoint's step; the caller closes it
   * @throws IOException if it cannot be read; the message names the file
   * @throws IllegalArgumentException if the data are others, or the settings cannot be built again
   *     from the file because the method or the networks are not records or were defined in a
   *     notebook's cell; build those with {@link #of} and call {@link #load}
   */
  public static Training open(Path folder, ImageData data) throws IOException {
    Training training = new Training(Checkpoint.settings(folder), data);
    try {
      return training.load(folder);
    } catch (IOException | RuntimeException e) {
      training.close();
      throw e;
    }
  }

  /**
   * Goes back to a checkpoint: afterwards this training is at the checkpoint's step, and its next
   * steps give the same numbers as if it had never stopped.
   *
   * @param folder a folder that {@link #save} wrote
   * @return this
   * @throws IOException if it cannot be read; this training is then as before
   * @throws IllegalArgumentException if it was saved with other settings or data; the message names
   *     the first difference
   * @throws IllegalStateException if another thread runs this training, or it is closed
   */
  public Training load(Path folder) throws IOException {
    return alone(
        "load",
        () -> {
          still.lock();
          try {
            requireOpen();
            Checkpoint.load(this, folder);
            series.ifPresent(s -> s.loaded(this));
            return this;
          } finally {
            still.unlock();
          }
        });
  }

  /**
   * Goes on with a run that saved itself while it ran ({@link Settings.Builder#checkpoints}), from
   * its newest good checkpoint, with the settings of that run; it saves itself there as before.
   *
   * @param folder the folder of the checkpoints
   * @param data the images that it was trained on
   * @return the training at that checkpoint's step; {@link #resumption} says which it is and what
   *     was passed over. The caller closes it
   * @throws IOException if there is no good checkpoint, or another process trains into the folder;
   *     the message says for each what is wrong
   * @throws IllegalArgumentException if the settings cannot be built again, see {@link #open};
   *     build those with {@link #of} and {@link Settings.Builder#checkpoints} and call {@link
   *     #resume()}
   */
  public static Training resume(Path folder, ImageData data) throws IOException {
    Map<Path, String> skipped = new LinkedHashMap<>();
    for (Path checkpoint : CheckpointSeries.list(folder)) {
      Settings saved;
      Checkpoints interval;
      try {
        saved = Checkpoint.settings(checkpoint);
        interval = Checkpoint.checkpoints(checkpoint, folder);
      } catch (IOException e) {
        skipped.put(checkpoint, e.getMessage());
        continue;
      }
      Training training = new Training(saved, data, Optional.of(interval));
      try {
        return training.resume();
      } catch (IOException | RuntimeException e) {
        training.close();
        throw e;
      }
    }
    throw CheckpointSeries.noneIn(folder, skipped);
  }

  /**
   * Goes back to the newest good checkpoint in the folder that {@link Settings.Builder#checkpoints}
   * names, and goes on from there.
   *
   * @return this; {@link #resumption} says which checkpoint it is and what was passed over
   * @throws IOException if there is no good checkpoint, or another process trains into the folder;
   *     the message says for each what is wrong
   * @throws IllegalStateException if this training has no such folder, another thread runs it, or
   *     it is closed
   */
  public Training resume() throws IOException {
    CheckpointSeries saved =
        series.orElseThrow(
            () -> new IllegalStateException("resume() needs a training built with checkpoints"));
    return alone(
        "resume",
        () -> {
          still.lock();
          try {
            requireOpen();
            resumption = Optional.of(saved.resume(this));
            return this;
          } finally {
            still.unlock();
          }
        });
  }

  /**
   * Returns where this training was resumed.
   *
   * @return the checkpoint and what was passed over; empty if it was not resumed
   */
  public Optional<Resumption> resumption() {
    return resumption;
  }

  /**
   * Returns where and how often this training saves itself.
   *
   * @return the folder and the intervals; empty if it does not
   */
  public Optional<Checkpoints> checkpoints() {
    return checkpoints;
  }

  /**
   * Describes this run so that it can be repeated; {@link Rerun} does that.
   *
   * @return settings, data, versions, threads and progress
   */
  public RunRecord record() {
    return RunRecord.of(this);
  }

  /** Continues from a saved position. */
  void goOn(
      long position, double elapsed, History recorded, Map<String, Double> partial, int count) {
    step = position;
    measured = position == 0 && recorded.names().isEmpty() ? -1 : position;
    seconds = elapsed;
    history = recorded;
    averages.restore(partial, count);
  }

  TermAverages averages() {
    return averages;
  }

  EncoderDecoder autoencoder() {
    return learner.autoencoder();
  }

  List<Player> players() {
    return learner.players();
  }

  NDManager manager() {
    return manager;
  }

  /** Says what is trained on what, and how far, such as {@code FactorVAE on dsprites, step 500}. */
  @Override
  public String toString() {
    return name() + " on " + data.name() + ", step " + step;
  }

  /** Frees the networks; a run that goes on in another thread ends after its step. */
  @Override
  public void close() {
    still.lock();
    try {
      closed = true;
      series.ifPresent(CheckpointSeries::close);
      stepper.close();
      learner.players().forEach(Player::close);
      manager.close();
    } finally {
      still.unlock();
    }
  }
}
