/**
 * A Java kernel for Jupyter: cells run in one JShell session inside the kernel's own process.
 *
 * <p>Reading order: {@link dev.disentangle.kernel.Main} opens the connection, {@code JavaKernel}
 * answers the Jupyter messages, {@link dev.disentangle.kernel.Evaluator} runs the source of a cell
 * through {@code CellExecutionControl} on {@code CellThread}, {@code CodeAssistant} completes and
 * inspects, {@code ValueRenderers} turns values into pictures, tables and text, and {@link
 * dev.disentangle.kernel.Display} is what cells and libraries call.
 */
package dev.disentangle.kernel;
