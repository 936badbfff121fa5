"""What the Bot API says of itself: its methods, their fields and types, and the checks that follow from them."""
