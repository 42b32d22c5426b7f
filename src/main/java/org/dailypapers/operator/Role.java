package org.dailypapers.operator;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What kind of operator somebody is, and so what they may do. */
public enum Role {
    OWNER(EnumSet.allOf(Right.class)),
    EDITOR(EnumSet.of(Right.LOOK, Right.CURATE)),
    HELPER(EnumSet.of(Right.LOOK, Right.SERVE)),
    VIEWER(EnumSet.of(Right.LOOK));

    private final Set<Right> rights;

    Role(EnumSet<Right> rights) {
        this.rights = Set.copyOf(rights);
    }

    /** Whether whoever has the role may do that. */
    public boolean may(Right right) {
        return rights.contains(right);
    }

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its bearers may do, in a few words. */
    public String about() {
        return "may "
                + Arrays.stream(Right.values())
                        .filter(this::may)
                        .map(Right::words)
                        .collect(Collectors.joining("; "));
    }

    /** The role of that word. */
    public static Optional<Role> of(String word) {
        return Arrays.stream(values())
                .filter(role -> role.word().equals(word.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
