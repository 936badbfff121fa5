"""What the Bot API says of itself: methods, fields and types, and the checks that follow from them."""
