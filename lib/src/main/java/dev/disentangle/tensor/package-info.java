/**
 * What DJL's PyTorch engine lacks, and the only package that names it: transposed convolution,
 * fused losses, a fused optimiser, gradients as values that can themselves be differentiated.
 *
 * <p>Read {@link dev.disentangle.tensor.TorchScript} first, then {@link
 * dev.disentangle.tensor.Operations}, {@link dev.disentangle.tensor.Gradients} with {@link
 * dev.disentangle.tensor.GradientMode}, and {@link dev.disentangle.tensor.AdamOptimizer}.
 */
package dev.disentangle.tensor;
