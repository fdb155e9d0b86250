package dev.drawbridge.problem;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.ext.Provider;

import org.jboss.resteasy.reactive.RestQuery;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Refuses a query parameter that the endpoint does not declare, because a misspelt one must never
/// be ignored.
@Provider
public final class KnownQueryParameters implements ContainerRequestFilter {
    private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();
    private final ResourceInfo resource;

    public KnownQueryParameters(ResourceInfo resource) {
        this.resource = resource;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Set<String> sent = request.getUriInfo().getQueryParameters().keySet();
        Method method = resource.getResourceMethod();
        if (sent.isEmpty()
                || method == null
                || method.isAnnotationPresent(OpenQueryParameters.class)) {
            return;
        }
        Set<String> declared =
                known.computeIfAbsent(method, KnownQueryParameters::declaredParameters);
        for (String name : sent) {
            if (!declared.contains(name)) {
                throw new Problem.Invalid(name, "is not a known query parameter").exception();
            }
        }
    }

    private static Set<String> declaredParameters(Method method) {
        return Arrays.stream(method.getParameters())
                .flatMap(KnownQueryParameters::declared)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// A parameter, or those that a `@BeanParam`'s fields are.
    private static Stream<String> declared(Parameter parameter) {
        var query = parameter.getAnnotation(QueryParam.class);
        if (query != null) {
            return Stream.of(query.value());
        }
        if (parameter.isAnnotationPresent(BeanParam.class)) {
            return Arrays.stream(parameter.getType().getDeclaredFields())
                    .filter(field -> field.isAnnotationPresent(QueryParam.class))
                    .map(field -> field.getAnnotation(QueryParam.class).value());
        }
        return parameter.isAnnotationPresent(RestQuery.class)
                ? Stream.of(parameter.getName())
                : Stream.empty();
    }
}
