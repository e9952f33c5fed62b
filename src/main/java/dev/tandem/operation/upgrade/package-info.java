/** What a new release's routes and mappings change, beside those that people have edited. */
package dev.tandem.operation.upgrade;
