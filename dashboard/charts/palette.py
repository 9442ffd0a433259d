"""Colours of the charts on light paper; chart.css repaints the same parts for dark mode.

Plotly writes colours into the picture, and only style sheets know which mode the reader is in: every trace carries a
`uid` that becomes a class (`.traceprice`), so that a style sheet can find it.
"""

INK = "#1f1e1a"
FAINT = "#6b685e"
GRID = "#e4dfd2"
OLIVE = "#56641b"
SEA = "#0c6a5b"
VIOLET = "#5b3f8c"
BLUE = "#1d5c9e"
AMBER = "#865300"
BAND_95 = "rgba(86, 100, 27, 0.13)"
BAND_80 = "rgba(86, 100, 27, 0.17)"
BAND_50 = "rgba(86, 100, 27, 0.25)"
BAND_METHOD = "rgba(29, 92, 158, 0.14)"
HATCH = "#b3ad9c"
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
