/**
 * Networks that a user brings as TorchScript files: {@link
 * dev.disentangle.embedding.TorchScriptEmbedding} gives features of images, {@link
 * dev.disentangle.embedding.TorchScriptModel} encodes and decodes as a model of ours.
 */
package dev.disentangle.embedding;
