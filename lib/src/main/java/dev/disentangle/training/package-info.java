/**
 * Steps, seeds, history, checkpoints: what turns a method into a run that can be trusted.
 *
 * <p>Read {@link dev.disentangle.training.Training} first, then {@link
 * dev.disentangle.training.Settings}, {@link dev.disentangle.training.Progress} and {@link
 * dev.disentangle.training.TrainedModel}.
 */
package dev.disentangle.training;
