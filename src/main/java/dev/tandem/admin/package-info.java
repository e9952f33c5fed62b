/** The admin HTTP API, and the client that commands use beside a running service. */
package dev.tandem.admin;
