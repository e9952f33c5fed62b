/**
 * Mappings (JSLT), code lists (CSV) and their examples: read from a directory, checked as a whole, and applied to one
 * record at a time. Knows no system by name: what Primero and OSCaR are stands in the directory.
 */
package dev.tandem.mapping;
