"""An invented organisation, the Footpath Union: its rule book, its roll, and ten weeks of its amendments."""
