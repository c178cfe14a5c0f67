def convolution(self, x: Tensor, weight: Tensor, bias: Tensor, stride: Tensor, padding: Tensor) -> Tensor:
  s = int(stride)
  p = int(padding)
  return torch.conv2d(x, weight, bias, [s, s], [p, p])

def transposed_convolution(self, x: Tensor, weight: Tensor, bias: Tensor, stride: Tensor, padding: Tensor) -> Tensor:
  s = int(stride)
  p = int(padding)
  return torch.conv_transpose2d(x, weight, bias, [s, s], [p, p])

def bernoulli_negative_log_likelihood(self, logits: Tensor, targets: Tensor) -> Tensor:
  summed = torch.binary_cross_entropy_with_logits(logits, targets, None, None, 2)
  return torch.div(summed, torch.size(logits, 0))

def gaussian_sample(self, mean: Tensor, log_variance: Tensor, noise: Tensor) -> Tensor:
  return torch.addcmul(mean, torch.exp(torch.mul(log_variance, 0.5)), noise)

def gaussian_kl(self, mean: Tensor, log_variance: Tensor) -> Tensor:
  inner = torch.sub(torch.add(torch.mul(mean, mean), torch.exp(log_variance)), log_variance)
  return torch.mul(torch.sub(inner, 1), 0.5)

def permute_dimensions(self, z: Tensor, index: Tensor) -> Tensor:
  return torch.gather(z, 0, index)

def log_density_ratio(self, logits: Tensor) -> Tensor:
  return torch.sub(torch.select(logits, 1, 0), torch.select(logits, 1, 1))

def softplus(self, x: Tensor) -> Tensor:
  return torch.softplus(x)

def scale(self, x: Tensor, factor: Tensor) -> Tensor:
  return torch.mul(x, float(factor))

def at_most(self, x: Tensor, bound: Tensor) -> Tensor:
  return torch.clamp(x, None, float(bound))

def channels_last(self, x: Tensor) -> Tensor:
  return torch.clone(x, memory_format=2)

def contiguous(self, x: Tensor) -> Tensor:
  return torch.contiguous(x, memory_format=0)

def gradients(self, outputs: List[Tensor], output_gradients: List[Tensor], inputs: List[Tensor], retain: Tensor, differentiable: Tensor) -> List[Tensor]:
  seeds = annotate(List[Optional[Tensor]], [])
  for i in range(torch.len(output_gradients)):
    seeds.append(output_gradients[i])
  found = torch.autograd.grad(outputs, inputs, seeds, bool(retain), bool(differentiable), True)
  result = annotate(List[Tensor], [])
  for i in range(torch.len(found)):
    gradient = found[i]
    if gradient is None:
      result.append(torch.zeros_like(inputs[i]))
    else:
      result.append(unchecked_cast(Tensor, gradient))
  return result

def all_finite(self, xs: List[Tensor]) -> Tensor:
  total = torch.sum(xs[0])
  for i in range(1, torch.len(xs)):
    total = torch.add(total, torch.sum(xs[i]))
  return torch.isfinite(total)

def fused_adam(self, gradients: List[Tensor], parameters: List[Tensor], means: List[Tensor], squares: List[Tensor], step: Tensor, settings: Tensor) -> Tensor:
  steps = annotate(List[Tensor], [])
  ordered = annotate(List[Tensor], [])
  for i in range(torch.len(parameters)):
    steps.append(step)
    gradient = gradients[i]
    if torch.ne(torch.stride(gradient), torch.stride(parameters[i])):
      gradient = torch.copy_(torch.empty_like(parameters[i]), gradient)
    ordered.append(gradient)
  torch._fused_adam_(parameters, ordered, means, squares, annotate(List[Tensor], []), steps, lr=float(settings[0]), beta1=float(settings[1]), beta2=float(settings[2]), weight_decay=0., eps=float(settings[3]), amsgrad=False, maximize=False)
  return step

def log_sum_exp(self, x: Tensor) -> Tensor:
  return torch.logsumexp(x, [-1])

def sigmoid(self, x: Tensor) -> Tensor:
  return torch.sigmoid(x)

def assign(self, target: Tensor, source: Tensor) -> Tensor:
  return torch.copy_(target, source)

def resize(self, x: Tensor, side: Tensor) -> Tensor:
  s = int(side)
  return torch._upsample_bilinear2d_aa(x, [s, s], False, None, None)
