"""Small questions for tests: their package is the code that their run ids depend on."""
