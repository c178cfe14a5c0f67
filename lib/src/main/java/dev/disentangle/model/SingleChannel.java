package dev.disentangle.model;

/**
 * Transposed convolution to one channel, the last layer of every decoder of grey images, as a
 * matrix product whose columns are added up in place. PyTorch's own goes through a convolution with
 * one input channel, which takes about twice as long; with three channels it is the faster one.
 */
final class SingleChannel {

  /** What a layer's expression calls. */
  static final String NAME = "self.transposed_to_one_channel";

  /**
   * The function's text. Pixels come first in the product, so that their gradient lies in memory as
   * they do, channels last, for the rectifier before it. bfloat16 (15) is added up as 32-bit floats
   * (6), several times as fast.
   */
  static final String SCRIPT =
      """
      def transposed_to_one_channel(
          self, x: Tensor, w: Tensor, b: Tensor, kernel: int, stride: int, padding: int
      ) -> Tensor:
        n = torch.size(x, 0)
        c = torch.size(x, 1)
        rows = (torch.size(x, 2) - 1) * stride - 2 * padding + kernel
        columns = (torch.size(x, 3) - 1) * stride - 2 * padding + kernel
        pixels = torch.reshape(torch.permute(x, [0, 2, 3, 1]), [n, -1, c])
        products = torch.bmm(pixels, torch.expand(torch.reshape(w, [c, -1]), [n, -1, -1]))
        patches = torch.transpose(products, 1, 2)
        if torch.eq(ops.prim.dtype(patches), 15):
          patches = torch.to(patches, 6, False, False, 0)
        y = torch.col2im(patches, [rows, columns], [kernel, kernel], [1, 1], [padding, padding], [stride, stride])
        return torch.add_(y, b)
      """;

  private SingleChannel() {}
}
