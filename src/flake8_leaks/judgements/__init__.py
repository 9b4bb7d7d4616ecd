"""The judgements that rules share: what the model's facts and the knowledge of libraries mean together."""
