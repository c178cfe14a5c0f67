/**
 * Images with known factors, as plain numbers; nothing here needs tensors or native code.
 *
 * <p>Read in this order: {@link dev.disentangle.data.ImageShape} and {@link
 * dev.disentangle.data.Image}; {@link dev.disentangle.data.FactorSpace}; {@link
 * dev.disentangle.data.ImageData}, which ties them together; then the data sets, one file each,
 * such as {@link dev.disentangle.data.DSprites}, drawn by DSpritesRenderer and PolygonRaster and
 * held in {@link dev.disentangle.data.PackedImages}.
 */
package dev.disentangle.data;
