package dev.drawbridge.auth.session;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether a request that came with a cookie was made by one of our own pages, as far as the
/// browser tells by what no page can forge (`docs/adr/0012`). What it does not tell counts against
/// the request.
///
/// @param method of HTTP
/// @param marker the header that only a page of the same origin can set; null when it is absent
/// @param site `Sec-Fetch-Site` (W3C Fetch Metadata); null when it is absent
/// @param origins all `Origin` fields (RFC 6454 section 7)
/// @param host what the request is for
record OwnPage(
        String method,
        @Nullable String marker,
        @Nullable String site,
        List<String> origins,
        @Nullable String host) {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final String SAME_ORIGIN = "same-origin";
    private static final Pattern ORIGIN = Pattern.compile("https?://([^/?#@\\s]+)");

    /// Whether the cookie may count.
    ///
    /// @param allowed our origins; empty for those of the request's own host
    boolean mayUseCookie(List<String> allowed) {
        return SAFE.contains(method) || isOwn(allowed);
    }

    /// Whether it was one of our pages, however harmless the method.
    boolean isOwn(List<String> allowed) {
        boolean marked = marker != null && !marker.isBlank();
        boolean siteAgrees = site == null || site.equals(SAME_ORIGIN);
        return marked && siteAgrees && originAgrees(allowed);
    }

    private boolean originAgrees(List<String> allowed) {
        if (origins.isEmpty()) {
            return site != null && site.equals(SAME_ORIGIN);
        }
        if (origins.size() > 1) {
            return false;
        }
        String origin = origins.getFirst();
        if (!allowed.isEmpty()) {
            return allowed.contains(origin);
        }
        var form = ORIGIN.matcher(origin);
        return host != null
                && form.matches()
                && form.group(1).toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
    }
}
