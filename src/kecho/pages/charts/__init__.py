"""Charts as inline SVG, drawn on the server: pure functions from values to markup. Colours live in the style sheet."""
