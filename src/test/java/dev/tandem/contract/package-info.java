/**
 * The contract suite: what Tandem relies on of Primero and OSCaR, clause by clause, over HTTP. It runs against the simulators
 * in every build and against test servers by {@code mvn -q -Pcontract} (docs/operate/contract-suite.md).
 */
package dev.tandem.contract;
