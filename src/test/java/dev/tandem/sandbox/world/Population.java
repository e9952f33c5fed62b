package dev.tandem.sandbox.world;

import java.util.List;

/**
 * What was put into Primero.
 *
 * @param cases their ids
 * @param referrals ids of the referrals to an NGO's user that are in progress
 * @param fromOscarRows rows that say that an NGO referred the child
 * @param odd cases with at least one odd value or unmapped code
 */
public record Population(List<String> cases, List<String> referrals, int fromOscarRows, int odd) {}
