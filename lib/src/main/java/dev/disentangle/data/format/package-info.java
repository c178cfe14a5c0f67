/**
 * Readers of the file formats in which data sets are published, streaming and bounded in memory.
 *
 * <p>They know nothing of data sets: start with {@link dev.disentangle.data.format.Npz} and {@link
 * dev.disentangle.data.format.NpyReader} for NumPy's files and {@link
 * dev.disentangle.data.format.IdxReader} for MNIST's; {@link
 * dev.disentangle.data.format.PictureSource} finds pictures, {@link
 * dev.disentangle.data.format.PictureBytes} decodes and {@link dev.disentangle.data.format.Pixels}
 * scales them. Every reader checks what a file says about itself against the bytes that are there,
 * before it allocates memory, and answers a damaged file with an {@link java.io.IOException} that
 * names the file, the offset and what was expected.
 */
package dev.disentangle.data.format;
