/**
 * The findings of the papers, as sweeps that anyone can repeat and whose outcomes are committed.
 *
 * <p>Read {@link dev.disentangle.evidence.Experiment}, then {@link
 * dev.disentangle.evidence.Experiments}, which has them all, and {@link
 * dev.disentangle.evidence.Findings}, which says what came of them. {@link
 * dev.disentangle.evidence.SparseSampling} is no sweep: it trains on fewer images than it scores.
 */
package dev.disentangle.evidence;
