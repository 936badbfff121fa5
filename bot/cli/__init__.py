"""The commands of `kabar`: reading arguments, printing results, exit codes. The work is done elsewhere."""
