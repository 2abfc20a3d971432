"""What the meters counted, and when the compressor ran."""
