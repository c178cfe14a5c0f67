/**
 * Ablations: many trainings that differ in method, hyperparameters, data or seed, and the table
 * that compares them.
 *
 * <p>Read {@link dev.disentangle.sweep.Sweep}, which says what is run, and {@code SweepGrid}, every
 * combination of it; {@link dev.disentangle.sweep.Runner} with {@link
 * dev.disentangle.sweep.InProcess} and {@link dev.disentangle.sweep.LocalProcesses}, where it is
 * run, a process per run being a {@link dev.disentangle.sweep.RunProcess}; {@code SweepState}, what
 * is known meanwhile; {@link dev.disentangle.sweep.SweepTable}, what came out, with {@link
 * dev.disentangle.sweep.Interval}, how sure that is. The runner for Apache Spark is a module of its
 * own, {@code environment/spark}.
 */
package dev.disentangle.sweep;
