/** The commands: what is typed, what is printed, and the exit codes. What they do is {@link dev.tandem.ops.Operations}'s. */
package dev.tandem.cli;
