/** One run over both systems: how far it is, when nothing more can be done, and a ledger that is thrown away after it. */
package dev.tandem.operation.run;
