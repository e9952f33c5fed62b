/**
 * What the operator sets: {@code application.properties}, overridden by environment variables. One table,
 * {@link dev.tandem.settings.Catalogue}, names every setting; from it come the reading, the faults and
 * {@code docs/reference/settings.md}.
 */
package dev.tandem.settings;
