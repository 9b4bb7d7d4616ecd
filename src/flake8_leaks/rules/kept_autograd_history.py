"""## What it does
Finds a loss or another output of a PyTorch model that is summed up or collected together with the history of its
computation.

It looks at sums (`total += loss`, also on `self`) and at lists, sets and dicts that outlive the turn of the loop in
which the tensor was made.

## Why is this bad
A tensor that gradients can flow through refers to all operations that made it. A sum of such tensors holds the history
of every step, and so does a list of them: memory, often that of the GPU, grows with each batch. Where nothing runs
backwards, as in an evaluation without `torch.no_grad()`, the history holds the activations of every layer too.

## Example
```python
import torch


def train(model, loader, criterion, optimizer):
    total = 0.0
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        total += loss  # LEK205
    return total / len(loader)
```

## Use instead
```python
import torch


def train(model, loader, criterion, optimizer):
    total = 0.0
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)
```

`loss.item()` waits for the GPU; `total += loss.detach()` doesn't. Evaluate under `torch.no_grad()` or
`torch.inference_mode()`.

## Known problems
- It knows a tensor by what is done with it: something runs backwards from it (`loss.backward()`,
  `scaler.scale(loss).backward()`, `accelerator.backward(loss)`), or from a loss that it is part of, or it is what a
  known loss function makes of a model's output. A tensor that only comes from another function is not seen.
- Models and criterions are partly known by their names (`model`, `net`, `criterion`, `..._loss`).
- It is silent with `retain_graph=True`, where gradients flow through the sum itself, where the sum or list is renewed
  in the same loop, and where a class renews its attribute in another method.
- It doesn't see a tensor that is kept on an object other than `self`, or handed to a meter or logger.
- It looks only at modules that import `torch`.

## Options
- `leaks-tests`: look into tests too

## Fix safety
There is no fix: `item()` gives a number and waits for the GPU, `detach()` gives a tensor and doesn't, and later code
may need the gradients. Decide what the sum or list is for.

## References
- <https://docs.pytorch.org/docs/stable/notes/faq.html>
- <https://docs.pytorch.org/docs/stable/notes/autograd.html>
"""

from __future__ import annotations

from collections.abc import Iterator

from ..judgements import autograd
from ..rule import At, File, Rule


def check(file: File) -> Iterator[At]:
    spoken = set()
    for found in sorted(autograd.kept(file), key=lambda found: autograd.position(found.site)):
        name = autograd.spelled(file.model, found.target)
        place = file.model.held(found.target, found.scope)
        symbol = place.qualname if place is not None else f"{found.scope.qualname}.{name}".lstrip(".")
        if symbol in spoken:
            continue
        spoken.add(symbol)
        yield At(
            found.site,
            symbol=symbol,
            thing=None if place is None else (place.kind, place.owner, place.name),
            name=name,
            tensor=found.tensor,
            verb="collects" if found.collected else "sums up",
            cure="keep it detached: .detach()" if found.collected else "take its number: .item(), or .detach()",
        )


RULE = Rule(
    "LEK205",
    "kept-autograd-history",
    "'{name}' {verb} {tensor} with its autograd history, which holds what each step computed; {cure}",
    check,
    __doc__ or "",
    before=("LEK201", "LEK202", "LEK253", "LEK254"),
)
