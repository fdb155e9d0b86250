package dev.drawbridge.gateway.target;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is meant by an error of a server, or of a pooler before it: each with the codes that say
/// so. PostgreSQL has SQLSTATEs; Supavisor begins its messages with a code of its own, most of them
/// under one SQLSTATE; PgBouncer has one SQLSTATE for nearly everything, and phrases.
///
/// @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">SQLSTATEs</a>
/// @see <a href="https://github.com/supabase/supavisor/tree/main/lib/supavisor/errors">Supavisor
///   2.9</a>
/// @see <a href="https://github.com/pgbouncer/pgbouncer/tree/master/src">PgBouncer 1.18 to 1.25</a>
public enum Fault {
    /// There is no place for one more now. The server lives.
    FULL(
            Remedy.RETRY,
            """
            53300
            ECHECKOUTTIMEOUT ECHECKOUTRETRIES EPOOLCHECKOUT
            EMAXCONN EMAXCONNSESSION EMAXPOOLSREACHED
            """,
            """
            no more connections allowed
            client connections exceeded
            query_wait_timeout
            bouncer resources exhaustion
            """),
    /// The server is gone, or about to go, or not there yet, or its pooler is.
    AWAY(
            Remedy.RETRY,
            """
            08000 08001 08003 08004 08006 57P01 57P02 57P03 57P05
            EDBHANDLEREXITED EPOOLTERMINATING ECHECKOUTFAILED ESUBSCRIBERETRIES EWORKERNOTFOUND
            EPOOLRANCHNOTFOUND EPOOLCONFIGNOTFOUND EPROXYSTARTFAILED EPROXYSUPERVISORUNAVAILABLE
            EAUTHTIMEOUT EAUTHSECRETS EAUTHQUERY EJITREQUESTFAILED ECLIENTSOCKETCLOSED
            """,
            """
            server conn crashed
            server connection closed
            server shutting down
            server login failed
            server dns lookup failed
            server refused ssl
            server idle timeout
            server lifetime over
            pooler is shutting down
            client_login_timeout
            client_idle_timeout
            connect failed
            connect timeout
            cannot connect
            tls startup failed
            pause failed
            suspend_timeout
            admin forced disconnect
            database configuration changed
            unexpected eof
            """),
    /// The pooler itself has stopped asking the server for a while, after too many failures.
    SUSPENDED(Remedy.BACK_OFF, "ECIRCUITBREAKER", "server login has been failing"),
    /// Undone for the sake of somebody else's transaction.
    CONFLICT(Remedy.RETRY, "40001 40P01", ""),
    /// Nobody is let in with this login.
    LOGIN(
            Remedy.GIVE_UP,
            """
            28000 28P01
            EWRONGPASSWORD EJITUNAUTHORIZED ENOTFOUND ENOIDENTIFIER EINVALIDUSERINFO
            EMULTIPLEUSERS EBANNED EAUTHPROTOCOL
            """,
            """
            no such user
            password authentication failed
            sasl authentication failed
            certificate authentication failed
            login rejected
            """),
    /// There is no database of that name, or no longer.
    DATABASE(Remedy.GIVE_UP, "3D000 57P04", "no such database\ndatabase \""),
    /// Nobody is let in from our address.
    NETWORK(Remedy.GIVE_UP, "EADDRNOTALLOWED", ""),
    /// The session has to be protected, or could not be.
    TLS(Remedy.GIVE_UP, "ESSLREQUIRED ESSLHANDSHAKE", "ssl required"),
    /// There is a pooler that lets pass less than the endpoint's mode uses.
    MODE(
            Remedy.GIVE_UP,
            """
            26000 42P05
            EPSSIMPLEQUERY EPREPAREDNOTFOUND EPREPAREDDUP EMAXPREPARED EMAXPREPAREDMEM
            ESTARTUPMESSAGE ESTARTUPPACKETTOOLARGE
            """,
            """
            unsupported startup parameter
            unsupported options startup parameter
            """),
    /// Anything else: what was asked is at fault, and the server is well.
    STATEMENT(Remedy.GIVE_UP, "", "");

    /// Of PgBouncer, and of a client that breaks the protocol.
    private static final String PROTOCOL = "08P01";

    /// Under which Supavisor's codes come. Under others an agent's own function could raise one.
    private static final Set<String> CODED = Set.of("XX000", "08006", PROTOCOL);

    private static final Pattern CODE = Pattern.compile("\\((E[A-Z]+)\\) .*", Pattern.DOTALL);
    private static final Map<String, Fault> BY_CODE = new HashMap<>();
    private static final Map<String, Fault> BY_PHRASE = new HashMap<>();

    static {
        for (Fault fault : values()) {
            for (String code : fault.codes.split("\\s+", -1)) {
                BY_CODE.put(code, fault);
            }
            fault.phrases.lines().forEach(phrase -> BY_PHRASE.put(phrase, fault));
        }
    }

    private final Remedy remedy;
    private final String codes;
    private final String phrases;

    /// @param codes SQLSTATEs and Supavisor's
    /// @param phrases that PgBouncer's messages begin with, one a line
    Fault(Remedy remedy, String codes, String phrases) {
        this.remedy = remedy;
        this.codes = codes;
        this.phrases = phrases;
    }

    /// What an error means.
    ///
    /// @param state the SQLSTATE
    /// @param message the primary message
    public static Fault of(String state, String message) {
        if (CODED.contains(state)) {
            Matcher code = CODE.matcher(message);
            if (code.matches()) {
                return BY_CODE.getOrDefault(code.group(1), STATEMENT);
            }
        }
        return state.equals(PROTOCOL) ? ofPhrase(message) : BY_CODE.getOrDefault(state, STATEMENT);
    }

    private static Fault ofPhrase(String message) {
        return BY_PHRASE.entrySet().stream()
                .filter(phrase -> begins(message, phrase.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(STATEMENT);
    }

    private static boolean begins(String message, String phrase) {
        return message.regionMatches(true, 0, phrase, 0, phrase.length());
    }

    /// What helps.
    public Remedy remedy() {
        return remedy;
    }

    /// Whether it says that the server, and not just one session or caller, cannot be used.
    public boolean isOutage() {
        return this == AWAY || this == SUSPENDED;
    }
}
