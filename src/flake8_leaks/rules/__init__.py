"""The rules: one file, one rule, one code. `lint` finds them by looking into this package."""
