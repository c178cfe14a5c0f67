/**
 * What methods with discrete codes are built of: {@link
 * dev.disentangle.objective.discrete.Quantised} codes, {@link
 * dev.disentangle.objective.discrete.QuantisedAutoencoder} and {@link
 * dev.disentangle.objective.discrete.TwoLevelAutoencoder}, and the {@link
 * dev.disentangle.objective.discrete.MixtureAutoencoder}, whose discrete code is a component.
 *
 * <p>These classes are the library's own and may change with any version.
 */
package dev.disentangle.objective.discrete;
