"""A small beta-VAE in PyTorch, for notebook 12: draws sprites, trains, writes codes and the model.

    python train.py [STEPS]        # 6000 steps, a few minutes on one core; needs torch and numpy

Writes codes.npz, encoder.pt and decoder.pt beside itself. The hearts are those of the Java kit's
DSprites.small(), pixel for pixel, in the same order: scale 6, orientation 20, posX 16, posY 10.
"""

import io
import pathlib
import sys
import zipfile

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

HERE = pathlib.Path(__file__).parent
SIDE, LATENTS, BETA, SEED = 32, 6, 2.0, 0


def hearts():
    """All 19,200 images [images, 32, 32] and the class of each factor [images, 4]."""
    t = 2 * np.pi * np.arange(150) / 150
    outline = 9.6 * np.stack(
        [np.sin(t) ** 3,
         -0.15 - (13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)) / 14.5])
    columns, rows = 16 + 32 * np.arange(0, 32, 2) / 31, 16 + 32 * np.arange(6, 26, 2) / 31
    centres = np.array([(x, y) for x in columns for y in rows])
    images, factors = [], []
    for scale in range(6):
        for turn in range(20):
            cos, sin = np.cos(4 * np.pi * turn / 39), np.sin(4 * np.pi * turn / 39)
            x, y = (0.5 + 0.1 * scale) * np.array([[cos, sin], [-sin, cos]]) @ outline
            at = centres[:, :, None] + np.stack([x, y])
            # Vertices in 1/256 pixel; a pixel is on when its centre is inside, even-odd.
            at = np.floor(256 * at * SIDE / 64 + 0.5).astype(np.int64)
            images.append(inside(at[:, 0], at[:, 1]))
            factors += [(scale, turn, i // 10, i % 10) for i in range(160)]
    return np.concatenate(images), np.array(factors, np.uint8)


def inside(x, y):
    centre = 256 * np.arange(SIDE) + 128
    on = np.zeros((len(x), SIDE, SIDE), bool)
    for a in range(150):
        for row in range(SIDE):
            top, bottom = np.minimum(y[:, a - 1], y[:, a]), np.maximum(y[:, a - 1], y[:, a])
            crossed = (top < centre[row]) & (centre[row] <= bottom)
            if crossed.any():
                rise = np.where(crossed, y[:, a] - y[:, a - 1], 1)
                cut = x[:, a - 1] + (centre[row] - y[:, a - 1]) * (x[:, a] - x[:, a - 1]) / rise
                on[:, row] ^= crossed[:, None] & (centre[None] >= cut[:, None])
    return on


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 16, 4, 2, 1), nn.ReLU(), nn.Conv2d(16, 16, 4, 2, 1), nn.ReLU(),
            nn.Conv2d(16, 32, 4, 2, 1), nn.ReLU(), nn.Flatten(), nn.Linear(512, 2 * LATENTS))

    def forward(self, images):
        outputs = self.layers(images)
        return outputs[:, :6], outputs[:, 6:]


def decoder():
    return nn.Sequential(
        nn.Linear(LATENTS, 512), nn.ReLU(), nn.Unflatten(1, (32, 4, 4)),
        nn.ConvTranspose2d(32, 16, 4, 2, 1), nn.ReLU(),
        nn.ConvTranspose2d(16, 16, 4, 2, 1), nn.ReLU(),
        nn.ConvTranspose2d(16, 1, 4, 2, 1), nn.Sigmoid())


def train(images, steps):
    torch.manual_seed(SEED)
    encode, decode = Encoder(), decoder()
    adam = torch.optim.Adam([*encode.parameters(), *decode.parameters()], lr=1e-3)
    for step in range(steps):
        x = images[torch.randint(len(images), (64,))]
        mean, log_variance = encode(x)
        z = mean + torch.randn_like(mean) * (0.5 * log_variance).exp()
        reconstruction = F.binary_cross_entropy(decode(z), x, reduction="sum") / len(x)
        kl = 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).sum(1).mean()
        adam.zero_grad()
        (reconstruction + BETA * kl).backward()
        adam.step()
        if step % 500 == 499:
            print(f"{step + 1}: reconstruction {reconstruction:.1f}, KL {kl:.1f} nats", flush=True)
    return encode.eval(), decode.eval()


def save(network, name):
    """As torch.jit.script(network).save(name), without its records of where this script lies."""
    whole = io.BytesIO()
    torch.jit.save(torch.jit.script(network), whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(HERE / name, "w") as new:
        for entry in old.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                new.writestr(zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0)), old.read(entry))


def main():
    pixels, factors = hearts()
    images = torch.from_numpy(pixels.astype(np.float32))[:, None]
    encode, decode = train(images, int(sys.argv[1]) if len(sys.argv) > 1 else 6000)
    rows = np.sort(np.random.default_rng(SEED).choice(len(images), 4000, replace=False))
    with torch.no_grad():
        mean, log_variance = encode(images[rows])
    np.savez_compressed(
        HERE / "codes.npz", means=mean.numpy().astype("f2"), logvars=log_variance.numpy().astype("f2"),
        factors=factors[rows], images=rows.astype(np.int32))
    save(encode, "encoder.pt")
    save(decode, "decoder.pt")


if __name__ == "__main__":
    main()
