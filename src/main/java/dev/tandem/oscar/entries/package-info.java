/** Which entry of a client's services is which row of the Primero case, or answers which referral: rules that call nobody. */
package dev.tandem.oscar.entries;
