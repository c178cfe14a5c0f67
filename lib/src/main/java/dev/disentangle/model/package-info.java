/**
 * Networks, posteriors, priors and likelihoods: shapes and distributions, no training losses.
 *
 * <p>Read {@link dev.disentangle.model.Autoencoder}, which is one {@link
 * dev.disentangle.model.EncoderDecoder}, then the distributions it is made of. What users choose is
 * a family; with weights, or for a batch, it gives what steps compute with:
 *
 * <ul>
 *   <li>{@link dev.disentangle.model.PosteriorFamily} and {@link dev.disentangle.model.Posterior}:
 *       {@link dev.disentangle.model.DiagonalGaussian}, {@link
 *       dev.disentangle.model.FullCovariance}, {@link dev.disentangle.model.Deterministic};
 *   <li>{@link dev.disentangle.model.PriorFamily} and {@link dev.disentangle.model.Prior}: {@link
 *       dev.disentangle.model.StandardNormal}, {@link dev.disentangle.model.GaussianMixture},
 *       {@link dev.disentangle.model.VampPrior};
 *   <li>{@link dev.disentangle.model.Likelihood} and {@link
 *       dev.disentangle.model.StructuredGaussian}.
 * </ul>
 *
 * <p>Networks: {@link dev.disentangle.model.Layer} and {@link dev.disentangle.model.LayeredBlock},
 * then {@link dev.disentangle.model.Architectures}.
 */
package dev.disentangle.model;
