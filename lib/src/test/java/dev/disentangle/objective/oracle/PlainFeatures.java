package dev.disentangle.objective.oracle;

/** What a network with features makes of images, in loops. */
record PlainFeatures(TinyStep step, String name) {

  /** The features of images that are given by their logits. */
  double[][] ofLogits(double[][] logits) {
    return ofImages(PlainPass.logistic(logits));
  }

  /** The features of images. */
  double[][] ofImages(double[][] images) {
    return step.network(name + "-features").of(images);
  }

  /** The judge's logits. */
  double[][] logits(double[][] features) {
    return step.network(name).of(features);
  }

  /** The mean of {@code -log D}, or of {@code -log(1 - D)}. */
  double surprise(double[][] features, boolean generated) {
    double sum = 0;
    for (double[] row : logits(features)) {
      double d = PlainPass.logistic(row[0]);
      sum -= Math.log(generated ? 1 - d : d) / features.length;
    }
    return sum;
  }

  /** Half the mean over rows of the squared distance. */
  static double distance(double[][] a, double[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int f = 0; f < a[i].length; f++) {
        sum += 0.5 * (a[i][f] - b[i][f]) * (a[i][f] - b[i][f]) / a.length;
      }
    }
    return sum;
  }
}
