/**
 * What methods that are told labels share: {@link
 * dev.disentangle.objective.labelled.LabelledAutoencoder}.
 *
 * <p>These classes are the library's own and may change with any version.
 */
package dev.disentangle.objective.labelled;
