/**
 * A simulator of OSCaR's interop API, after the contract {@code oscar-interop}: the same answers, the same traps.
 *
 * <p>Everything lives in memory. {@link dev.tandem.sandbox.oscar.OscarSimulator} is the server,
 * {@link dev.tandem.sandbox.oscar.NgoWorker} what people do in OSCaR's own pages,
 * {@link dev.tandem.sandbox.oscar.OscarChecks} what a test may look at.
 */
package dev.tandem.sandbox.oscar;
