/**
 * Players that a method has beside its autoencoder: {@link
 * dev.disentangle.objective.adversary.TotalCorrelationAdversary} of FactorVAE, {@link
 * dev.disentangle.objective.adversary.LatentAdversary} of AAE and WAE-GAN, {@link
 * dev.disentangle.objective.adversary.InformativeGenerator} of InfoGAN and InfoWGAN-GP, with the
 * {@link dev.disentangle.objective.adversary.GradientPenalty} of the latter, and the {@link
 * dev.disentangle.objective.adversary.FeatureNetwork} of VAE-GAN.
 *
 * <p>These classes are the library's own and may change with any version.
 */
package dev.disentangle.objective.adversary;
