package dev.disentangle.objective.labelled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

/** Numbers beside images that are not square, which those of the other tests are. */
class PlanesTest {

  @Test
  void aPlaneIsAsHighAndAsWideAsItsImage() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray images = manager.create(new double[] {1, 2, 3, 4, 5, 6}, new Shape(1, 1, 2, 3));
      NDArray numbers = manager.create(new double[] {7, 8}, new Shape(1, 2));
      NDArray beside = Planes.beside(images, numbers);
      assertEquals(new Shape(1, 3, 2, 3), beside.getShape());
      double[] expected = {1, 2, 3, 4, 5, 6, 7, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8};
      assertArrayEquals(expected, beside.toDoubleArray());
    }
  }

  /** A change that copies what has the right type already goes unnoticed. */
  @Test
  void allOfABatchGetOneLabel() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray images = manager.zeros(new Shape(2, 1, 2, 3), DataType.FLOAT64);
      NDArray oneHot = HiddenLabels.all(1, 3, images);
      assertEquals(new Shape(2, 3), oneHot.getShape());
      assertArrayEquals(new double[] {0, 1, 0, 0, 1, 0}, oneHot.toDoubleArray());
    }
  }
}
