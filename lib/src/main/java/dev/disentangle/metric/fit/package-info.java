/**
 * What scores fit to codes: the classifiers, regressions and rotations inside them, in settings
 * that meet the reference implementations. This room is the library's own: its classes are public
 * only because Java has no other way to share them between packages, and they may change at any
 * time.
 *
 * <p>Read in this order: {@link dev.disentangle.metric.fit.Lasso}; {@link
 * dev.disentangle.metric.fit.OneFeatureSvm}, on {@code RunningSums}; {@link
 * dev.disentangle.metric.fit.LogisticRegression}, with {@code SoftmaxLoss}, {@code PointBlock} and
 * {@code ClassPreconditioner}, and {@link dev.disentangle.metric.fit.RocArea}, which judges it;
 * {@link dev.disentangle.metric.fit.BoostedTrees}, with {@code TreeGrower}, {@code RegressionTree}
 * and {@link dev.disentangle.metric.fit.SortedPoints}; {@link
 * dev.disentangle.metric.fit.PrincipalAxes} and {@link dev.disentangle.metric.fit.FastIca}.
 */
package dev.disentangle.metric.fit;
