"""What the scripts that make goldens with PyTorch share. Everything is computed in double, on one thread."""
import json
import math
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def flat(tensor):
    """JSON has no NaN or infinity: they are written as text."""
    values = tensor.detach().double().reshape(-1).tolist()
    return [v if math.isfinite(v) else str(v) for v in values]


def short(tensor):
    """Numbers with three decimals: the large inputs would fill the file with digits that test nothing."""
    return torch.round(tensor * 1000) / 1000


def tensor_json(tensor):
    return {"shape": list(tensor.shape), "values": flat(tensor)}


def write(name, goldens):
    """Writes tests/golden/<name>, naming the library the values come from."""
    path = Path(__file__).with_name(name)
    path.write_text(json.dumps({"made_with": "PyTorch " + torch.__version__, **goldens}, separators=(",", ":")) + "\n")
    print(f"{path}: {path.stat().st_size} bytes")
