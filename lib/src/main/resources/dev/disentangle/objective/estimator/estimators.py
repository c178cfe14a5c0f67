def log_densities(self, z: Tensor, mean: Tensor, log_variance: Tensor, log_weights: Tensor) -> Tuple[Tensor, Tensor]:
  difference = torch.sub(torch.unsqueeze(z, 1), torch.unsqueeze(mean, 0))
  log_variances = torch.unsqueeze(log_variance, 0)
  squares = torch.mul(torch.mul(difference, difference), torch.exp(torch.neg(log_variances)))
  each = torch.mul(torch.add(torch.add(squares, log_variances), 1.8378770664093453), -0.5)
  joint = torch.logsumexp(torch.add(torch.sum(each, [2]), log_weights), [1])
  marginals = torch.logsumexp(torch.add(each, torch.unsqueeze(log_weights, 2)), [1])
  return (joint, torch.sum(marginals, [1]))

def squared_distances(self, x: Tensor, y: Tensor) -> Tensor:
  difference = torch.sub(torch.unsqueeze(x, 1), torch.unsqueeze(y, 0))
  return torch.sum(torch.mul(difference, difference), [2])

def inverse_multiquadratic(self, distances: Tensor, constants: Tensor) -> Tensor:
  c = torch.reshape(constants, [-1, 1, 1])
  return torch.sum(torch.div(c, torch.add(c, torch.unsqueeze(distances, 0))), [0])

def kth_largest(self, values: Tensor, k: Tensor) -> Tensor:
  flat = torch.reshape(values, [-1])
  top, positions = torch.topk(flat, int(k))
  return torch.select(top, 0, -1)
