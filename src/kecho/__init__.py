"""Kẻ Chợ: the working system of a department of industry and trade."""

__version__ = "0.1.0"
