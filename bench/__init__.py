"""What is measured: how much a site weighs and how it reads, and briefings of any size to try."""
