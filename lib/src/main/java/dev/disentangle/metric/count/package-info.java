/**
 * What scores count: moments, bins, tables of classes, votes, draws and densities of codes. This
 * room is the library's own: its classes are public only because Java has no other way to share
 * them between packages, and they may change at any time.
 *
 * <p>Read in this order: {@link dev.disentangle.metric.count.Statistics}, moments and checks;
 * {@link dev.disentangle.metric.count.ClassTable} and {@link
 * dev.disentangle.metric.count.PointGroups}, classes of a factor; {@link
 * dev.disentangle.metric.count.Discretized}, bins of codes and their mutual information; {@link
 * dev.disentangle.metric.count.NeighbourInformation} and {@link
 * dev.disentangle.metric.count.ContinuousInformation}, the same by nearest neighbours; {@link
 * dev.disentangle.metric.count.ImportanceMatrix}; {@link dev.disentangle.metric.count.Shuffle} and
 * {@link dev.disentangle.metric.count.FixedFactorSampler}, draws; {@link
 * dev.disentangle.metric.count.FactorVaeVotes}; {@link dev.disentangle.metric.count.LogSum} and
 * {@link dev.disentangle.metric.count.PosteriorMixture}, the aggregate posterior's density.
 */
package dev.disentangle.metric.count;
