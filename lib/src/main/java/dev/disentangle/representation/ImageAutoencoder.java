package dev.disentangle.representation;

/** A model that encodes images and decodes codes, such as every trained autoencoder. */
public interface ImageAutoencoder extends ImageEncoder, ImageDecoder {

  /**
   * Returns a short name for titles and tables, such as {@code FactorVAE}.
   *
   * @return the name
   */
  String name();
}
