package dev.disentangle.model;

/**
 * How codes become pictures where that is one network: the network, whose inputs are the latents
 * and, where it takes more, zeros, and the likelihood whose mean its outputs give.
 *
 * @param network {@code [batch, inputs] -> [batch, outputsPerPixel channels, height, width]}
 * @param likelihood what turns its outputs into a picture
 */
public record Decoding(Network network, Likelihood likelihood) {}
