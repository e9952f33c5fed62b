/** The benchmark: a driver for whole runs beside a bare client, and JMH for the small parts; not in what ships. */
package dev.tandem.bench;
