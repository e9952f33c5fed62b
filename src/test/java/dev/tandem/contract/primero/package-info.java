/** What Tandem relies on of Primero v2. */
package dev.tandem.contract.primero;
