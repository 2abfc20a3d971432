"""HomeWizard energy meters."""
