/** What an operator sees of a running service: JMX, metrics, and what is wrong in plain words. */
package dev.tandem.observe;
