/** Reading a source of which nothing is known but that it answers in JSON, page by page. */
package dev.tandem.paging;
