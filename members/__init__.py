"""Who may do what: permissions and roles. Pure."""
