/** What a person is told of by mail or webhook: its texts and how it is sent. */
package dev.tandem.notice;
