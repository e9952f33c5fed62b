package dev.tandem.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.FileUtil;

/** Texts of routes as Camel takes them. */
public final class RouteTexts {
    private RouteTexts() {}

    /** Each under its file's name, so that Camel names it in what it says. */
    public static List<Resource> resources(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(file -> ResourceHelper.fromString(file.getKey(), file.getValue()))
                .toList();
    }

    static String text(Resource file) throws IOException {
        try (InputStream text = file.getInputStream()) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The file's name in a location as Camel gives it, with the kind of resource before it. */
    static String name(String location) {
        return FileUtil.stripPath(location.replaceFirst("^[a-z]+:", ""));
    }

    /** The steps of a route that name an endpoint, however deep they stand. */
    static Collection<EndpointRequiredDefinition> calls(RouteDefinition route) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), EndpointRequiredDefinition.class);
    }

    /** With the values of its placeholders; empty if one has none, or if all of it is one that may have none. */
    static Optional<String> resolved(CamelContext context, String text) {
        try {
            return Optional.ofNullable(context.resolvePropertyPlaceholders(text));
        } catch (IllegalArgumentException missing) {
            return Optional.empty();
        }
    }

    /** An endpoint's address as routes name it: without options, and {@code direct://x} as {@code direct:x}. */
    public static String address(String uri) {
        String plain = uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
        return plain.replace("://", ":");
    }
}
