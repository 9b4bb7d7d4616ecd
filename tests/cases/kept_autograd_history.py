from collections import defaultdict

import torch
import torch.nn.functional as F
from torch import nn

from project import accelerator, evaluate_later, log, scaler

HISTORY = []
STEPS = 0.0


# --- The leak: a sum or a container holds the history of every step ---


# A sum that is begun before the loop.
def train_sum(model, loader, criterion, optimizer):
    total = 0.0
    for inputs, labels in loader:
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        total += loss  # LEK205
    return total / len(loader)


# A sum that is written out, of the loss times the size of the batch.
def train_weighted_sum(model, loader, criterion):
    weighted = 0.0
    for inputs, labels in loader:
        loss = criterion(model(inputs), labels)
        loss.backward()
        weighted = weighted + loss * len(inputs)  # LEK205
    return weighted


# A sum that each epoch begins anew: an epoch has many steps.
def train_epochs(model, loader, criterion):
    for epoch in range(10):
        running = 0.0
        for inputs, labels in loader:
            loss = criterion(model(inputs), labels)
            loss.backward()
            running += loss.mean()  # LEK205
        print(epoch, running)


# A list; moving the tensor to the CPU or copying it keeps its history.
def train_list(model, loader, criterion):
    losses = []
    for inputs, labels in loader:
        loss = criterion(model(inputs), labels)
        loss.backward()
        losses.append(loss.cpu())  # LEK205
    return losses


# A list that grows by `+=`, by tuples, by `extend`.
def train_lists(model, loader, criterion):
    plain, pairs, flat = [], [], []
    for step, (inputs, labels) in enumerate(loader):
        loss = criterion(model(inputs), labels)
        loss.backward()
        plain += [loss]  # LEK205
        pairs.append((step, loss))  # LEK205
        flat.extend([loss, loss])  # LEK205
    return plain, pairs, flat


# A list that becomes a number after the loop.
def train_stacked(model, loader, criterion):
    stacked = []
    for inputs, labels in loader:
        loss = criterion(model(inputs), labels)
        loss.backward()
        stacked.append(loss)  # LEK205
    stacked = torch.stack(stacked).sum().item()
    return stacked


# A loss that is scaled in place.
def train_scaled_in_place(model, loader, criterion):
    total = 0.0
    for inputs, labels in loader:
        loss = criterion(model(inputs), labels)
        loss.backward()
        loss *= len(inputs)
        total += loss  # LEK205
    return total


# A dict of sums, and one of lists.
def train_dicts(model, loader, criterion):
    sums = {"loss": 0.0}
    lists = defaultdict(list)
    for inputs, labels in loader:
        loss = criterion(model(inputs), labels)
        loss.backward()
        sums["loss"] += loss  # LEK205
        lists["loss"].append(loss)  # LEK205
    return sums, lists


# A list of the caller's.
def train_into(model, loader, criterion, losses):
    for inputs, labels in loader:
        loss = criterion(model(inputs), labels)
        loss.backward()
        losses.append(loss)  # LEK205


# Recording off while the list is filled: the tensor has its history already.
def train_list_without_recording(model, loader, criterion):
    losses = []
    for inputs, labels in loader:
        loss = criterion(model(inputs), labels)
        loss.backward()
        with torch.no_grad():
            losses.append(loss)  # LEK205
    return losses


# The loss goes through a scaler, an accelerator, a method of its own, or a share of it does.
def train_scaled(model, loader, criterion):
    total = 0.0
    while True:
        scaled = criterion(model(next(loader)))
        scaler.scale(scaled).backward()
        total += scaled  # LEK205


def train_accelerated(model, loader, criterion):
    total = 0.0
    for inputs in loader:
        loss = criterion(model(inputs))
        accelerator.backward(loss)
        total += loss  # LEK205
    return total


def train_shared(model, loader, criterion):
    total = 0.0
    for inputs in loader:
        loss = criterion(model(inputs))
        (loss.mean() / 4).backward()
        total += loss  # LEK205
    return total


