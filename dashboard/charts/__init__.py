"""Charts as pure functions: data in, a Plotly figure or an SVG out. No Django here."""
