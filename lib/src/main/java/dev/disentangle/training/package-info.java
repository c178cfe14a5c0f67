/**
 * Steps, seeds, history, checkpoints: what turns a method into a run that can be trusted.
 *
 * <p>Read {@link dev.disentangle.training.Training} first, then {@link
 * dev.disentangle.training.Settings}, {@link dev.disentangle.training.Progress} and {@link
 * dev.disentangle.training.TrainedModel}. {@link dev.disentangle.training.DensityRatioTraining} is
 * FactorVAE's discriminator by itself, on codes that stand still.
 */
package dev.disentangle.training;
