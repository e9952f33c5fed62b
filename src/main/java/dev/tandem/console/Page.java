package dev.tandem.console;

import j2html.tags.DomContent;
import java.util.List;

/**
 * One page, without what all have.
 *
 * @param section whose link in the navigation is the current one; blank for none
 * @param heading as first heading and in the browser's title
 */
record Page(String section, String heading, List<DomContent> content) {
    static Page of(String section, String heading, DomContent... content) {
        return new Page(section, heading, List.of(content));
    }
}
