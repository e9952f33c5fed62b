package dev.tandem.console;

import j2html.tags.DomContent;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of a page, as it is written.
 *
 * @param fingerprint tells whether the page has it already
 */
record Fragment(String html, String fingerprint) {
    static Fragment of(List<DomContent> content) {
        String html = content.stream().map(DomContent::render).collect(Collectors.joining());
        return new Fragment(html, Integer.toHexString(html.hashCode()));
    }
}
