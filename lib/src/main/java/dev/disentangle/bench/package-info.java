/**
 * Benchmarks: what {@code environment/bench} runs. Start with {@link dev.disentangle.bench.Bench};
 * each group is one class, and all print through one report.
 */
package dev.disentangle.bench;
