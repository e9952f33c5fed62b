/** A registry of shelters that there is not: the plain REST service of docs/edit/second-pair. */
package dev.tandem.sandbox.registry;
