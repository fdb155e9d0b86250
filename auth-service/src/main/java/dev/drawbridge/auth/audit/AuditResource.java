package dev.drawbridge.auth.audit;

import dev.drawbridge.audit.Act;
import dev.drawbridge.audit.Audit;
import dev.drawbridge.auth.request.Page;
import dev.drawbridge.auth.request.Slice;
import dev.drawbridge.identity.Caller;
import dev.drawbridge.identity.CurrentCaller;
import dev.drawbridge.identity.Level;
import dev.drawbridge.identity.ProtectedObject;

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

    /// A page. It may hold fewer records than asked for, even none, and still go on: where records
    /// that match are rare, each answer looks through a few seconds' worth of them.
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Page<RecordedEvent> list(
            @BeanParam AuditQuery query,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Caller reader = caller.require(Level.READ, AREA);
        AuditLog.Part part =
                log.read(
                        reader,
                        query.filter(),
                        AuditCursor.parse(cursor),
                        Slice.parse(limit, null).limit());
        AuditCursor next = part.next();
        return new Page<>(part.events(), next == null ? null : next.text());
    }

    /// All of them as a stream, a line each. That it was taken is recorded.
    @GET
    @Produces({AuditExport.NDJSON, AuditExport.CSV})
    public Response export(@BeanParam AuditQuery query, @HeaderParam("Accept") String accept) {
        Caller reader = caller.require(Level.READ, AREA);
        AuditFilter filter = query.filter();
        audit.record(Act.by(reader, AuthAction.AUDIT_EXPORT, OBJECT).with("filter", query.sent()));
        boolean csv = accept.contains(AuditExport.CSV);
        StreamingOutput body = out -> export.write(reader, filter, csv, out);
        return Response.ok(body).type(csv ? AuditExport.CSV : AuditExport.NDJSON).build();
    }
}
