/** Files on disk: directories that people edit, files that are their owner's alone, and where the program is. */
package dev.tandem.files;
