package dev.tandem.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadSettingsTest {
    @TempDir
    Path directory;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void on_h2_a_key_is_made_once_for_the_owner_alone_with_a_warning() throws Exception {
        PayloadSettings settings = of("jdbc:h2:file:" + directory.resolve("data/tandem") + ";MODE=Regular");

        PayloadKey made = settings.obtain(warnings::add);
        PayloadKey again = settings.obtain(warnings::add);

        Path file = directory.resolve("data/tandem.payload-key");
        assertThat(made.bytes()).hasSize(32);
        assertThat(again).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(file.toString())
                .doesNotContain(made.base64());
    }

    @Test
    void a_file_that_others_may_open_is_warned_of() throws Exception {
        PayloadSettings settings = of("jdbc:h2:file:" + directory.resolve("tandem"));
        settings.obtain(warnings::add);
        warnings.clear();
        Path key = directory.resolve("tandem.payload-key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

        settings.obtain(warnings::add);

        assertThat(warnings).singleElement().asString().contains("chmod 600 " + key);
    }

    @Test
    void a_key_that_is_set_is_taken_and_no_file_made() {
        PayloadKey key = PayloadKey.random();
        Path database = directory.resolve("tandem");

        assertThat(new PayloadSettings(Optional.of(key), Optional.empty(), false, Optional.of(database))
                        .obtain(warnings::add))
                .isEqualTo(key);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void a_database_that_lost_its_key_gets_no_new_one() throws Exception {
        Files.createFile(directory.resolve("tandem.mv.db"));

        assertThatThrownBy(() -> of("jdbc:h2:" + directory.resolve("tandem")).obtain(warnings::add))
                .isInstanceOf(WrongSettings.class)
                .hasMessageContaining("from the backup");
        assertThat(directory.resolve("tandem.payload-key")).doesNotExist();
    }

    @Test
    void a_key_file_cut_short_is_a_fault() throws Exception {
        Files.writeString(directory.resolve("tandem.payload-key"), "");

        assertThatThrownBy(() -> of("jdbc:h2:" + directory.resolve("tandem")).obtain(warnings::add))
                .isInstanceOf(WrongSettings.class)
                .hasMessageContaining("does not hold a key");
    }

    @Test
    void in_memory_the_key_is_in_memory_too() {
        assertThat(of("jdbc:h2:mem:test").obtain(warnings::add).bytes()).hasSize(32);
        assertThat(warnings).hasSize(1);
    }

    private static PayloadSettings of(String url) {
        return new PayloadSettings(Optional.empty(), Optional.empty(), false, Database.embeddedFile(url));
    }
}
