/** Pictures of the way of the data and of the past. */
package dev.tandem.console.picture;
