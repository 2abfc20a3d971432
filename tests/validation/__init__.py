"""What breaks an installation and what hassfest cannot know of our code."""
