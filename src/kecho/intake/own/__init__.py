"""A department's own files: any table of any sheet, told what it means once and remembered by its content.

``sources`` opens a file and decodes it; ``shapes`` finds its tables; ``survey`` shows them; ``columns`` and
``proposal`` guess what they mean; ``mapping`` is the meaning as data; ``signature`` says whether next month's file is
the same; ``applying`` turns both into rows; ``forms`` are mappings of known forms shipped as data; ``rules`` check what
a form promises.
"""
