/**
 * Scores of representations, one file per score, on plain arrays: no tensors, no native code.
 *
 * <p>Read in this order: {@link dev.disentangle.metric.Scores}, the table of them all, and {@link
 * dev.disentangle.metric.StandardScores}, its entries; {@link
 * dev.disentangle.metric.LabelledCodes}, what scores with factors start from; {@link
 * dev.disentangle.metric.FactorVaeScore}, {@link dev.disentangle.metric.HigginsScore} and {@link
 * dev.disentangle.metric.IrsScore}, which hold one factor fixed; {@link
 * dev.disentangle.metric.MutualInformationGap} and {@link dev.disentangle.metric.ModularityScore},
 * which measure information; {@link dev.disentangle.metric.DciScore}, {@link
 * dev.disentangle.metric.SapScore} and {@link dev.disentangle.metric.ExplicitnessScore}, which
 * predict the factors. Without factors: {@link dev.disentangle.metric.TotalCorrelation} with its
 * estimators, first {@link dev.disentangle.metric.TrueTotalCorrelation}; {@link
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
 * dev.disentangle.metric.GroundTruthEncoder}.
 *
 * <p>What scores are built of lies one floor down: {@link dev.disentangle.metric.count} has the
 * bins, tables, votes and densities, {@link dev.disentangle.metric.fit} the classifiers,
 * regressions and rotations. A score of your own belongs beside the others, or anywhere as a {@link
 * dev.disentangle.metric.Score}.
 *
 * <p>Every result is a record that carries its sample sizes and seed beside the value. The scores
 * follow the definitions of the papers that their Javadoc names; where the paper and
 * disentanglement_lib (Locatello et al. 2019), the reference implementation, differ in sample
 * sizes, both are named protocols.
 */
package dev.disentangle.metric;
