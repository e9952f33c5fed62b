package dev.tandem.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.outcome.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file or directory that cannot be used is told in one line, before any work, and nothing is left behind. */
class NamedFilesTest {
    @TempDir
    Path directory;

    private final Desk desk = new Desk();

    @BeforeEach
    void some() throws IOException {
        Files.createDirectory(directory.resolve("folder"));
        Files.writeString(directory.resolve("there"), "synthetic");
        desk.environment.put("TANDEM_DB_URL", "jdbc:h2:file:" + directory.resolve("new/data/tandem"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            restore absent                        | There is no file absent: check the name and the directory. Nothing was changed.
            restore folder                        | folder is a directory: name a file. Nothing was changed.
            restore there                         | there cannot be restored: it is not a backup of Tandem.
            backup absent/x                       | There is no directory absent: make it, or name a file in another.
            backup there/x                        | there is a file: name a file in a directory.
            backup there                          | there is there already and was left alone: name another file.
            backup folder                         | folder is a directory: name a new file in it.
            backup x --passphrase-file absent     | There is no file absent: check the name and the directory. It is to hold the passphrase.
            backup x --passphrase-file folder     | folder is a directory: name a file. It is to hold the passphrase.
            compare --csv absent/x                | There is no directory absent: make it, or name a file in another.
            compare --csv folder                  | folder is a directory: name a new file in it.
            plan --csv there                      | there is there already and was left alone: name another file.
            plan --routes absent                  | There is no directory absent: check the name.
            plan --mappings there                 | there is a file: name a directory.
            upgrade-check absent                  | There is no directory absent: check the name.
            upgrade-check there                   | there is a file: name a directory.
            upgrade-check folder --from absent    | There is no directory absent: check the name.
            upgrade-check folder                  | There is no folder/tandem.jar
            doctor --propose-lists there          | there is a file: name a directory.
            doctor --propose-lists there/x        | there is a file: name a directory.
            setup --settings folder               | folder is a directory: name a file.
            setup --settings there/x              | there is a file: name a directory.
            setup --secret tandem.oscar.password=absent | --secret tandem.oscar.password: There is no file absent
            validate --settings absent            | There is no file absent: check the name and the directory.
            validate --settings folder            | folder is a directory: name a file.
            """)
    void is_told_before_any_work(String line, String words) throws IOException {
        Set<Path> before = all();

        int code = desk.type(Stream.of(line.split(" "))
                .map(word -> word.replaceFirst("(absent|folder|there)(?=/|$)", directory + "/$1"))
                .map(word -> word.equals("x") ? directory.resolve("x").toString() : word)
                .toArray(String[]::new));

        assertThat(code).isEqualTo(2);
        assertThat(desk.err.toString().replace(directory + "/", ""))
                .contains(words)
                .doesNotContain("Exception", "defect");
        assertThat(desk.asked).doesNotHaveAnyElementsOfTypes(Record.class);
        assertThat(all()).isEqualTo(before);
    }

    @Test
    void a_table_whose_command_fails_leaves_no_empty_file() throws IOException {
        desk.compare = () -> {
            throw new OperationFailed(OperationFailed.UNREACHABLE, List.of("OSCaR is away."));
        };
        Set<Path> before = all();

        assertThat(desk.type("compare", "--csv", directory.resolve("x").toString()))
                .isEqualTo(4);

        assertThat(all()).isEqualTo(before);
    }

    private Set<Path> all() throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            return new TreeSet<>(found.toList());
        }
    }
}
