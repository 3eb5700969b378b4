"""Chart -> Picture: matplotlib in the house style. Decides nothing.

The front door: `draw_chart`.
"""
