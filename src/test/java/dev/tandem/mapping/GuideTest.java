package dev.tandem.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuideTest {
    @Test
    void the_guide_names_every_function_mapping_and_code_list() throws IOException {
        String guide = Files.readString(Path.of("docs/edit/mappings.md"));
        CodeLists none = CodeLists.read(Map.of(), fault -> {});
        new OwnFunctions(none, new Ownership(java.util.Map.of())).all().forEach(function -> assertThat(guide)
                .contains("`" + function.getName() + "("));
        TheMappings.SET.names().forEach(name -> assertThat(guide).contains("`" + name + "`"));
        String lists = Files.readString(Path.of("mappings/code-lists/lists.csv"));
        ListDeclaration.read(Map.of(ListDeclaration.FILE, lists), fault -> {})
                .keySet()
                .forEach(list -> assertThat(guide).contains("`" + list + "`"));
    }
}
