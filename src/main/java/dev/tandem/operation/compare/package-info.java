/**
 * How far both systems are in step (docs/develop/in-step.md): what a sync would still send, if it believed nothing but what
 * the two systems show.
 */
package dev.tandem.operation.compare;
