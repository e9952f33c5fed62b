/** What commands share at a terminal. */
package dev.tandem.command.terminal;
