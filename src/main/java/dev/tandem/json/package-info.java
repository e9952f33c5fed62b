/**
 * How things are named and compared, whatever system they belong to: name-based ids, canonical bytes of JSON, and what a
 * field holds. A leaf: it knows no other package.
 */
package dev.tandem.json;
