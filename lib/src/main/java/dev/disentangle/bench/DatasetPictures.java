package dev.disentangle.bench;

import dev.disentangle.data.DSprites;
import dev.disentangle.data.DSpritesVariants;
import dev.disentangle.data.FashionMnist;
import dev.disentangle.data.Image;
import dev.disentangle.data.ImageData;
import dev.disentangle.data.Mnist;
import dev.disentangle.data.Shapes3d;
import dev.disentangle.data.Shapes3dStandIn;
import dev.disentangle.plot.ImageGrid;
import dev.disentangle.plot.Pictures;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws the picture strips of {@code datasets/README.md}: a row of random images of each data set
 * that is generated or whose files are there.
 */
public final class DatasetPictures {

  private static final int IMAGES = 12;
  private static final long SEED = 7;

  private final Path folder;

  private DatasetPictures(Path folder) {
    this.folder = folder;
  }

  /**
   * Draws all strips into {@code pictures/} within the folder of data sets.
   *
   * @param arguments the folder of data sets, {@code datasets} if there is none
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments.length > 0 ? arguments[0] : "datasets");
    Path folder = Files.createDirectories(root.resolve("pictures"));
    DatasetPictures pictures = new DatasetPictures(folder);
    DSprites sprites = DSprites.generate();
    pictures.strip("dsprites", sprites);
    pictures.strip("dsprites-small", DSprites.small());
    pictures.strip("dsprites-hearts", DSprites.hearts());
    pictures.strip("dsprites-colour", DSpritesVariants.colour(sprites, SEED));
    pictures.strip("dsprites-noise", DSpritesVariants.noise(sprites, SEED));
    pictures.strip("dsprites-picture", DSpritesVariants.picture(sprites, background(), SEED));
    pictures.strip("shapes3d-stand-in", Shapes3dStandIn.generate());
    if (Files.isDirectory(root.resolve("mnist"))) {
      pictures.strip("mnist", Mnist.test(root.resolve("mnist")));
    }
    if (Files.isDirectory(root.resolve("fashion-mnist"))) {
      pictures.strip("fashion-mnist", FashionMnist.test(root.resolve("fashion-mnist")));
    }
    Path shapes = root.resolve("shapes3d").resolve("3dshapes.h5");
    if (Files.isRegularFile(shapes)) {
      pictures.strip("shapes3d", Shapes3d.read(shapes));
    }
  }

  private void strip(String name, ImageData data) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      images.add(data.image(random.nextInt(data.size())));
    }
    BufferedImage picture = ImageGrid.of(images, IMAGES).scale(1).padding(2).draw();
    Pictures.save(picture, folder.resolve(name + ".png"));
    System.out.println(folder.resolve(name + ".png"));
  }

  /** A picture of our own in place of the study's painting: two gradients and some discs. */
  private static BufferedImage background() {
    BufferedImage picture = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, new Color(0xC0392B), 320, 240, new Color(0x2471A3)));
    graphics.fillRect(0, 0, 320, 240);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int disc = 0; disc < 60; disc++) {
      graphics.setColor(Color.getHSBColor((float) random.nextDouble(), 0.6f, 0.9f));
      int size = 8 + random.nextInt(30);
      graphics.fillOval(random.nextInt(320), random.nextInt(240), size, size);
    }
    graphics.dispose();
    return picture;
  }
}
