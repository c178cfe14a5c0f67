/**
 * Keeping images and factors small and ready to read.
 *
 * <p>Start with {@link dev.disentangle.data.store.ImageStore}. Its three kinds are {@link
 * dev.disentangle.data.store.PackedImages} (a bit per pixel in memory, filled by {@link
 * dev.disentangle.data.store.ImagePacker} or a renderer), {@link
 * dev.disentangle.data.store.ByteImages} (a byte per value in memory) and {@link
 * dev.disentangle.data.store.RawImageFile} (a byte per value in a file). {@link
 * dev.disentangle.data.store.FactorColumn} keeps what is known about them, {@link
 * dev.disentangle.data.store.Checksums} tells them apart. An image here is so many values; which of
 * them are channels, rows and columns is for the data set to say.
 */
package dev.disentangle.data.store;
