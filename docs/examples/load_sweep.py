"""Loads a sweep of slmc into pandas and xarray, and the chains behind its points with h5py.

    python3 load_sweep.py experiments/warming.yaml [STORE]

Needs pandas, xarray, h5py and `slmc` on the PATH.
"""

import json
import pathlib
import subprocess
import sys

import h5py
import pandas as pd


def load(manifest):
    """One row per point of the sweep. A result STAGE.NAME has further columns STAGE.NAME_error,
    _tau, _tauError, _effectiveSamples, _converged and _artifact, as far as they are known."""
    text = subprocess.run(
        ["slmc", "show", manifest, "--json"], check=True, capture_output=True, text=True
    ).stdout
    table = json.loads(text)
    rows = []
    for entry in table["rows"]:
        row = {}
        for name, cell in entry.items():
            if isinstance(cell, dict):
                row[name] = cell["value"]
                row.update({f"{name}_{key}": x for key, x in cell.items() if key != "value"})
            else:
                row[name] = cell
        rows.append(row)
    frame = pd.DataFrame(rows)
    # The swept parameters are the columns that are not measured.
    measured = {name for entry in table["rows"] for name, x in entry.items() if isinstance(x, dict)}
    frame.attrs["axes"] = [c["name"] for c in table["columns"] if c["name"] not in measured]
    frame.attrs["units"] = {c["name"]: c["unit"] for c in table["columns"]}
    return frame


def grid(frame):
    """The same with the swept parameters as dimensions."""
    return frame.set_index(frame.attrs["axes"]).to_xarray()


def chain(store, key):
    """An observable's series by name: arrays (replicas, steps). `key` may be its beginning."""
    (folder,) = pathlib.Path(store).glob(f"artifacts/{key[:2]}/{key}*")
    inputs = json.loads((folder / "meta.json").read_text())["inputs"]
    if "chain" in inputs:  # an analysis: go on to the chain that it analysed
        return chain(store, inputs["chain"]["key"])
    with h5py.File(folder / "data.h5") as artifact:
        return {name: data[:] for name, data in artifact["chain"].items()}


if __name__ == "__main__":
    manifest = sys.argv[1]
    store = sys.argv[2] if len(sys.argv) > 2 else ".slmc"
    sweep = load(manifest)
    results = [c for c in sweep.columns if c.startswith("analysis.") and "_" not in c]
    print(sweep[sweep.attrs["axes"] + results[:4]].to_string(index=False))
    print(grid(sweep).sizes)
    series = chain(store, sweep["analysis.acceptance_artifact"][0])
    for name in sorted(series)[:3]:
        print(name, series[name].shape, series[name].mean())
