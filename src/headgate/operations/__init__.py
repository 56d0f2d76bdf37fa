"""What an operator asks of the service: is it well, what does it do, and how is it kept safe."""
