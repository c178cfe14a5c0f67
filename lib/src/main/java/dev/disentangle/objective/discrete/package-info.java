/**
 * What methods with discrete codes are built of: {@link
 * dev.disentangle.objective.discrete.QuantisedAutoencoder}.
 *
 * <p>These classes are the library's own and may change with any version.
 */
package dev.disentangle.objective.discrete;