# The summands of a loss.
def train_two_losses(model, loader, reconstruction_loss, kl_loss, weight_of):
    first = second = third = 0.0
    for inputs in loader:
        rec_loss = reconstruction_loss(model(inputs))
        kld_loss = kl_loss(inputs)
        weight = weight_of(inputs)
        loss = rec_loss + weight * kld_loss
        loss.backward()
        first += rec_loss  # LEK205
        second += kld_loss  # LEK205
        third += weight
    return first, second, third


# What the model put out.
def train_outputs(model, loader):
    outputs, targets = [], []
    for inputs, labels in loader:
        output = model(inputs)
        loss = F.cross_entropy(output, labels)
        loss.backward()
        outputs.append(output)  # LEK205
        targets.append(labels)
    return outputs, targets


# A list of the module, and a sum of the module: no loop is needed.
def train_step(model, inputs, criterion):
    global STEPS
    loss = criterion(model(inputs))
    loss.backward()
    HISTORY.append(loss)  # LEK205
    STEPS += loss  # LEK205


# A closure for the optimizer, which fills a list of the function around it.
def train_with_closure(model, inputs, criterion, optimizer):
    seen = []

    def closure():
        loss = criterion(model(inputs))
        loss.backward()
        seen.append(loss)  # LEK205
        return loss

    for _ in range(100):
        optimizer.step(closure)
    return seen


# An evaluation that records: nothing runs backwards from the sum, it is only looked at.
def evaluate_named(model, loader):
    criterion = nn.CrossEntropyLoss()
    total = 0.0
    for inputs, labels in loader:
        loss = criterion(model(inputs), labels)
        total += loss  # LEK205
    print(total.item() / len(loader))


def evaluate_directly(net, loader):
    squares = 0.0
    for inputs, labels in loader:
        prediction = net(inputs)
        squares += F.mse_loss(prediction, labels)  # LEK205
    return f"{squares / len(loader):.3f}"


# Attributes of an object.
class Trainer:
    def __init__(self, model):
        self.model = model
        self.total = 0.0
        self.losses = []
        self.epoch = 0.0

    def step(self, inputs, criterion):
        loss = criterion(self.model(inputs))
        loss.backward()
        self.total += loss  # LEK205
        self.losses.append(loss)  # LEK205

    def train(self, loader, criterion):
        self.epoch = 0.0
        for inputs in loader:
            loss = criterion(self.model(inputs))
            self.manual_backward(loss)
            self.epoch += loss  # LEK205

    def manual_backward(self, loss):
        loss.backward()


# --- Silent: what is kept has no history ---


# A number, a detached tensor, an array.
def train_numbers(model, loader, criterion):
    a = b = c = d = 0.0
    arrays = []
    for inputs in loader:
        loss = criterion(model(inputs))
        loss.backward()
        a += loss.item()  # silent LEK205: a += loss.item() => a += loss
        b += float(loss)  # silent LEK205: float(loss) => loss
        c += loss.detach()  # silent LEK205: c += loss.detach() => c += loss
        d += loss.data  # silent LEK205: loss.data => loss
        arrays.append(loss.detach().cpu().numpy())  # silent LEK205: loss.detach().cpu().numpy() => loss.cpu()
    return a, b, c, d, arrays


# The name was bound to a number in between.
def train_rebound(model, loader, criterion):
    total = 0.0
    for inputs in loader:
        loss = criterion(model(inputs))
        loss.backward()
        loss = loss.item() / 2
        total += loss  # silent LEK205: loss = loss.item() / 2 =>
    return total


# A sum while recording is off has no history.
def train_unrecorded(model, loader, criterion):
    total = 0.0
    for inputs in loader:
        loss = criterion(model(inputs))
        loss.backward()
        with torch.inference_mode():
            total += loss  # silent LEK205: with torch.inference_mode(): => if total < 100:
    return total


# --- Silent: it doesn't outlive the step, or is let go ---


# Losses of one step are summed, and the sum is what is trained on.
def train_on_sum(model, loader, criterion, parts):
    for inputs in loader:
        batch_loss = 0.0
        for part in parts:
            batch_loss += criterion(model(inputs), part)
        batch_loss.backward()


