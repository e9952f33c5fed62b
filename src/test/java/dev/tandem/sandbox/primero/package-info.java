/**
 * A Primero v2 server with its state in memory, for tests and demonstrations. It follows the project's reading of
 * Primero's HTTP contract (cited as "contract primero-v2"), its traps included; docs/develop/simulators.md says what is left out.
 */
package dev.tandem.sandbox.primero;
