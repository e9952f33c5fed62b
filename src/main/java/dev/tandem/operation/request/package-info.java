/** What an operation is given: read from a command or from the API, checked once. */
package dev.tandem.operation.request;
