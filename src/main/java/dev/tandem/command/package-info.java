/** The commands: what is typed, what is printed, and the exit codes. What they do is {@link dev.tandem.operation.Operations}'s. */
package dev.tandem.command;
