package dev.disentangle.data;

import dev.disentangle.data.draw.SpriteOutline;

/** The three shapes of dSprites, in the order of the published file's factor. */
public enum DSpritesShape {
  /** A square, four corners; turning it by a quarter gives the same image. */
  SQUARE(SpriteOutline.SQUARE),
  /** An ellipse, long axis across, drawn as a polygon of 100 sides; half a turn is the same. */
  ELLIPSE(SpriteOutline.ELLIPSE),
  /** A heart, drawn as a polygon of 150 sides; every orientation looks different. */
  HEART(SpriteOutline.HEART);

  private final SpriteOutline outline;

  DSpritesShape(SpriteOutline outline) {
    this.outline = outline;
  }

  SpriteOutline outline() {
    return outline;
  }
}
