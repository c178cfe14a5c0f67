/**
 * Pictures of training, models and scores. Everything is a {@link java.awt.image.BufferedImage},
 * which every Java kernel shows, and nothing here needs tensors or native code. Every picture
 * carries words for readers who cannot see it, {@link dev.disentangle.plot.Pictures#description},
 * taken from the data.
 *
 * <p>Read in this order: {@link dev.disentangle.plot.Plots}, the charts, and {@link
 * dev.disentangle.plot.Pictures}, which saves them; {@link dev.disentangle.plot.ImageGrid} and what
 * stands on it, {@link dev.disentangle.plot.Samples}, {@link dev.disentangle.plot.Reconstructions},
 * {@link dev.disentangle.plot.Interpolations}, {@link dev.disentangle.plot.Traversals} and {@link
 * dev.disentangle.plot.LatentMap}; pictures of codes, {@link dev.disentangle.plot.CodeMap}, {@link
 * dev.disentangle.plot.PairPlot} and {@link dev.disentangle.plot.PosteriorSpread}; functions of two
 * numbers and one quantity over another, {@link dev.disentangle.plot.FunctionMap} and {@link
 * dev.disentangle.plot.Relation}; {@link dev.disentangle.plot.Explorer}, sliders for a page; {@link
 * dev.disentangle.plot.Notebook}, which shows and updates output in whichever kernel runs.
 */
package dev.disentangle.plot;
