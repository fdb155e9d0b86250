package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.target.Rls;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Where a database lets rows past row-level security, as `catalog/rls-gaps.sql` found it for one
/// or several logins. Views that do are among the warnings: agents may not read them.
final class RlsGaps {
    private static final int SHOWN = 10;
    private final Map<String, Set<String>> names = new TreeMap<>();

    /// @param rows each a kind and a name
    void add(List<List<@Nullable Object>> rows) {
        for (List<@Nullable Object> row : rows) {
            names.computeIfAbsent(String.valueOf(row.get(0)), _ -> new TreeSet<>())
                    .add(String.valueOf(row.get(1)));
        }
    }

    /// A sentence for each kind that matters in a mode.
    List<String> sentences(Rls.Mode mode) {
        List<String> sentences = new ArrayList<>();
        if (mode == Rls.Mode.NONE || mode == Rls.Mode.BYPASS) {
            return sentences;
        }
        say(sentences, "open", "have no row-level security: every caller reads them whole");
        say(sentences, "owned", "belong to the login, and row-level security does not bind it");
        if (mode != Rls.Mode.CLAIMS) {
            say(
                    sentences,
                    "setting",
                    "have policies on settings, which a statement can change (current_setting)");
        }
        if (mode == Rls.Mode.ROLE) {
            say(
                    sentences,
                    "current user",
                    "have policies on current_user, which is another role after SET ROLE:"
                            + " session_user is not");
        }
        return sentences;
    }

    private void say(List<String> sentences, String kind, String what) {
        Set<String> found = names.getOrDefault(kind, Set.of());
        if (!found.isEmpty()) {
            String more = found.size() > SHOWN ? " and " + (found.size() - SHOWN) + " more" : "";
            sentences.add(
                    String.join(", ", found.stream().limit(SHOWN).toList())
                            + more
                            + " "
                            + what
                            + ".");
        }
    }
}
