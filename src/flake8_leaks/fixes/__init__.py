"""One file a fixable rule, named like the rule's: `fix(file, at, tree)` says how a finding is cured.

`at` is what the rule yielded. The result is a `Change`; `Unfixable` says why a person must decide. These modules import
libcst, so they are loaded only when there is something to fix.
"""
