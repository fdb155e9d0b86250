package dev.drawbridge.problem;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.resteasy.reactive.RestQuery;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

class KnownQueryParametersTest {

    static final class Lists {
        public void list(@QueryParam("limit") String limit, @RestQuery String cursor, String id) {}
    }

    static final class Foreign {
        @OpenQueryParameters
        public void callback(@QueryParam("code") String code) {}
    }

    @Test
    void lets_declared_parameters_through() {
        assertThatCode(() -> filter("limit", "cursor")).doesNotThrowAnyException();
    }

    @Test
    void refuses_a_misspelt_parameter_by_name() {
        assertThatThrownBy(() -> filter("limt"))
                .hasMessage("VALIDATION_ERROR: limt: is not a known query parameter");
    }

    @Test
    void does_not_take_a_path_parameter_for_one() {
        assertThatThrownBy(() -> filter("id")).isInstanceOf(ProblemException.class);
    }

    @Test
    void lets_anything_through_where_a_foreign_protocol_says_so() {
        assertThatCode(() -> filter(Foreign.class, "code", "session_state"))
                .doesNotThrowAnyException();
    }

    private static void filter(String... sent) {
        filter(Lists.class, sent);
    }

    private static void filter(Class<?> endpoints, String... sent) {
        var parameters = new MultivaluedHashMap<String, String>();
        for (String name : sent) {
            parameters.add(name, "1");
        }
        Method list = endpoints.getMethods()[0];
        var uri = answering(UriInfo.class, Map.of("getQueryParameters", parameters));
        var resource = answering(ResourceInfo.class, Map.of("getResourceMethod", list));
        new KnownQueryParameters(resource)
                .filter(answering(ContainerRequestContext.class, Map.of("getUriInfo", uri)));
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, _) -> answers.get(method.getName())));
    }
}
