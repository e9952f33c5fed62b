/** What OSCaR's part of a route asks for by name: a client, what it and its case mean to each other, and what a refusal means. */
package dev.tandem.oscar;
