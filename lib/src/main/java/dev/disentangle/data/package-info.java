/**
 * Images with known factors, as plain numbers; nothing here needs tensors or native code.
 *
 * <p>Read in this order: {@link dev.disentangle.data.ImageShape} and {@link
 * dev.disentangle.data.Image}; {@link dev.disentangle.data.FactorSpace}; {@link
 * dev.disentangle.data.ImageData}, which ties them together; then the data sets, one file each,
 * such as {@link dev.disentangle.data.DSprites}. {@link dev.disentangle.data.Subset}, {@link
 * dev.disentangle.data.Split} and {@link dev.disentangle.data.SamplingDensity} cut any of them,
 * {@link dev.disentangle.data.CroppedImages} cuts their images, {@link
 * dev.disentangle.data.Batches} draws from them, and {@link dev.disentangle.data.Labels} hides part
 * of what is known about them.
 *
 * <p>What data sets are made of lies one floor down and knows nothing of this package: {@link
 * dev.disentangle.data.format} reads files, {@link dev.disentangle.data.fetch} fetches them, {@link
 * dev.disentangle.data.draw} draws images from geometry, {@link dev.disentangle.data.store} keeps
 * them. Two classes here are no data sets and not public, because they are the {@code ImageData}
 * around what those rooms make: {@code StoredImages} names a store and its factors, {@code
 * RecolouredImages} paints on the images of another data set.
 */
package dev.disentangle.data;
