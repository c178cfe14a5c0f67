package dev.disentangle.training;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a resumed training went on.
 *
 * @param checkpoint the checkpoint, the newest good one
 * @param step its step
 * @param skipped newer checkpoints that were passed over, newest first, and why
 */
public record Resumption(Path checkpoint, long step, Map<Path, String> skipped) {

  /** Says it in a line, and one more for every checkpoint that was passed over. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("resumed at step " + step + " from " + checkpoint);
    skipped.forEach((path, why) -> text.append("\nskipped ").append(path).append(": ").append(why));
    return text.toString();
  }
}
