package dev.disentangle.metric;

import dev.disentangle.data.ImageData;
import dev.disentangle.representation.ImageLikelihood;

/**
 * A model's likelihood and the images it is asked about.
 *
 * @param likelihood the decoder's distribution
 * @param data the data set
 */
record ModelledImages(ImageLikelihood likelihood, ImageData data) {}
