"""What a cure changes, in terms of the model: plans that fixes carry out. `Unfixable` says why there is none.

No layout, no libcst. A plan names its doubts; none means that the fix is safe.
"""
