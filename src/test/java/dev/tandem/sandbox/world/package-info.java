/** Synthetic children to fill the simulators with: the same seed gives the same world. No value is of a person. */
package dev.tandem.sandbox.world;
