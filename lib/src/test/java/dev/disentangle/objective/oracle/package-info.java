/**
 * Every method's losses a second time, by plain sums in {@code double} from the same weights,
 * images and noise, compared with what its players' optimisers get and with what it records.
 *
 * <p>Read {@link dev.disentangle.objective.oracle.VaeOracleTest} first. {@link
 * dev.disentangle.objective.oracle.TinyStep} runs one step of the library on networks of six units,
 * {@link dev.disentangle.objective.oracle.PlainNetwork} computes the same networks in loops, {@link
 * dev.disentangle.objective.oracle.PlainNoise} draws the same numbers.
 */
package dev.disentangle.objective.oracle;
