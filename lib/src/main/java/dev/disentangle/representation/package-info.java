/**
 * What scores and plots need to know of a model, as plain arrays: {@link
 * dev.disentangle.representation.ImageEncoder}, {@link dev.disentangle.representation.ImageDecoder}
 * and the {@link dev.disentangle.representation.Codes} between them. A user who brings a model of
 * any other kind implements these. A decoder that is also a {@link
 * dev.disentangle.representation.PortableDecoder} can be carried into a web page; a model that is a
 * {@link dev.disentangle.representation.LikelihoodModel} gets the scores that need {@code p(x|z)}.
 * Codes that another program has written come from a {@link
 * dev.disentangle.representation.CodesFile}.
 */
package dev.disentangle.representation;
