/** What people edit, read into memory as one version. */
package dev.tandem.edited;
