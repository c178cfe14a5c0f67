package dev.disentangle.training;

import java.io.IOException;

/**
 * Another training, of this process or another, writes into the folder. The message says which; the
 * folder is free again as soon as that ends, however it ends.
 */
public final class FolderInUseException extends IOException {

  private static final long serialVersionUID = 1;

  FolderInUseException(String message) {
    super(message);
  }
}
