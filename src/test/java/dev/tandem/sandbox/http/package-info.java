/**
 * What both simulators stand on: a small HTTP server that can misbehave on demand, a clock that tests move, and a log of
 * the calls that came in. A simulator registers its routes on a {@link dev.tandem.sandbox.http.SimServer}.
 */
package dev.tandem.sandbox.http;
