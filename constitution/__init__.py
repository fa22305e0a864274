"""What a rule book is: an immutable tree of clauses, its numbers, its references, its differences. Pure."""
