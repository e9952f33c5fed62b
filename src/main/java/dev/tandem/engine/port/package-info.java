/** Both ports: who is let in, how much at once, certificates, a port that is taken. */
package dev.tandem.engine.port;
