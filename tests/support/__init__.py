"""What the tests, benchmarks and other suites share."""
