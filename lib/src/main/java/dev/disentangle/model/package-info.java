/**
 * Networks, posteriors and likelihoods: shapes and distributions, no training losses.
 *
 * <p>Read {@link dev.disentangle.model.Layer} and {@link dev.disentangle.model.LayeredBlock}, then
 * {@link dev.disentangle.model.Architectures}, {@link dev.disentangle.model.GaussianPosterior},
 * {@link dev.disentangle.model.Likelihood} and {@link dev.disentangle.model.Autoencoder}, which is
 * one {@link dev.disentangle.model.EncoderDecoder}.
 */
package dev.disentangle.model;
