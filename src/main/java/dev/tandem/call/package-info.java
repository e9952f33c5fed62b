/**
 * What stands between a route's HTTP producer and the network: who may be called and with which credentials, how long a
 * call may take in all, how many run at once, and what its answer means (protocol 2 and 3).
 *
 * <p>No call starts here. Every call is a Camel HTTP producer in a route; {@link dev.tandem.call.GuardedCall} sits in the
 * client below it, {@link dev.tandem.call.Answers} are steps around it.
 */
package dev.tandem.call;
