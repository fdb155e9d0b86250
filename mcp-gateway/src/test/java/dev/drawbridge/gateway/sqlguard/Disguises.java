package dev.drawbridge.gateway.sqlguard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The forms in which one attack can be written: its name otherwise, itself elsewhere, something
/// around it. Not all of them are SQL that runs; a guard must not need that.
final class Disguises {
    /// Where a call can stand, `{}`.
    private static final List<String> PLACES =
            List.of(
                    "select {}",
                    "SELECT\t{}",
                    "/* select */select/**/{}",
                    "-- read\nselect {}",
                    "select * from {}",
                    "select * from {} as x",
                    "select * from rows from ({}, generate_series(1, 2))",
                    "select 1 order by {}",
                    "select 1 limit (select count(*) from (select {}) q)",
                    "select 1 offset (select count(*) from (select {}) q)",
                    "select 1 having {} is not null",
                    "select 1 group by {}",
                    "select 1 where {} is not null",
                    "with x as (select {}) select * from x",
                    "with x as materialized (select {} as c) select c from x",
                    "with recursive x as (select 1 as i, {}::text union all select i + 1, '' from x"
                            + " where i < 2) select * from x",
                    "select q.* from (values (1)) v(i), lateral (select v.i, {}) q",
                    "select * from (values (1)) v(i) left join (values (1)) w(i) on {} is not null",
                    "select case when {} is not null then 1 end",
                    "select case {} when null then 1 end",
                    "select count(*) filter (where {} is not null)",
                    "select array_agg(1 order by {})",
                    "select sum(1) over (partition by {})",
                    "select sum(1) over w from (values (1)) v window w as (order by {})",
                    "select distinct on ({}) 1",
                    "values ({})",
                    "values (1, 2), (3, ({} is null)::int)",
                    "table shop.document union all select 1, array[{}::text]",
                    "select 1 where exists (select {})",
                    "select 1 in (select 1 where {} is not null)",
                    "select array[{}::text]",
                    "select (row({})).*",
                    "select ({})::text || ''",
                    "select coalesce(null, {}::text)",
                    "select jsonb_build_object('a', {}::text)",
                    "select xmlforest({}::text as a)",
                    "select * from shop.document tablesample bernoulli (({} is null)::int)",
                    "select generate_series(1, 1 + ({} is null)::int)",
                    "(select {})",
                    "((select 1) union (select 1 where {} is null))",
                    "explain select {}",
                    "explain analyze select {}",
                    "explain (analyze, verbose, format json) values ({})",
                    "explain (analyze) (select {})",
                    "select {};",
                    "select 1; select {}",
                    "select {} -- ; select 1",
                    // What a scanner could take for a string, a name or a comment.
                    "select E''\n'\\'', {} --'",
                    "select '\\', {} --'",
                    "select $a$ $b$ $a$, {} --$b$",
                    "select $$'$$, {} --'",
                    "select 1 as \u3000$a$, {}, 1 as \u3000$a$",
                    "select 1 as a$a$, {}, 1 as b$a$",
                    "select /* /* */ */ {}",
                    "select 1 --\r, {}",
                    "select 1 /*/**/*/, {}",
                    "select 1 as \"\"\"\", {} as \"\"\"\"",
                    "select U&'\\0027', {} --'",
                    "select b'1', x'1f', n'a', {}",
                    "select 1.5e1, .5, 1., {}",
                    "select -1*-{}",
                    "select '[]'::jsonb ?| array['a'], {}");

