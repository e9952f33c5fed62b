/** Pool, migrations, embedded file, what a lost database looks like. */
package dev.tandem.database;
