package dev.tandem.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.GeneratedPage;
import dev.tandem.operation.Operation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AdminApiPageTest {
    @Test
    void the_page_lists_what_the_service_answers_to() throws Exception {
        GeneratedPage.check(Path.of("docs/reference/admin-api.md"), AdminApiPage.render());
    }

    @Test
    void no_two_operations_are_asked_alike() {
        assertThat(Operation.all())
                .extracting(operation -> operation.method() + " " + operation.path())
                .doesNotHaveDuplicates();
    }
}
