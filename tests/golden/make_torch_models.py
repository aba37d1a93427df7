#!/usr/bin/python3
"""Makes torch_models.json: a small convolutional network and a small GPT, ten steps each, as PyTorch trains them.

Run with Debian's python3-torch:  /usr/bin/python3 tests/golden/make_torch_models.py
Parameters are laid out and ordered as the engine has them: images (batch, height, width, channels), filters (rows, columns,
channels, filters), weights (inputs, outputs).
"""
import math

import torch
import torch.nn.functional as F

from torch_common import flat, short, tensor_json, write

torch.manual_seed(47)


def train(parameters, forward, inputs, targets, optimizer, learning_rate):
    start = torch.cat([p.reshape(-1) for p in parameters])
    parameters = [p.clone().requires_grad_() for p in parameters]
    make = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW, "sgd": torch.optim.SGD}[optimizer]
    # Decay is for weights, not for biases and gains.
    decay = 0.01 if optimizer == "adamw" else 0
    descent = make([{"params": [p for p in parameters if p.dim() > 1], "weight_decay": decay},
                    {"params": [p for p in parameters if p.dim() == 1], "weight_decay": 0}], lr=learning_rate)
    losses, first = [], None
    for _ in range(10):
        descent.zero_grad()
        loss = F.cross_entropy(forward(parameters, inputs), targets)
        loss.backward()
        if first is None:
            first = torch.cat([p.grad.reshape(-1) for p in parameters])
        losses.append(loss.item())
        descent.step()
    return {"inputs": tensor_json(inputs.double()), "targets": targets.tolist(), "parameters": flat(start),
            "first_gradients": flat(first), "losses": losses, "optimizer": optimizer, "learning_rate": learning_rate}


def cnn(optimizer, learning_rate):
    size, filters, classes = 8, (2, 3), 4

    def forward(p, x):
        x = x.permute(0, 3, 1, 2)
        for k in range(2):
            x = F.max_pool2d(F.relu(F.conv2d(x, p[2 * k].permute(3, 2, 0, 1), p[2 * k + 1], padding=1)), 2)
        return x.permute(0, 2, 3, 1).flatten(1) @ p[4] + p[5]

    parameters = [short(torch.randn(3, 3, 1, filters[0]) / 2), short(torch.randn(filters[0]) / 4),
                  short(torch.randn(3, 3, filters[0], filters[1]) / 3), short(torch.randn(filters[1]) / 4),
                  short(torch.randn(4 * filters[1], classes) / 3), short(torch.randn(classes) / 4)]
    images = short(torch.randn(5, size, size, 1))
    return train(parameters, forward, images, torch.tensor([0, 3, 1, 2, 3]), optimizer, learning_rate)


def gpt(optimizer, learning_rate):
    vocabulary, context, width, layers, heads, batch = 7, 5, 8, 2, 2, 3

    def norm(x, gain, bias):
        return F.layer_norm(x, (width,), gain, bias)

    def attend(x, wq, bq, wkv, bkv):
        q, kv = x @ wq + bq, x @ wkv + bkv
        q, k, v = (part.reshape(batch, context, heads, -1).transpose(1, 2)
                   for part in (q, kv[..., :width], kv[..., width:]))
        scores = q @ k.transpose(2, 3) / math.sqrt(width // heads)
        scores = scores.masked_fill(torch.ones(context, context).triu(1) > 0, -math.inf)
        return (F.softmax(scores, -1) @ v).transpose(1, 2).reshape(batch, context, width)

    def forward(p, tokens):
        p = list(p)
        x = p[0][tokens] + p[1]
        p = p[2:]
        for _ in range(layers):
            h = attend(norm(x, p[0], p[1]), p[2], p[3], p[4], p[5])
            x = x + h @ p[6] + p[7]
            h = F.gelu(norm(x, p[8], p[9]) @ p[10] + p[11])
            x = x + h @ p[12] + p[13]
            p = p[14:]
        return (norm(x, p[0], p[1]) @ p[2]).flatten(0, 1)

    def weight(*shape):
        return short(torch.randn(*shape) / 3)

    def near_one(size):
        return short(1 + torch.randn(size) / 5)

    parameters = [weight(vocabulary, width), weight(context, width)]
    for _ in range(layers):
        parameters += [near_one(width), weight(width), weight(width, width), weight(width), weight(width, 2 * width),
                       weight(2 * width), weight(width, width), weight(width), near_one(width), weight(width),
                       weight(width, 4 * width), weight(4 * width), weight(4 * width, width), weight(width)]
    parameters += [near_one(width), weight(width), weight(width, vocabulary)]
    tokens = torch.randint(vocabulary, (batch, context))
    targets = torch.randint(vocabulary, (batch * context,))
    return train(parameters, forward, tokens, targets, optimizer, learning_rate)


write("torch_models.json", {"cnn": [cnn("adam", 0.01), cnn("sgd", 0.1)], "gpt": [gpt("adamw", 0.003), gpt("sgd", 0.05)]})
