/**
 * Networks that a user brings as TorchScript files: {@link
 * dev.disentangle.embedding.TorchScriptEmbedding} gives features of images, {@link
 * dev.disentangle.embedding.TorchScriptModel} encodes and decodes as a model of ours. Where a
 * decoder is a plain sequence of layers, {@code ReadDecoder} reads them off its text ({@code
 * ScriptCode}, {@code ScriptReader}, {@code ScriptExpression}), so that pages can run them.
 */
package dev.disentangle.embedding;
