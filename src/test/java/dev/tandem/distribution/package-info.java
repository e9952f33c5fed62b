/** The distribution as a user has it: unpacked, started, upgraded. */
package dev.tandem.distribution;
