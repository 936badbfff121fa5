"""What readers can do: one file for each command or group of buttons, one table of commands over them."""
