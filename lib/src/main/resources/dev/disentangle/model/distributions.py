def lower_triangular(self, log_diagonal: Tensor, below: Tensor) -> Tensor:
  n = torch.size(log_diagonal, 0)
  d = torch.size(log_diagonal, 1)
  places = torch.tril_indices(d, d, -1)
  flat = torch.add(torch.mul(torch.select(places, 0, 0), d), torch.select(places, 0, 1))
  strict = torch.index_copy(torch.new_zeros(below, [n, torch.mul(d, d)]), 1, flat, below)
  return torch.add(torch.reshape(strict, [n, d, d]), torch.diag_embed(torch.exp(log_diagonal)))

def triangular_sample(self, mean: Tensor, factor: Tensor, noise: Tensor) -> Tensor:
  return torch.add(mean, torch.squeeze(torch.matmul(factor, torch.unsqueeze(noise, 2)), 2))

def triangular_solve(self, z: Tensor, mean: Tensor, factor: Tensor) -> Tensor:
  difference = torch.unsqueeze(torch.sub(z, mean), -1)
  return torch.squeeze(torch.linalg_solve_triangular(factor, difference, upper=False), -1)

def triangular_covariance(self, factor: Tensor) -> Tensor:
  return torch.matmul(factor, torch.transpose(factor, 1, 2))

def rows(self, index: Tensor, table: Tensor) -> Tensor:
  return torch.index_select(table, 0, index)

def within_unit_interval(self, x: Tensor) -> Tensor:
  return torch.clamp(x, 0., 1.)

def neighbour_sum(self, x: Tensor, weights: Tensor, radius: Tensor) -> Tensor:
  r = int(radius)
  height = torch.size(x, 2)
  width = torch.size(x, 3)
  side = 2 * r + 1
  padded = torch.constant_pad_nd(x, [r, r, 0, r], 0)
  total = torch.zeros_like(x)
  for k in range(torch.size(weights, 1)):
    down = (k + r + 1) // side
    right = (k + r + 1) % side
    rows = torch.slice(padded, 2, down, down + height)
    shifted = torch.slice(rows, 3, right, right + width)
    total = torch.add(total, torch.mul(torch.select(weights, 1, k), shifted))
  return total
