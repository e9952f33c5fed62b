/** What is peculiar to OSCaR: its feed, and which entries of a client's services belong to which rows and referrals. */
package dev.tandem.oscar;
