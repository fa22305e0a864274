"""What people do: one function, one act, one transaction, one entry in the log. No Flask."""
