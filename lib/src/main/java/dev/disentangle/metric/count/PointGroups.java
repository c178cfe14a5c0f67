package dev.disentangle.metric.count;

/** The points of each class of one factor, found once and then looked up for every latent. */
public final class PointGroups {

  /** Points in ascending order of their class, those of one class in descending order. */
  private final int[] order;

  /** Where each class begins in the order, and at last its end. */
  private final int[] starts;

  private PointGroups(int[] order, int[] starts) {
    this.order = order;
    this.starts = starts;
  }

  /**
   * Groups points by their class numbers; classes without a point make no group.
   *
   * @param classes one class per point, each at least 0
   * @return the groups, in ascending order of class
   */
  public static PointGroups byClass(int[] classes) {
    ClassTable table = new ClassTable(classes);
    int[] labels = table.labels(classes);
    int[] starts = new int[table.count() + 1];
    for (int label : labels) {
      starts[label]++;
    }
    for (int c = 1; c < starts.length; c++) {
      starts[c] += starts[c - 1];
    }
    int[] order = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      order[--starts[labels[i]]] = i;
    }
    return new PointGroups(order, starts);
  }

  /**
   * Returns the number of groups.
   *
   * @return at least 1
   */
  public int count() {
    return starts.length - 1;
  }

  /**
   * Collects the values of one group's points.
   *
   * @param group which group
   * @param values one per point
   * @param into takes them in its first places
   * @return how many there are
   */
  public int gather(int group, float[] values, float[] into) {
    int size = starts[group + 1] - starts[group];
    for (int i = 0; i < size; i++) {
      into[i] = values[order[starts[group] + i]];
    }
    return size;
  }
}
