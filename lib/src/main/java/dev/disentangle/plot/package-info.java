/**
 * Pictures of training, models and scores. Everything is a {@link java.awt.image.BufferedImage},
 * which every Java kernel shows, and nothing here needs tensors or native code.
 *
 * <p>Read in this order: {@link dev.disentangle.plot.Plots}, the charts, and {@link
 * dev.disentangle.plot.Pictures}, which saves them; {@link dev.disentangle.plot.ImageGrid} and what
 * stands on it, {@link dev.disentangle.plot.Samples}, {@link dev.disentangle.plot.Reconstructions}
 * and {@link dev.disentangle.plot.Traversals}; {@link dev.disentangle.plot.Explorer}, sliders for a
 * page; {@link dev.disentangle.plot.Notebook}, which shows and updates output in whichever kernel
 * runs.
 */
package dev.disentangle.plot;
