"""What a small catalogue has of the gain of a large one: 20 and 60 Spanish oils beside all 318, and beside other shops.

Run with `python -m benchmarks.run small_catalogues`; the prices are read from ../shared or OILWATCH_SHARED.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from benchmarks.forecasting import SETS, folder, spanish_taxes
from forecasting.evaluation.backtest import run_backtest
from forecasting.evaluation.cutoffs import choose_cutoffs
from forecasting.market.tax_steps import TaxSteps
from forecasting.offline.read_prices import read_prices
from forecasting.panel import Panel
from forecasting.quantiles import crps
from forecasting.selection.propose import MOST_TRAIN
from forecasting.series import Floats

SIZES, SAMPLES, GOAL = (20, 60), 5, 0.5
HEAD = (
    "| taxes | products | samples | MAE / last price | among 318 | share | CRPS / reference | among 318 | share |",
    "|---|---|---|---|---|---|---|---|---|",
)


def section() -> str:
    """The small catalogues' part of the benchmark report, as Markdown."""
    if not folder().exists():
        return "## Small catalogues\n\nThe real prices are not here (../shared or OILWATCH_SHARED).\n"
    panel = read_prices(folder() / SETS["Spanish oil shelves"])
    rows = list(HEAD)
    for label, taxes in (("unknown", {}), ("known", spanish_taxes(panel))):
        whole = losses(panel, taxes)
        rows += [_row(label, panel, taxes, whole, size) for size in SIZES]
    return "\n".join(
        ["## Small catalogues", "", "Random samples of the same oils, forecast alone and among all; days 1..30, scored",
         f"on the sampled oils. Goal: {GOAL:.0%} of the gain. Their prior has seen no Spanish prices.", "",
         *rows, "", *_shops(panel), ""]
    )  # fmt: skip


def _shops(panel: Panel) -> list[str]:
    """One shop's shelves by themselves, and with the country's other shops to learn from."""
    taxes, shops = spanish_taxes(panel), np.array([key.split("|")[2] for key in panel.keys])
    chance, rows = np.random.default_rng(1), []
    for size in (None, SIZES[0]):
        sums = []
        for shop, count in Counter(shops.tolist()).most_common():
            if count < SIZES[0]:
                continue
            own = np.flatnonzero(shops == shop)
            own = np.sort(chance.permutation(own)[:size])
            others = np.flatnonzero(shops != shop)[: MOST_TRAIN - len(own)]
            alone = losses(panel.only(own.tolist()), taxes).sum(axis=1)
            pooled = losses(panel.only([*own.tolist(), *others.tolist()]), taxes, peers=len(others)).sum(axis=1)
            sums.append(np.stack([alone, pooled]))
            rows.append(_shop_row(shop, len(own), alone, pooled))
        rows.append(_shop_row(f"all of these, {size or 'whole'}", 0, *np.sum(sums, axis=0)))
    about = "One shop's oils with known taxes, alone and with the other shops' to learn from, where that did better:"
    head = "| shop | products | MAE / last price | with other shops | CRPS / reference | with other shops |"
    return [about, "", head, "|---|---|---|---|---|---|", *rows]


def _shop_row(shop: str, products: int, alone: Floats, pooled: Floats) -> str:
    return (
        f"| {shop} | {products or ''} | {alone[0] / alone[1]:.3f} | {pooled[0] / pooled[1]:.3f} "
        f"| {alone[2] / alone[3]:.3f} | {pooled[2] / alone[3]:.3f} |"
    )


def losses(panel: Panel, taxes: TaxSteps, peers: int = 0) -> Floats:
    """Errors, the last price's errors, CRPS and the reference's CRPS, summed by series [4, series]."""
    scored = run_backtest(panel, choose_cutoffs(panel, 30), 30, taxes=taxes, peers=peers).scored
    last = scored.last[:, :, None]
    truth = scored.actual / last
    seen = np.isfinite(truth)
    values = (
        np.abs(truth - scored.points / last),
        np.abs(truth - 1),
        crps(truth, scored.quantiles / last[..., None]),
        crps(truth, scored.reference / last[..., None]),
    )
    return np.stack([np.where(seen, value, 0.0).sum(axis=(1, 2)) for value in values])


def _row(label: str, panel: Panel, taxes: TaxSteps, whole: Floats, size: int) -> str:
    chosen = np.random.default_rng(1).permutation(len(panel))[: size * SAMPLES].reshape(SAMPLES, size)
    alone = sum((losses(panel.only(sorted(rows.tolist())), taxes).sum(axis=1) for rows in chosen), np.zeros(4))
    among = whole[:, chosen.ravel()].sum(axis=1)
    # the reference of the whole catalogue is the yardstick for both
    error, crps_alone = alone[0] / alone[1], alone[2] / among[3]
    error_among, crps_among = among[0] / among[1], among[2] / among[3]
    return (
        f"| {label} | {size} | {SAMPLES} | {error:.3f} | {error_among:.3f} | {(1 - error) / (1 - error_among):.0%} "
        f"| {crps_alone:.3f} | {crps_among:.3f} | {(1 - crps_alone) / (1 - crps_among):.0%} |"
    )


if __name__ == "__main__":
    print(section())
