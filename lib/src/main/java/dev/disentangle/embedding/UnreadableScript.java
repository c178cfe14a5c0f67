package dev.disentangle.embedding;

/** What a network does that has no plain layers; its message goes on behind "the decoder of x". */
final class UnreadableScript extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableScript(String message) {
    super(message);
  }
}
