/**
 * Scores of representations, one file per score, on plain arrays: no tensors, no native code.
 *
 * <p>Read in this order: {@link dev.disentangle.metric.LabelledCodes}, what scores with factors
 * start from; {@link dev.disentangle.metric.FactorVaeScore} and {@link
 * dev.disentangle.metric.HigginsScore}, which fix one factor at a time; {@link
 * dev.disentangle.metric.TotalCorrelation} with its estimators, first {@link
 * dev.disentangle.metric.TrueTotalCorrelation}.
 *
 * <p>Every result is a record that carries its sample sizes and seed beside the value. The scores
 * follow the definitions of the papers that their Javadoc names; where the paper and
 * disentanglement_lib (Locatello et al. 2019), the reference implementation, differ in sample
 * sizes, both are named protocols.
 */
package dev.disentangle.metric;
