package dev.tandem.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the browser loads besides the pages. All their addresses change with any of them, so that each can be kept for ever. */
final class Assets {
    static final String PATH = "/console/assets/";

    /** One file. */
    record Asset(String type, byte[] bytes) {}

    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final Map<String, String> FILES = files();
    private static final int HASH_LENGTH = 16;

    private final Map<String, Asset> assets = new LinkedHashMap<>();
    private final String hash;

    Assets() {
        FILES.forEach((name, resource) -> assets.put(name, new Asset(type(name), bytes(resource))));
        MessageDigest digest = sha256();
        assets.values().forEach(asset -> digest.update(asset.bytes()));
        hash = HexFormat.of().formatHex(digest.digest()).substring(0, HASH_LENGTH);
    }

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("pico.css", WEBJARS + "picocss__pico/2.1.1/css/pico.classless.min.css");
        files.put("uplot.css", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css");
        files.put("console.css", "console.css");
        files.put("htmx.js", WEBJARS + "htmx.org/2.0.4/dist/htmx.min.js");
        files.put("uplot.js", WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js");
        files.put("console.js", "console.js");
        files.put("tandem.svg", "tandem.svg");
        files.put("chevron.svg", "chevron.svg");
        files.put("checked.svg", "checked.svg");
        return files;
    }

    String address(String name) {
        if (!assets.containsKey(name)) {
            throw new IllegalArgumentException("no asset " + name);
        }
        return PATH + hash + "/" + name;
    }

    Optional<Asset> find(String hash, String name) {
        return this.hash.equals(hash) ? Optional.ofNullable(assets.get(name)) : Optional.empty();
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the console's file " + resource + " is not in the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            default -> "image/svg+xml";
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
