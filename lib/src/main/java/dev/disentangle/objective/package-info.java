/**
 * Published methods, one short file each: what a paper's loss is, line by line.
 *
 * <p>Read {@link dev.disentangle.objective.Objective} and {@link
 * dev.disentangle.objective.Learner}, then {@link dev.disentangle.objective.Vae}, {@link
 * dev.disentangle.objective.BetaVae} and {@link dev.disentangle.objective.FactorVae}.
 */
package dev.disentangle.objective;
