package dev.disentangle.history;

/** A history under a name of its own; see {@link Recorded#of}. */
record NamedHistory(String name, History history) implements Recorded {}
