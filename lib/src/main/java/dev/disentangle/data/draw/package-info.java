/**
 * Drawing images from their geometry.
 *
 * <p>dSprites first: {@link dev.disentangle.data.draw.SpriteOutline} has the curves, {@link
 * dev.disentangle.data.draw.SpriteRenderer} turns, scales and places them, and its PolygonRaster
 * fills them. Then the room of the 3D Shapes stand-in: {@link
 * dev.disentangle.data.draw.SceneRenderer} casts rays at a {@link dev.disentangle.data.draw.Solid}.
 */
package dev.disentangle.data.draw;
