"""What was counted by hour, day and period."""
