/** What Tandem relies on of OSCaR's interop API. */
package dev.tandem.contract.oscar;
