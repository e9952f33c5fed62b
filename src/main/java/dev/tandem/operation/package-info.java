/** What an operator can ask of Tandem. What comes back is in {@link dev.tandem.operation.report}. */
package dev.tandem.operation;
