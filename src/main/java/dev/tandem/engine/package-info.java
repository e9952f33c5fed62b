/** The Camel context: assembling, schedules, wake-ups, the webhook port. */
package dev.tandem.engine;
