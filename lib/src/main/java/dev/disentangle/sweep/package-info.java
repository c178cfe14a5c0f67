/**
 * Ablations: many trainings that differ in method, hyperparameters, data or seed, and the table
 * that compares them.
 *
 * <p>Read {@link dev.disentangle.sweep.Sweep}, which says what is run; {@link
 * dev.disentangle.sweep.Runner} with {@link dev.disentangle.sweep.InProcess} and {@link
 * dev.disentangle.sweep.LocalProcesses}, where it is run; {@link dev.disentangle.sweep.SweepTable},
 * what came out, with {@link dev.disentangle.sweep.Interval}, how sure that is.
 */
package dev.disentangle.sweep;
