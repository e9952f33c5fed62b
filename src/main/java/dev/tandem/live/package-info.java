/** Routes and mappings that change while they run: read as one version, checked whole, then swapped. */
package dev.tandem.live;
