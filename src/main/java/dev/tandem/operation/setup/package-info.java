/** The first settings: asked for, tested at once, written. */
package dev.tandem.operation.setup;
