/**
 * What a run measured, step by step, as plain numbers; depends on nothing else of the kit.
 *
 * <p>Read in this order: {@link dev.disentangle.history.Terms}, the names of what is measured;
 * {@link dev.disentangle.history.History}, which keeps the values and writes and reads them as CSV;
 * {@link dev.disentangle.history.Recorded}, whatever has a history, such as a training run; {@link
 * dev.disentangle.history.ResultTable}, a table that is filled row by row, and {@link
 * dev.disentangle.history.ThreeDecimals}, how its numbers are printed.
 */
package dev.disentangle.history;
