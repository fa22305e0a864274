"""The rules of a process as data: read, checked, dated, counted and said in plain words. Pure."""
