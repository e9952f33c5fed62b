/** Who looks at a page, in which language, what may be done there; what all pages are made of. */
package dev.tandem.console.visit;
