"""What is exported: points of readings and of what was counted, a module a family.

Nothing here imports Home Assistant.
"""
