/** The demonstration: both simulators, people who work in them, and the packaged Tandem in between. */
package dev.tandem.demo;
