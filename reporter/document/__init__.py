"""RealisedReport + pictures -> .docx in a council's template. Decides nothing.

The front door: `load_template` and `write_document`.
"""