    /// What can stand around a statement, `{}`.
    private static final List<String> AROUND =
            List.of(
                    "{}",
                    " \t\r\n\f{}",
                    "\u000b{}",
                    "\u00a0{}",
                    "\ufeff{}",
                    "/* select 1 */ {}",
                    "/* /* */ select 1 */{}",
                    "-- select 1\n{}",
                    "--\r{}",
                    "({})",
                    "(({}))",
                    "{};",
                    "{} ;; -- select",
                    "{} --",
                    ";{}",
                    "select 1; {}",
                    "select 1;{}; select 1",
                    "commit; {}",
                    "rollback; {}",
                    "with q as (select 1) {}",
                    "with q as ({}) select * from q",
                    "with q as materialized ({}) select * from q",
                    "with recursive q as ({}) select 1",
                    "select * from ({}) q",
                    "select * from (values (1)) v, lateral ({}) q",
                    "select array({})",
                    "select exists ({})",
                    "select 1 where exists ({})",
                    "select 1 limit ({})",
                    "select 1 order by ({})",
                    "({}) union all ({})",
                    "explain {}",
                    "explain analyze {}",
                    "explain analyze verbose {}",
                    "explain (analyze) {}",
                    "explain (analyze, format json) {}",
                    "explain (values) {}",
                    "explain (select) {}",
                    "explain (analyze) ({})",
                    "declare q cursor for {}",
                    "prepare q as {}",
                    "copy ({}) to stdout",
                    "create table q as {}",
                    "do $q$ begin {}; end $q$",
                    "select '\\'; {} --'",
                    "select $a$ $a$; {}");

    private static final Pattern QUOTED =
            Pattern.compile("(?s)'[^']*'|\"[^\"]*\"|\\$(\\w*)\\$.*?\\$\\1\\$|[^'\"$]+|.");
    private static final Pattern NAME = Pattern.compile("(?s)(\\w+)(\\(.*)");
    private static final Pattern ATTRIBUTE = Pattern.compile("(?s)(\\(.*\\)\\.)(\\w+)");

    private Disguises() {}

    /// All forms of an attack, the plain one first.
    static List<String> of(Attack attack) {
        if (attack.isHeavy()) {
            return List.of(attack.plain());
        }
        if (!attack.isCall()) {
            List<String> forms = new ArrayList<>(in(AROUND, attack.text()));
            forms.add(upper(attack.text()));
            return forms;
        }
        return calls(attack.text()).stream().flatMap(call -> in(PLACES, call).stream()).toList();
    }

    private static List<String> in(List<String> templates, String inside) {
        return templates.stream().map(template -> template.replace("{}", inside)).toList();
    }

    private static List<String> calls(String call) {
        Matcher attribute = ATTRIBUTE.matcher(call);
        if (attribute.matches()) {
            return names(attribute.group(2)).stream()
                    .map(name -> attribute.group(1) + name)
                    .toList();
        }
        Matcher name = NAME.matcher(call);
        if (!name.matches()) {
            throw new IllegalStateException("No call: " + call);
        }
        List<String> calls = new ArrayList<>();
        for (String form : names(name.group(1))) {
            for (String schema :
                    List.of("", "pg_catalog.", "\"pg_catalog\" . ", "PG_CATALOG./**/")) {
                calls.add(schema + form + name.group(2));
            }
        }
        return calls;
    }

    private static List<String> names(String name) {
        return List.of(
                name,
                name.toUpperCase(Locale.ROOT),
                Character.toUpperCase(name.charAt(0)) + name.substring(1),
                "\"" + name + "\"",
                "U&\"" + escaped(name, "\\%04x") + "\"",
                "u&\"" + name.charAt(0) + escaped(name.substring(1), "\\+%06X") + "\"",
                "U&\"" + escaped(name, "!%04x") + "\" uescape '!'",
                name + "/**/",
                name + " -- (\n",
                "\"" + name + "\"\n");
    }

    private static String escaped(String name, String form) {
        var text = new StringBuilder();
        name.chars().forEach(c -> text.append(String.format(Locale.ROOT, form, c)));
        return text.toString();
    }

    /// Keywords and names in capitals, strings and quoted names as they are.
    private static String upper(String sql) {
        return QUOTED.matcher(sql)
                .replaceAll(piece ->
                        Matcher.quoteReplacement(
                                "'\"$".indexOf(piece.group().charAt(0)) < 0
                                        ? piece.group().toUpperCase(Locale.ROOT)
                                        : piece.group()));
    }
}
