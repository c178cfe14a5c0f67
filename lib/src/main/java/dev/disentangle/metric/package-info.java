/**
 * Scores of representations, one file per score, on plain arrays: no tensors, no native code.
 *
 * <p>Read in this order: {@link dev.disentangle.metric.Scores}, the table of them all, and {@link
 * dev.disentangle.metric.StandardScores}, its entries; {@link
 * dev.disentangle.metric.LabelledCodes}, what scores with factors start from; {@link
 * dev.disentangle.metric.FactorVaeScore}, {@link dev.disentangle.metric.HigginsScore} and {@link
 * dev.disentangle.metric.IrsScore}, which hold one factor fixed, and {@link
 * dev.disentangle.metric.ZMaxVarianceScore}, which lets one vary; {@link
 * dev.disentangle.metric.MutualInformationGap} and {@link dev.disentangle.metric.ModularityScore},
 * with {@link dev.disentangle.metric.MigSupScore}, {@link dev.disentangle.metric.JemmigScore},
 * {@link dev.disentangle.metric.DciMigScore} and {@link dev.disentangle.metric.InfoMecScore}, which
 * measure information, by whichever {@link dev.disentangle.metric.InformationEstimator}; {@link
 * dev.disentangle.metric.DciScore}, {@link dev.disentangle.metric.SapScore} and {@link
 * dev.disentangle.metric.ExplicitnessScore}, which predict the factors. Without factors: {@link
 * dev.disentangle.metric.TotalCorrelation} with its estimators, first {@link
 * dev.disentangle.metric.TrueTotalCorrelation} and, from some of the images, {@link
 * dev.disentangle.metric.SubsetTotalCorrelation}; {@link
 * dev.disentangle.metric.MutualInformationScore}, {@link
 * dev.disentangle.metric.WassersteinCorrelation}, {@link dev.disentangle.metric.ActiveUnits} and
 * {@link dev.disentangle.metric.KlPerLatent}; over several models, {@link
 * dev.disentangle.metric.UnsupervisedDisentanglementRanking}.
 *
 * <p>Generative models are measured by {@link dev.disentangle.metric.ImportanceWeighted} and {@link
 * dev.disentangle.metric.FrechetDistance}. Encoders that need no training, for comparison, are
 * {@link dev.disentangle.metric.PrincipalComponents}, {@link
 * dev.disentangle.metric.IndependentComponents}, {@link
 * dev.disentangle.metric.LinearEncoder#random} and {@link
 * dev.disentangle.metric.GroundTruthEncoder}. Codes whose scores are known, to learn with: {@link
 * dev.disentangle.metric.HandmadeCodes}, {@link dev.disentangle.metric.CorrelatedGaussian}, {@link
 * dev.disentangle.metric.PermutedDimensions}; samples of all codes and their density, {@link
 * dev.disentangle.metric.PosteriorSamples} and {@link dev.disentangle.metric.PairDensity}; the
 * Wasserstein autoencoder's penalty on plain codes, {@link dev.disentangle.metric.CodeDiscrepancy}.
 *
 * <p>What scores are built of lies one floor down: {@link dev.disentangle.metric.count} has the
 * bins, tables, votes and densities, {@link dev.disentangle.metric.fit} the classifiers,
 * regressions and rotations. A score of your own belongs beside the others, or anywhere as a {@link
 * dev.disentangle.metric.Score}.
 *
 * <p>Every result is a record that carries its sample sizes and seed beside the value. The scores
 * follow the definitions of the papers that their Javadoc names; where the paper and
 * disentanglement_lib (Locatello et al. 2019), the reference implementation, differ, both are named
 * protocols. What is not defined, such as the gap of a factor of one class, is NaN.
 */
package dev.disentangle.metric;
