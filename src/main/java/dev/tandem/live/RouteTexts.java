package dev.tandem.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.FileUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Texts of routes as Camel takes them. */
public final class RouteTexts {
    private static final Logger LOG = LoggerFactory.getLogger(RouteTexts.class);
    /** The beans' steps {@code answered} and {@code answeredReferrals} by their names of the release before. */
    private static final Pattern FORMER = Pattern.compile("(\\bmethod\\s*[:=]\\s*[\"']?)heard(Referrals)?\\b");

    private RouteTexts() {}

    /** Each under its file's name, so that Camel names it in what it says. */
    public static List<Resource> resources(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(file -> ResourceHelper.fromString(file.getKey(), renamed(file.getKey(), file.getValue())))
                .toList();
    }

    private static String renamed(String file, String text) {
        Matcher former = FORMER.matcher(text);
        if (!former.find()) {
            return text;
        }
        LOG.warn(
                "{} uses the step {} of a bean: it is now called answered{}, and the next release takes that name only",
                file,
                former.group().substring(former.group(1).length()),
                Optional.ofNullable(former.group(2)).orElse(""));
        return former.replaceAll("$1answered$2");
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
