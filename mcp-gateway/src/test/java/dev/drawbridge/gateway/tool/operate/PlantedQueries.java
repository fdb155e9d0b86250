package dev.drawbridge.gateway.tool.operate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Statements on what a [PlantedServer] has.
final class PlantedQueries {
    /// What is missing, as the index would be, by statements that miss it.
    static final Map<List<String>, String> MISSING = new LinkedHashMap<>();

    /// Statements that miss nothing.
    static final List<String> SERVED =
            List.of(
                    // Nearly all rows.
                    "select count(*) from trade.customer where active",
                    "select sum(amount) from trade.line where amount < 8",
                    // A tiny table.
                    "select code from trade.setting where code = 'code 7'",
                    // The first column of an index.
                    "select at from trade.visit where customer_id = 7",
                    "select * from trade.purchase where id = 7",
                    "select count(*) from trade.customer",
                    // A quarter of the rows, and nearly all of them.
                    "select id, shop_id from trade.purchase where status = 'done1'",
                    "select count(*) from trade.purchase where cancelled is null",
                    // Texts of what is none: an index on the column would not be used.
                    "select id from trade.purchase where made::text like '2026-01-03%'",
                    "select id from trade.document where state::text = 'gone'");

    static final String PARTIAL =
            "select id from trade.purchase where status = 'failed' order by made limit 50";

    private PlantedQueries() {}

    static {
        missing(
                "customer .*\\((city, region|region, city)\\)",
                "select id, name from trade.customer where city = 'city 7' and region = 3");
        missing(
                "purchase \\(shop_id, made DESC\\)",
                "select id, note from trade.purchase where shop_id = 7",
                "select id, note from trade.purchase where shop_id = 8 order by made desc limit 10");
        missing(
                "purchase \\(total DESC\\)",
                "select id, total from trade.purchase order by total desc limit 20");
        missing(
                "purchase \\(made\\)( include \\(id\\))? where \\(status = 'failed'::text\\)",
                PARTIAL);
        missing(
                "purchase .* where \\(cancelled IS NOT NULL\\)",
                "select id, note from trade.purchase where cancelled is not null and total > 50000");
        missing(
                "line \\(product_id\\) include \\(amount\\)",
                "select product_id, sum(amount) from trade.line"
                        + " where product_id between 100 and 200 group by product_id");
        missing(
                "customer \\(\\(lower\\(email\\)\\)\\)",
                "select id, name from trade.customer where lower(email) = 'user7@example.com'");
        missing(
                "event \\(kind, at\\)",
                "select body from trade.event where kind = 7 and at >= '2026-01-20'");
        missing(
                "line \\(purchase_id\\)",
                "select p.total, l.remark from trade.purchase p join trade.line l on l.purchase_id ="
                        + " p.id where p.id between 100 and 104");
        missing(
                "customer \\(name text_pattern_ops\\)",
                "select id, email from trade.customer where name like 'abcd%'");
        missing(
                "purchase using gin \\(tags\\)",
                "select id, note from trade.purchase where tags @> array['a7']");
        missing(
                "purchase using gin \\(attributes jsonb_path_ops\\)",
                "select id, note from trade.purchase where attributes @> '{\"colour\": \"c7\"}'");
    }

    static {
        missing(
                "document \\(seen\\)",
                "select max(seen) from trade.document",
                // As a policy says it, too: rows of several values come in no order of another key.
                "select id, word from trade.document where state ="
                        + " any (array(select 'done'::trade.state)) order by seen limit 10");
        missing(
                "document \\(code COLLATE \"C\"\\)",
                "select id, code from trade.document order by code limit 10");
        missing(
                "document \\(\\(\\(written\\)::date\\)\\)",
                "select id, code from trade.document where written::date = date '2026-01-20'");
        missing(
                "document .* where \\(state = 'odd'::trade.state\\)",
                "select id, code from trade.document where state = 'odd'");
        missing(
                "document \\(\\(upper\\(word\\)\\)\\)",
                "select id from trade.document where upper(word) = 'D7'");
    }

    private static void missing(String index, String... queries) {
        MISSING.put(List.of(queries), index);
    }
}