# So are those of several steps.
def train_on_several(model, loader, criterion):
    several = 0.0
    for step, inputs in enumerate(loader):
        part = criterion(model(inputs))
        several += part
        if step % 8 == 7:
            several.backward()
            several = 0.0


# A sum within one step, and a list.
def train_within_step(model, loader, criterion):
    for inputs in loader:
        loss, logged, kept = criterion(model(inputs)), 0.0, []
        loss.backward()
        logged += loss
        kept.append(loss)
        log(logged, kept)


# A sum of a step that calls itself begun by its caller.
def forward_loss(model, inputs, criterion):
    loss = criterion(model(inputs))
    loss.backward()
    once = 0.0
    once += loss
    return once


# A sum and lists that are renewed or emptied every few steps.
def train_renewed(model, loader, criterion):
    interval, window, recent = 0.0, [], []
    for step, inputs in enumerate(loader):
        loss = criterion(model(inputs))
        loss.backward()
        interval += loss  # silent LEK205: interval = 0.0 => log(interval)
        window.append(loss)  # silent LEK205: window.clear() => log(window)
        recent.append(loss)  # silent LEK205: del recent[:-100] => log(recent)
        if step % 100 == 0:
            interval = 0.0
            window.clear()
            del recent[:-100]


# The history is kept on purpose.
def train_retained(model, loader, criterion):
    total = 0.0
    for inputs in loader:
        loss = criterion(model(inputs))
        loss.backward(retain_graph=True)
        total += loss  # silent LEK205: retain_graph=True =>
    return total


# Attributes that another method renews or empties.
class Module:
    def __init__(self, model):
        self.model = model
        self.sum = torch.zeros(())
        self.step_losses = []

    def step(self, inputs, criterion):
        loss = criterion(self.model(inputs))
        loss.backward()
        self.sum += loss  # silent LEK205: self.sum = 0 => log(self)
        self.step_losses.append(loss)  # silent LEK205: self.step_losses.clear() => log(self)

    def on_epoch_end(self):
        self.sum = 0
        self.step_losses.clear()


# --- Silent: who knows whether it is a tensor ---


# Nothing runs backwards from it here.
def unknown_losses(loader, criterion):
    total = 0.0
    for inputs in loader:
        loss = criterion(inputs)
        total += loss
    return total


# A result of running backwards is a gradient of someone's own.
def own_layers(layers, gradient):
    gradients, known = [], []
    for layer in layers:
        gradient = layer.backward(gradient)
        gradients.append(gradient)
        known.append(layer)
    return gradients, known


# A meter takes the tensor, and may make a number of it.
def train_metered(model, loader, criterion, make_meter):
    meter = make_meter()
    for inputs in loader:
        loss = criterion(model(inputs))
        loss.backward()
        meter.add(loss)  # silent LEK205: make_meter() => []
        meter.update(loss)
    return meter


# An evaluation that doesn't record, by itself or by its caller.
@torch.no_grad()
def evaluate_decorated(model, loader):
    total = 0.0
    for inputs, labels in loader:
        total += F.l1_loss(model(inputs), labels)
    return total.item()


def evaluate_unrecorded(model, loader):
    total = 0.0
    with torch.no_grad():
        for inputs, labels in loader:
            total += F.l1_loss(model(inputs), labels)
    return total.item()


def evaluate_for_caller(model, loader):
    total = 0.0
    for inputs, labels in loader:
        total += F.l1_loss(model(inputs), labels)  # silent LEK205: evaluate_for_caller(model, loaders) => print(loaders)
    return total.item()


def evaluate_by_caller(model, loaders):
    with torch.set_grad_enabled(False):
        return evaluate_for_caller(model, loaders)


# A distance between two things that no model put out.
def distances(pairs):
    total = 0.0
    for left, right in pairs:
        total += F.mse_loss(left, right)  # silent LEK205: F.mse_loss(left, right) => F.mse_loss(self_model(left), right)
    return total.item()


# A loss that is handed on to be evaluated.
def returned_sum(model, loader):
    total = 0.0
    criterion = nn.MSELoss()
    for inputs, labels in loader:
        total += criterion(model(inputs), labels)
    return evaluate_later(total)
