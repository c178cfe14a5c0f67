package dev.disentangle.plot;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Where an explorer's sliders begin and how far they go.
 *
 * @param own the image's own code, {@code [all latents]}
 * @param latents the latents that have a slider
 * @param ranges the range of each of these
 */
record Sliders(float[] own, List<Integer> latents, List<LatentRange> ranges) {

  /** The sliders of a traversal's rows; each can also stand where the image is. */
  static Sliders of(Strips strips, TraversalOptions options) {
    List<LatentRange> ranges =
        strips.latents().stream()
            .map(latent -> reaching(options.range(latent), strips.code()[latent]))
            .toList();
    return new Sliders(strips.code(), strips.latents(), ranges);
  }

  private static LatentRange reaching(LatentRange range, double own) {
    // A model whose training failed has no code; its sliders then stay as they are.
    return Double.isFinite(own)
        ? new LatentRange(Math.min(range.low(), own), Math.max(range.high(), own))
        : range;
  }

  /** The code with every slider at a share of its way, 0 to 1. */
  float[] at(IntToDoubleFunction share) {
    float[] code = own.clone();
    for (int i = 0; i < ranges.size(); i++) {
      LatentRange range = ranges.get(i);
      code[latents.get(i)] =
          (float) (range.low() + share.applyAsDouble(i) * (range.high() - range.low()));
    }
    return code;
  }
}
