/**
 * How a step works: what a method's networks are built from, who learns, and the way of gradients
 * to optimisers. Whoever writes a method of their own meets these types.
 *
 * <p>Read {@link dev.disentangle.learner.Learner}, then {@link
 * dev.disentangle.learner.AutoencoderLearner}, on which most methods stand, with the {@link
 * dev.disentangle.learner.Pass} that it gives them, then {@link dev.disentangle.learner.Step} and
 * {@link dev.disentangle.learner.Player}. {@link dev.disentangle.learner.Assembly} builds networks
 * that fit the data.
 *
 * <p>A loss of your own multiplies by numbers with {@link dev.disentangle.tensor.Operations#scale},
 * not with DJL's {@code mul(Number)}, whose number may be garbage by the time of the gradient.
 */
package dev.disentangle.learner;
