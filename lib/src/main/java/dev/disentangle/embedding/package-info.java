/**
 * Features of images from networks that a user brings: {@link
 * dev.disentangle.embedding.TorchScriptEmbedding}.
 */
package dev.disentangle.embedding;
