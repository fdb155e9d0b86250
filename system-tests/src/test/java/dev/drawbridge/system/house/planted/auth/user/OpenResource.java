package dev.drawbridge.system.house.planted.auth.user;

import jakarta.ws.rs.GET;

/// Planted: an endpoint that does not say who may call it.
public final class OpenResource {
    @GET
    public String read() {
        return "";
    }
}
