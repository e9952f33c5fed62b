/** What can be wrong around Tandem, checked and explained; and what has drifted since it was last looked at. */
package dev.tandem.doctor;
