package dev.disentangle.model;

/** The number format of convolutions and matrix products; weights and losses stay 32-bit. */
public enum Precision {
  /** IEEE single precision. */
  FLOAT32,
  /**
   * Products in bfloat16 (8 bits of mantissa); quicker where the processor has instructions for it.
   */
  BFLOAT16
}
