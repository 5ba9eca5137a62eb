"""The contestant that says where the time of a step goes: TensorFlow's own profiler, on one core.

    python bench_profile.py

Answers tasks {"layer", "size"} for ResNet50 with the milliseconds that a step spends on each kind of operation.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from bench_ours import opened
from bench_process import serve

PICTURES = 16
STEPS = 10
KINDS = {
    "convolutions": ("Conv2D", "FusedConv2D", "DepthwiseConv2dNative", "FusedDepthwiseConv2dNative"),
    "their gradients": ("Conv2DBackpropInput", "DepthwiseConv2dNativeBackpropInput"),
    "products of matrices": ("MatMul", "FusedMatMul", "BatchMatMul", "BatchMatMulV2"),
    "pooling and its gradient": ("MaxPool", "MaxPoolGrad", "AvgPool", "AvgPoolGrad"),
    "rearranging": ("Pad", "Slice", "StridedSlice", "StridedSliceGrad", "Transpose", "DepthToSpace", "Reshape"),
    "adding and rectifying": ("Add", "AddV2", "AddN", "BiasAdd", "Relu", "ReluGrad", "Mul"),
}
"""Names of operations, without what oneDNN's begin with."""
REST = "everything else"
ONE_CORE = {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
"""Its environment: what runs side by side could not be added up."""


def main() -> None:
    """Answers tasks."""
    serve(profile)


def profile(task: dict[str, Any]) -> dict[str, Any]:
    """Where the gradient of a picture is spent, for a layer and an edge length."""
    import numpy as np
    from tensorflow.tsl.profiler.protobuf import xplane_pb2

    from cnnviz_gui.engine.rewriting import rewritten
    from cnnviz_gui.engine.runtime import tf

    graph = opened("ResNet50").graph
    source = graph.entry(task["layer"]).inputs[0]
    network = rewritten(graph, [source])
    shape = (PICTURES, task["size"], task["size"], 3)

    def step(pictures: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            tape.watch(pictures)
            values = network(pictures)[0]
        return tape.gradient(values, pictures, output_gradients=tf.ones_like(values))

    compiled = tf.function(step, input_signature=[tf.TensorSpec([None, *shape[1:]], tf.float32)], autograph=False)
    pictures = tf.constant(np.random.default_rng(0).uniform(128, 148, shape).astype(np.float32))
    for _ in range(2):
        compiled(pictures).numpy()
    with tempfile.TemporaryDirectory() as folder:
        options = tf.profiler.experimental.ProfilerOptions(host_tracer_level=3, python_tracer_level=0)
        with tf.profiler.experimental.Profile(folder, options):
            for _ in range(STEPS):
                compiled(pictures).numpy()
        space = xplane_pb2.XSpace()
        space.ParseFromString(next(Path(folder).rglob("*.xplane.pb")).read_bytes())
    return {"milliseconds": _spent(space)}


def _spent(space: Any) -> dict[str, float]:  # noqa: ANN401 - the profiler's message
    """Milliseconds a step for each kind of operation."""
    kind_of = {name: kind for kind, names in KINDS.items() for name in names}
    spent: Counter[str] = Counter()
    for plane in space.planes:
        for line in plane.lines:
            for event in line.events:
                label, colon, name = plane.event_metadata[event.metadata_id].name.rpartition(":")
                # Operations of a graph are named "name:type", and what TensorFlow does around them otherwise.
                if colon and name.isidentifier() and not label.endswith(":"):
                    kind = kind_of.get(name.removeprefix("_MklNative").removeprefix("_Mkl").lstrip("_"), REST)
                    spent[kind] += event.duration_ps / 1e9 / STEPS
    return dict(spent)


if __name__ == "__main__":
    main()
