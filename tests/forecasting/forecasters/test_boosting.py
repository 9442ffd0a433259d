"""LightGBM runs on a machine without an OpenMP runtime, or says what is missing."""

import subprocess
import sys
from importlib.metadata import PackageNotFoundError

import pytest

from forecasting.forecasters import boosting as module
from forecasting.forecasters.boosting import NoOpenMP, load_bundled_openmp

WITHOUT_THE_SYSTEMS = """
import numpy
from pathlib import Path
from forecasting.forecasters.boosting import load_bundled_openmp
load_bundled_openmp()
import lightgbm
values = numpy.arange(200.0)
lightgbm.train({"verbosity": -1, "num_threads": 2}, lightgbm.Dataset(values[:, None], values), 2)
loaded = {line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines() if "libgomp" in line}
print(all("memfd:" in line or "deleted" in line for line in loaded), len(loaded))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems' LightGBM finds its runtime otherwise")
def test_the_bundled_runtime_serves_lightgbm() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_THE_SYSTEMS], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "1"]


def test_without_any_runtime_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_installed(_name: str) -> None:
        raise PackageNotFoundError

    monkeypatch.setattr(module, "files", not_installed)
    with pytest.raises(NoOpenMP, match="apt-get install libgomp1"):
        load_bundled_openmp()
