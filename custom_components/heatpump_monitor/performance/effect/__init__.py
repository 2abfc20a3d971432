"""What a change of the settings did to COP, heat demand and electricity."""
