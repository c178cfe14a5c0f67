/**
 * Estimators that several methods share, as functions of a batch's codes: {@link
 * dev.disentangle.objective.estimator.DensityRatio} by a classifier, {@link
 * dev.disentangle.objective.estimator.MinibatchDensity} from the batch's posteriors, {@link
 * dev.disentangle.objective.estimator.MaximumMeanDiscrepancy} between samples, and {@link
 * dev.disentangle.objective.estimator.WassersteinCost} with {@link
 * dev.disentangle.objective.estimator.Pretraining}.
 *
 * <p>These classes are the library's own and may change with any version.
 */
package dev.disentangle.objective.estimator;
