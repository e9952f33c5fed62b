package dev.tandem.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** The page about routes shows the table of what they may be made of. */
class AllowedTest {
    private static final Path PAGE = Path.of("docs/edit/routes.md");
    private static final String BEGIN = "<!-- allowed -->\n";
    private static final String END = "<!-- /allowed -->\n";

    private final Allowed allowed = new Allowed(Set.of());

    /** With {@code -Dtandem.docs.write} the page is written instead. */
    @Test
    void the_page_shows_the_whole_table() throws IOException {
        String page = Files.readString(PAGE);
        String written =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table() + page.substring(page.indexOf(END));
        if (System.getProperty("tandem.docs.write") != null) {
            Files.writeString(PAGE, written);
        } else {
            assertThat(page).isEqualTo(written);
        }
    }

    private String table() {
        return "| of | allowed |\n|---|---|\n"
                + row("languages", "languages")
                + row("functions in `${...}`", "functions")
                + row("steps", "steps")
                + row("other words of a route", "options")
                + allowed.all("component").stream()
                        .map(name -> row("options of `" + name + ":`", "component." + name))
                        .collect(Collectors.joining())
                + allowed.all("bean").stream()
                        .map(name -> row("methods of the bean `" + name + "`", "bean." + name))
                        .collect(Collectors.joining());
    }

    private String row(String of, String row) {
        return "| " + of + " | "
                + allowed.all(row).stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "))
                + " |\n";
    }

    /** As an editor writes them that knows XML only. */
    @Test
    void what_ships_is_allowed_as_xml_too() throws Exception {
        for (String directory : List.of("routes", "docs/edit/second-pair/routes")) {
            try (Stream<Path> files = Files.list(Path.of(directory))) {
                for (Path file : files.filter(one -> one.toString().endsWith(".camel.yaml"))
                        .toList()) {
                    assertThat(Written.of("x.xml", xml(Files.readString(file))).within())
                            .as(file.toString())
                            .filteredOn(part -> !part.name.isEmpty())
                            .allSatisfy(part -> assertThat(allowed.word(part.name))
                                    .as(part.name)
                                    .isTrue());
                }
            }
        }
    }

    private static String xml(String yaml) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setAutoStartup(false);
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("x.camel.yaml", yaml));
            RoutesDefinition routes = new RoutesDefinition();
            context.getRouteDefinitions().forEach(route -> route.setPrecondition(null));
            routes.setRoutes(context.getRouteDefinitions());
            return PluginHelper.getModelToXMLDumper(context).dumpModelAsXml(context, routes);
        }
    }

    @Test
    void what_the_setting_names_is_allowed_and_nothing_else() {
        Allowed more = new Allowed(Set.of("exec", "groovy", "http.proxyHost", "reports.getLoginTimeout"));
        assertThat(more.component("exec")).isTrue();
        assertThat(more.option("exec", "args")).isTrue();
        assertThat(more.word("groovy")).isTrue();
        assertThat(more.option("http", "proxyHost")).isTrue();
        assertThat(more.option("https", "proxyHost")).isFalse();
        assertThat(more.method("reports", "getLoginTimeout")).isTrue();
        assertThat(allowed.component("exec")).isFalse();
        assertThat(allowed.word("groovy")).isFalse();
        assertThat(allowed.option("http", "proxyHost")).isFalse();
        assertThat(allowed.method("reports", "getLoginTimeout")).isFalse();
    }
}
