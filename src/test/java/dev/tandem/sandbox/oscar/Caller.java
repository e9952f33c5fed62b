package dev.tandem.sandbox.oscar;

/** Who calls and in what language the worker thread speaks. */
record Caller(String externalSystem, Messages messages) {}
