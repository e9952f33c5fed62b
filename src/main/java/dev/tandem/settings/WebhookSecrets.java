package dev.tandem.settings;

import java.util.Base64;

/** The two kinds of secrets that webhooks have. */
final class WebhookSecrets {
    private static final int LEAST = 16;
    private static final String PREFIX = "whsec_";

    static final Type<Secret> SHARED = new Type<>("secret of " + LEAST + " characters or more", text -> {
        if (text.length() < LEAST) {
            throw new Mismatch("it is short enough to be guessed", "make one with `openssl rand -hex 32`");
        }
        return new Secret(text);
    });

    static final Type<Secret> SIGNING = new Type<>("secret: `whsec_` and 24 to 64 bytes in base64", text -> {
        if (!text.startsWith(PREFIX) || !isKey(text.substring(PREFIX.length()))) {
            throw new Mismatch(
                    "it is not `whsec_` followed by 24 to 64 bytes in base64",
                    "make one with `echo whsec_$(openssl rand -base64 32)`");
        }
        return new Secret(text);
    });

    private WebhookSecrets() {}

    private static boolean isKey(String base64) {
        try {
            int bytes = Base64.getDecoder().decode(base64).length;
            return bytes >= 24 && bytes <= 64;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }
}
