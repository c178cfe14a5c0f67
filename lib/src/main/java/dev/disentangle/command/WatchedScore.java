package dev.disentangle.command;

import dev.disentangle.metric.Score;
import dev.disentangle.metric.ScoreInput;
import dev.disentangle.metric.ScoreValue;
import java.util.List;
import java.util.function.Consumer;

/**
 * A score that tells when it is computed and from what.
 *
 * @param score the score itself
 * @param label the file's name
 * @param waiting is told
 * @param seen receives the points that were scored
 */
record WatchedScore(Score score, String label, Waiting waiting, Consumer<ScoreInput> seen)
    implements Score {

  @Override
  public String name() {
    return score.name();
  }

  @Override
  public boolean applies(ScoreInput input) {
    return score.applies(input);
  }

  @Override
  public List<ScoreValue> compute(ScoreInput input) {
    seen.accept(input);
    String what = label + ": " + score.name();
    waiting.begin(what);
    long start = System.nanoTime();
    try {
      return score.compute(input);
    } finally {
      waiting.end(what, (System.nanoTime() - start) / 1e9);
    }
  }
}
