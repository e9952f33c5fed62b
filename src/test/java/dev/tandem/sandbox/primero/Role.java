package dev.tandem.sandbox.primero;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a user may do (contract primero-v2 §1.4).
 *
 * @param scope {@code all}, {@code agency}, {@code group} or {@code self}
 * @param actions on cases: {@code read create write referral referral_from_service receive_referral sync_external
 *     enable_disable_record}; on the rest {@code user agency webhook metadata}
 * @param hiddenForms forms without {@code r}
 * @param readOnlyForms forms with {@code r} but without {@code rw}
 */
public record Role(
        String uniqueId, String scope, Set<String> actions, Set<String> hiddenForms, Set<String> readOnlyForms) {
    /** What contract §1.4 recommends for an integration. */
    public static Role service() {
        return new Role(
                "role-sync",
                "all",
                Set.of(
                        "read",
                        "create",
                        "write",
                        "referral",
                        "referral_from_service",
                        "sync_external",
                        "enable_disable_record",
                        "user",
                        "agency",
                        "webhook"),
                Set.of(),
                Set.of("record_owner"));
    }

    /** A government case worker: the cases of the own group. */
    public static Role government() {
        return new Role(
                "role-cp-manager",
                "group",
                Set.of(
                        "read",
                        "create",
                        "write",
                        "referral",
                        "referral_from_service",
                        "receive_referral",
                        "enable_disable_record"),
                Set.of(),
                Set.of("record_owner"));
    }

    /** The role account of an NGO: what was referred to it. */
    public static Role ngo() {
        return new Role(
                "role-ngo", "self", Set.of("read", "write", "receive_referral"), Set.of(), Set.of("record_owner"));
    }

    public Role withScope(String scope) {
        return new Role(uniqueId, scope, actions, hiddenForms, readOnlyForms);
    }

    public Role without(String action) {
        Set<String> fewer = new LinkedHashSet<>(actions);
        fewer.remove(action);
        return new Role(uniqueId, scope, fewer, hiddenForms, readOnlyForms);
    }

    /** The form is not on the role: its fields are neither shown nor filters (trap 1). */
    public Role hiding(String form) {
        Set<String> more = new LinkedHashSet<>(hiddenForms);
        more.add(form);
        return new Role(uniqueId, scope, actions, more, readOnlyForms);
    }

    public Role readingOnly(String form) {
        Set<String> more = new LinkedHashSet<>(readOnlyForms);
        more.add(form);
        return new Role(uniqueId, scope, actions, hiddenForms, more);
    }

    boolean may(String action) {
        return actions.contains(action);
    }
}
