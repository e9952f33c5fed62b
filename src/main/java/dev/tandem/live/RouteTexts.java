package dev.tandem.live;

import java.util.List;
import java.util.Map;
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

    /** The file's name, without what Camel puts before it. */
    static String name(Resource resource) {
        return FileUtil.stripPath(resource.getLocation().replaceFirst("^[a-z]+:", ""));
    }
}
