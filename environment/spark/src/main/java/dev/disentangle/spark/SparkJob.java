package dev.disentangle.spark;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** All runs as one job of Spark's, whose tasks are handed out as they finish. */
final class SparkJob {

  /**
   * A finished task.
   *
   * @param position which folder
   * @param reason why its process left no outcome; empty if it left one
   */
  record Finished(int position, Optional<String> reason) {}

  private final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();
  private SimpleFutureAction<BoxedUnit> action;

  private SparkJob() {}

  /** Gives a task per folder to Spark. */
  static SparkJob start(JavaSparkContext context, List<String> folders, RunTask task) {
    SparkJob job = new SparkJob();
    // Tasks of a job that is cancelled are interrupted, and end their processes.
    context.setJobGroup("sweep", "runs of a sweep", true);
    List<Object> all = IntStream.range(0, folders.size()).mapToObj(i -> (Object) i).toList();
    job.action =
        context
            .sc()
            .submitJob(
                context.parallelize(folders, folders.size()).rdd(),
                task,
                CollectionConverters.asScala(all).toSeq(),
                new AbstractFunction2<Object, String, BoxedUnit>() {
                  @Override
                  public BoxedUnit apply(Object position, String reason) {
                    Optional<String> why = Optional.of(reason).filter(text -> !text.isEmpty());
                    job.finished.add(new Finished((Integer) position, why));
                    return BoxedUnit.UNIT;
                  }
                },
                new AbstractFunction0<BoxedUnit>() {
                  @Override
                  public BoxedUnit apply() {
                    return BoxedUnit.UNIT;
                  }
                });
    return job;
  }

  /**
   * Waits for the next task that finishes.
   *
   * @throws IOException if Spark gave the job up
   * @throws InterruptedException if the thread is interrupted; the job is cancelled then
   */
  Finished next() throws IOException, InterruptedException {
    try {
      while (true) {
        boolean over = action.isCompleted();
        Finished next = finished.poll(over ? 0 : 500, TimeUnit.MILLISECONDS);
        if (next != null) {
          return next;
        }
        if (over) {
          throw failure(action.value().get().failed().get());
        }
      }
    } catch (InterruptedException e) {
      action.cancel();
      throw e;
    }
  }

  private static IOException failure(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return new IOException("Spark gave up: " + message.lines().findFirst().orElse(""), cause);
  }
}
