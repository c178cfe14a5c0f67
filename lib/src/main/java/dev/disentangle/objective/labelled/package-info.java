/**
 * What methods that are told labels share: {@link
 * dev.disentangle.objective.labelled.LabelledAutoencoder} of CVAE, M2 and CVAE-GAN, {@link
 * dev.disentangle.objective.labelled.StackedAutoencoder} of M1+M2 with the {@link
 * dev.disentangle.objective.labelled.HiddenLabels} that it shares with M2, and {@link
 * dev.disentangle.objective.labelled.AttributeAutoencoder} of Zero-VAE-GAN.
 *
 * <p>These classes are the library's own and may change with any version.
 */
package dev.disentangle.objective.labelled;
