package dev.drawbridge.gateway.target.wire;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// A type of PostgreSQL as far as its textual form needs another treatment than a text's. All
/// others are texts: enums, ranges, geometry, what an extension brings.
///
/// @param name as `pg_type.typname` has it, arrays as `int4[]`
/// @param element of an array; null for anything else
record PgType(String name, Form form, @Nullable PgType element) {
    /// How a value is written as JSON.
    enum Form {
        /// At most 32 bits: a number.
        WHOLE,
        /// 64 bits: a number where a double holds it exactly, else a string.
        BIG,
        DECIMAL,
        FLOATING,
        BOOLEAN,
        /// JSON already.
        JSON,
        /// Date and time, which become RFC 3339.
        TIMESTAMP,
        TEXT,
        ARRAY
    }

    private static final PgType TEXT = new PgType("text", Form.TEXT, null);
    private static final Map<Integer, PgType> BY_OID = new HashMap<>();

    // The object ids of
    // https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/catalog/pg_type.dat
    static {
        put("bool", Form.BOOLEAN, 16, 1000);
        put("bytea", Form.TEXT, 17, 1001);
        put("char", Form.TEXT, 18, 1002);
        put("name", Form.TEXT, 19, 1003);
        put("int8", Form.BIG, 20, 1016);
        put("int2", Form.WHOLE, 21, 1005);
        put("int4", Form.WHOLE, 23, 1007);
        put("text", Form.TEXT, 25, 1009);
        put("oid", Form.WHOLE, 26, 1028);
        put("json", Form.JSON, 114, 199);
        put("xml", Form.TEXT, 142, 143);
        put("point", Form.TEXT, 600, 1017);
        put("cidr", Form.TEXT, 650, 651);
        put("float4", Form.FLOATING, 700, 1021);
        put("float8", Form.FLOATING, 701, 1022);
        put("money", Form.TEXT, 790, 791);
        put("macaddr", Form.TEXT, 829, 1040);
        put("inet", Form.TEXT, 869, 1041);
        put("bpchar", Form.TEXT, 1042, 1014);
        put("varchar", Form.TEXT, 1043, 1015);
        put("date", Form.TEXT, 1082, 1182);
        put("time", Form.TEXT, 1083, 1183);
        put("timestamp", Form.TIMESTAMP, 1114, 1115);
        put("timestamptz", Form.TIMESTAMP, 1184, 1185);
        put("interval", Form.TEXT, 1186, 1187);
        put("timetz", Form.TEXT, 1266, 1270);
        put("bit", Form.TEXT, 1560, 1561);
        put("varbit", Form.TEXT, 1562, 1563);
        put("numeric", Form.DECIMAL, 1700, 1231);
        put("uuid", Form.TEXT, 2950, 2951);
        put("tsvector", Form.TEXT, 3614, 3643);
        put("tsquery", Form.TEXT, 3615, 3645);
        put("int4range", Form.TEXT, 3904, 3905);
        put("jsonb", Form.JSON, 3802, 3807);
        put("numrange", Form.TEXT, 3906, 3907);
        put("tsrange", Form.TEXT, 3908, 3909);
        put("tstzrange", Form.TEXT, 3910, 3911);
        put("daterange", Form.TEXT, 3912, 3913);
        put("int8range", Form.TEXT, 3926, 3927);
        put("jsonpath", Form.TEXT, 4072, 4073);
    }

    /// The type with an object id; `text` for one that is not known.
    static PgType of(int oid) {
        return BY_OID.getOrDefault(oid, TEXT);
    }

    private static void put(String name, Form form, int oid, int arrayOid) {
        var type = new PgType(name, form, null);
        BY_OID.put(oid, type);
        BY_OID.put(arrayOid, new PgType(name + "[]", Form.ARRAY, type));
    }
}
