"""How a decision is reached: rules, tallies, rankings, as exact integers. Pure."""
