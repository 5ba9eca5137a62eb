"""The slots that jobs run in: each shows one thing and has one job."""

NETWORK = "network"
REOPEN = "reopen"
PICTURE = "picture"
GRID = "activations"
LOOK = "look"
KERNELS = "kernels"
PATTERNS = "patterns"
SEEDS = "seeds"
NATURAL = "natural"
FORECAST = "forecast"
RECIPE_NETWORK = "recipe-network"
RECIPE_PICTURE = "recipe-picture"
RESTORE_NETWORK = "restore-network"
RESTORE_PICTURE = "restore-picture"
RESTORE_OTHER = "restore-other"
OTHER_PICTURE = "other-picture"
RECIPE_OTHER = "recipe-other"
PATTERN_CACHE = "pattern-cache"
EXPORT = "export"
EXPORT_LAYERS = "export-layers"
CLEAR_UP = "clear-up"


def of_input(slot: str, name: str) -> str:
    """The slot of its kind for one of the network's inputs."""
    return f"{slot}:{name}"


def kind_of(slot: str) -> str:
    """A slot without the input that it is for."""
    return slot.partition(":")[0]
