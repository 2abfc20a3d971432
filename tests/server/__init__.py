"""What is delivered for the server side of an export."""
