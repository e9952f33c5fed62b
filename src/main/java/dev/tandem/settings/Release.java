package dev.tandem.settings;

import java.util.Optional;

/** Which Tandem this is. */
public final class Release {
    private Release() {}

    /** That of the jar; in words if it does not come from one. */
    public static String version() {
        return Optional.ofNullable(Release.class.getPackage().getImplementationVersion())
                .orElse("(not from a jar)");
    }
}
