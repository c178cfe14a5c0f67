/**
 * Published methods, one short file each: what a paper's loss is, line by line.
 *
 * <p>Read {@link dev.disentangle.objective.Objective} and {@link dev.disentangle.learner.Learner},
 * then {@link dev.disentangle.objective.Vae}, {@link dev.disentangle.objective.BetaVae} and {@link
 * dev.disentangle.objective.FactorVae}. After these, each method by itself:
 *
 * <ul>
 *   <li>one autoencoder and one loss: {@link dev.disentangle.objective.CapacityVae}, {@link
 *       dev.disentangle.objective.BetaTcVae}, {@link dev.disentangle.objective.DipVae};
 *   <li>matching the prior: {@link dev.disentangle.objective.Aae}, {@link
 *       dev.disentangle.objective.WaeMmd}, {@link dev.disentangle.objective.WaeGan};
 *   <li>learning the prior: {@link dev.disentangle.objective.TwoStageVae}, {@link
 *       dev.disentangle.objective.GaussianMixtureVae}, {@link dev.disentangle.objective.VqVae};
 *   <li>without an encoder: {@link dev.disentangle.objective.InfoGan}, {@link
 *       dev.disentangle.objective.InfoWganGp};
 *   <li>with known factors: {@link dev.disentangle.objective.DcIgn};
 *   <li>with labels: {@link dev.disentangle.objective.ConditionalVae}, {@link
 *       dev.disentangle.objective.SemiSupervisedVae}, {@link dev.disentangle.objective.StackedVae};
 *   <li>with a discriminator of images: {@link dev.disentangle.objective.VaeGan}, {@link
 *       dev.disentangle.objective.CvaeGan}, {@link dev.disentangle.objective.ZeroVaeGan}.
 * </ul>
 *
 * <p>A loss of your own multiplies by numbers with {@link dev.disentangle.tensor.Operations#scale},
 * not with DJL's {@code mul(Number)}, whose number may be garbage by the time of the gradient.
 */
package dev.disentangle.objective;
