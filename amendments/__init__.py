"""How a rule book may be changed: edits, instructions, seconding, compositing, re-basing. Pure."""
