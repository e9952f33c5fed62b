/**
 * The fault run: packaged Tandems between both simulators, a seeded history of what people do, seeded faults while they do it,
 * and a checker that knows the two systems and the mapping files, but nothing of the product. See docs/develop/fault-run.md.
 */
package dev.tandem.chaos;
