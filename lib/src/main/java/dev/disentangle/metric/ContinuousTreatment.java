package dev.disentangle.metric;

import java.util.List;

/** How a score of the table takes continuous factors, which its row says. */
enum ContinuousTreatment {
  /** It sees no factors, or its values say it each for itself. */
  NONE(""),
  /** It needs classes, or images that share one: ranges. */
  RANGES("in ranges"),
  /** It regresses the numbers themselves. */
  NUMBERS("as numbers"),
  /** It takes the share of variance that a line explains instead of an accuracy. */
  REGRESSION("by R^2 of a line"),
  /** It is built on mutual information, which nearest neighbours find without ranges. */
  INFORMATION("in ranges");

  /** More names would not fit into a row. */
  private static final int MOST_NAMES = 3;

  private final String how;

  ContinuousTreatment(String how) {
    this.how = how;
  }

  /** Says it, such as {@code ; x, y in ranges}; nothing without continuous factors. */
  String note(ScoreInput input) {
    List<String> names = input.continuousFactors();
    if (names.isEmpty() || this == NONE) {
      return "";
    }
    String who =
        names.size() > MOST_NAMES ? names.size() + " real factors" : String.join(", ", names);
    boolean uncut = this == INFORMATION && input.options().information().byNeighbours();
    return "; " + who + " " + (uncut ? NUMBERS.how : how);
  }
}
