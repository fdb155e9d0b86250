package dev.drawbridge.auth.credential;

import dev.drawbridge.identity.network.Cidr;
import dev.drawbridge.identity.network.CidrConverter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;

import java.util.List;
import java.util.Optional;

/// Service-role keys, for operators' own back ends.
@ConfigMapping(prefix = "auth.service-role")
public interface ServiceRoleConfig {
    /// The only networks that service-role keys work from. Without any, none can be made and none
    /// works.
    Optional<List<@WithConverter(CidrConverter.class) Cidr>> trustedNetworks();
}
