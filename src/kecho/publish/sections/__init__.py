"""The sections of the monthly report. Each gives the blocks of the text and the tables of its annex."""
