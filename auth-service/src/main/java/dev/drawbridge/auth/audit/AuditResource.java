package dev.drawbridge.auth.audit;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.request.Page;
import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;
import dev.drawbridge.problem.Problem;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What happened in all services, newest first, for who holds `admin:audit`.
@Path("/api/v1/audit")
@RunOnVirtualThread
@Authenticated
final class AuditResource {
    private static final ProtectedObject AREA = ProtectedObject.admin("audit");
    private static final String OBJECT = "admin:audit";

    private final AuditLog log;
    private final AuditExport export;
    private final Audit audit;
    private final CurrentCaller caller;

    AuditResource(AuditLog log, AuditExport export, Audit audit, CurrentCaller caller) {
        this.log = log;
        this.export = export;
        this.audit = audit;
        this.caller = caller;
    }

    /// A page as JSON, or all that match as a stream of lines where `Accept` asks for one.
    ///
    /// A page may hold fewer records than asked for, even none, and still go on: where records that
    /// match are rare, an answer is given after some seconds with what was found until then.
    @GET
    @Produces({MediaType.APPLICATION_JSON, AuditExport.NDJSON, AuditExport.CSV})
    public Response list(
            @BeanParam AuditQuery query,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @HeaderParam("Accept") @Nullable String accept) {
        Caller reader = caller.require(Level.READ, AREA);
        AuditFilter filter = query.filter();
        AuditCursor before = AuditCursor.parse(cursor);
        int most = Slice.parse(limit, null).limit();
        for (String form : List.of(AuditExport.NDJSON, AuditExport.CSV)) {
            if (accept != null && accept.contains(form)) {
                refuse("limit", limit);
                refuse("cursor", cursor);
                audit.record(
                        Act.by(reader, AuthAction.AUDIT_EXPORT, OBJECT)
                                .with("filter", query.sent()));
                StreamingOutput lines = out -> export.write(reader, filter, form, out);
                return Response.ok(lines).type(form).build();
            }
        }
        AuditLog.Part part = log.read(reader, filter, before, most);
        AuditCursor next = part.next();
        return Response.ok(new Page<>(part.events(), next == null ? null : next.text()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /// An export is all of it.
    private static void refuse(String name, @Nullable String value) {
        if (value != null) {
            throw new Problem.Invalid(name, "is for pages, not for an export").exception();
        }
    }
}
