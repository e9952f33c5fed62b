package dev.tandem.ledger.model;

/** @param fault whether it need not happen for all to come to rest: somebody dies, an answer is lost, a worker is too slow */
record Step(String words, boolean fault, State to) {}
