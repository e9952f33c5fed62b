package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page under {@code docs/} that is made from the code, so that the two cannot disagree. */
public final class GeneratedPage {
    private static final String WRITE = "tandem.docs.write";

    private GeneratedPage() {}

    /** Fails if the file differs; writes it instead with {@code -Dtandem.docs.write}. */
    public static void check(Path file, String content) throws IOException {
        if (System.getProperty(WRITE) != null) {
            Files.writeString(file, content);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s differs from the code; make it anew with: mvn -q test -Dtest='*PageTest' -D%s", file, WRITE)
                .isEqualTo(content);
    }
}
