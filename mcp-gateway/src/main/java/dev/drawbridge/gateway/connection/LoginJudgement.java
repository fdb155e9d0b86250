package dev.drawbridge.gateway.connection;

import dev.drawbridge.gateway.target.Statement;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a login may do that READ ONLY does not hold back: it holds back nobody who can read the
/// server's files or run its programs.
///
/// @param excesses why the login is not for agents, each as in "it … "; empty for a fit one
/// @param warnings what its administrator should know
public record LoginJudgement(String serverVersion, Set<String> excesses, Set<String> warnings) {
    /// A row for the login, and one for the role that it has taken on: what the login may, it may
    /// also as another. Whoever has the privileges of an owner is one to row-level security;
    /// whoever is a member of a role can take it on, with what cannot be inherited.
    private static final String LOGIN =
            """
            select current_setting('server_version'),
                   r.rolsuper,
                   r.rolbypassrls,
                   r.rolreplication,
                   r.rolcreaterole,
                   array(select g.rolname
                                || case when g.rolsuper then ', a superuser'
                                        when g.rolbypassrls
                                        then ', which bypasses row-level security'
                                        else '' end
                           from pg_catalog.pg_roles g
                          where pg_has_role(r.oid, g.oid, 'member')
                            and (g.rolname in ('pg_read_server_files', 'pg_write_server_files',
                                               'pg_execute_server_program', 'pg_signal_backend')
                                 or (g.rolsuper or g.rolbypassrls)
                                    and g.oid <> r.oid
                                    and not r.rolsuper)
                          order by 1),
                   exists (select 1
                             from pg_catalog.pg_roles g
                            where g.rolname = 'pg_read_all_data'
                              and pg_has_role(r.oid, g.oid, 'member')),
                   (select count(*)
                      from pg_catalog.pg_class c
                      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                     where pg_has_role(r.oid, c.relowner, 'usage')
                       and c.relkind in ('r', 'p', 'v', 'm')
                       and n.nspname not like 'pg\\_%'
                       and n.nspname <> 'information_schema')
              from pg_catalog.pg_roles r
             where r.rolname in (session_user, current_user)
            """;

    /// What a session is asked for [#of].
    public static Statement question() {
        return Statement.own(LOGIN);
    }

    /// Judges by the rows of [#question].
    public static LoginJudgement of(List<List<@Nullable Object>> rows) {
        Set<String> excesses = new LinkedHashSet<>();
        Set<String> warnings = new LinkedHashSet<>();
        for (List<@Nullable Object> role : rows) {
            judge(role, excesses, warnings);
        }
        return new LoginJudgement(String.valueOf(rows.getFirst().getFirst()), excesses, warnings);
    }

    /// The excesses in one sentence's part, such as "is a superuser, it may replicate".
    public String excess() {
        return String.join(", it ", excesses);
    }

    private static void judge(
            List<@Nullable Object> role, Set<String> excesses, Set<String> warnings) {
        addIf(role.get(1), excesses, "is a superuser");
        addIf(role.get(2), excesses, "bypasses row-level security");
        addIf(role.get(3), excesses, "may replicate");
        addIf(role.get(4), excesses, "may create roles");
        if (role.get(5) instanceof List<?> groups) {
            groups.forEach(group -> excesses.add("is a member of " + group));
        }
        addIf(
                role.get(6),
                warnings,
                "The login is a member of pg_read_all_data: it reads every table.");
        if (role.get(7) instanceof Long owned && owned > 0) {
            warnings.add(
                    "The login owns "
                            + owned
                            + " tables or views, or is a member of who does: row-level security"
                            + " does not bind an owner.");
        }
    }

    private static void addIf(@Nullable Object has, Set<String> list, String what) {
        if (Boolean.TRUE.equals(has)) {
            list.add(what);
        }
    }
}
