"""Writes the files that README.md lists into the current folder."""
import numpy
import torch
from torch import nn

torch.set_num_threads(1)
t = torch.arange(12.0).view(3, 4)
torch.save(
    {
        "float32": t,
        "float16": t.half(),
        "bfloat16": t.bfloat16(),
        "float64": t.double(),
        "uint8": t.byte(),
        "int8": t.char(),
        "int16": t.short(),
        "int32": t.int(),
        "int64": t.long(),
        "bool": t > 3,
        "transposed": t.t(),
        "rows": t[1:],
        "column": t[:, 1],
        "scalar": torch.tensor(3.0),
        "empty": torch.empty(0, 4),
        "parameter": nn.Parameter(t),
    },
    "types.pt",
)
torch.save({"weight": t}, "protocol4.pt", pickle_protocol=4)


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(64, 16), nn.ReLU())
        self.z = nn.Linear(16, 2)
        self.decoder = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 64))

    def encode(self, x):
        return self.z(self.encoder(x.flatten(1)))

    def decode(self, z):
        return torch.sigmoid(self.decoder(z)).view(-1, 1, 8, 8)


torch.manual_seed(1)
model = Autoencoder()
state = model.state_dict()
torch.save(state, "autoencoder.pt")
torch.save(
    {
        "epoch": 3,
        "state_dict": {"module." + name: tensor.double() for name, tensor in state.items()},
        "optimizer": torch.optim.Adam(model.parameters()).state_dict(),
    },
    "wrapped.pt",
)
torch.save(state, "before_1.6.pt", _use_new_zipfile_serialization=False)
torch.save(model, "whole_module.pt")

with torch.no_grad():
    images = torch.rand(5, 1, 8, 8)
    codes = model.encode(images)
    numpy.save("images.npy", images.numpy())
    numpy.save("codes.npy", codes.numpy())
    numpy.save("reconstructions.npy", model.decode(codes).numpy())
