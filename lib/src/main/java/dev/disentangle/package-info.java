/**
 * The kit's front door. Start with {@link dev.disentangle.training.Training}, which all notebooks
 * use; the packages below it each have a reading order of their own.
 */
package dev.disentangle;
