"""The LSTM's network trained by plain Keras on the backend that KERAS_BACKEND names; prints figures as JSON.

Run by `benchmarks.lstm` in an environment that holds that backend alone.
"""

import json
import resource
import time

import numpy as np

ROWS, WINDOW, HIDDEN, ANSWERS, BATCH, EPOCHS = 2_560, 60, 32, 390, 256, 30
LEVELS = np.array([0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975], dtype=np.float32)


def main() -> None:
    """Import, compile and train 300 updates, twice: the second time the process is warm."""
    began = time.perf_counter()
    import keras

    imported = time.perf_counter() - began
    if keras.backend.backend() == "torch":
        import torch

        torch.set_num_threads(1)
    if keras.backend.backend() == "tensorflow":
        import tensorflow

        tensorflow.config.threading.set_intra_op_parallelism_threads(1)
        tensorflow.config.threading.set_inter_op_parallelism_threads(1)
    rng = np.random.default_rng(0)
    windows = rng.normal(size=(ROWS, WINDOW, 2)).astype(np.float32)
    returns = np.repeat(rng.normal(size=(ROWS, ANSWERS // len(LEVELS), 1)), len(LEVELS), axis=2).astype(np.float32)
    seconds = []
    for _ in range(2):
        began = time.perf_counter()
        _train(keras, windows, returns)
        seconds.append(time.perf_counter() - began)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"import": imported, "first": seconds[0], "second": seconds[1], "rss": megabytes}))


def _train(keras, windows, returns) -> None:
    levels = keras.ops.convert_to_tensor(LEVELS)

    def pinball(actual, quantiles):
        error = actual - quantiles
        return keras.ops.mean(keras.ops.maximum(levels * error, (levels - 1) * error))

    layers = keras.layers
    shape = (ANSWERS // len(LEVELS), len(LEVELS))
    network = keras.Sequential(
        [
            keras.Input((WINDOW, 2)),
            layers.LSTM(HIDDEN),
            layers.Dropout(0.3),
            layers.Dense(ANSWERS),
            layers.Reshape(shape),
        ]
    )
    network.compile(optimizer=keras.optimizers.Adam(4e-3), loss=pinball)
    network.fit(windows, returns, batch_size=BATCH, epochs=EPOCHS, verbose=0)


if __name__ == "__main__":
    main()
