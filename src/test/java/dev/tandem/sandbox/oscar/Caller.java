package dev.tandem.sandbox.oscar;

import java.util.Set;

/**
 * Who calls and in what language the worker thread speaks.
 *
 * @param unseen what was saved by calls of the same moment; what this one saves goes in too
 */
record Caller(String externalSystem, Messages messages, Set<Referral> unseen) {}
