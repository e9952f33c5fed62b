package dev.tandem.sandbox.oscar;

/** A client that the feed is to show, and in which of the two shapes. */
record FeedRow(Tenant tenant, Client client, boolean referred) {}
