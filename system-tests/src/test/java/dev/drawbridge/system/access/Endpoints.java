package dev.drawbridge.system.access;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;

import dev.drawbridge.system.house.HouseClasses;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The endpoints that the classes of the services declare, whatever the services say of themselves.
final class Endpoints {
    private static final String REST = "jakarta.ws.rs.";
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

    private Endpoints() {}

    /// Each as method and path, as [Operation] is written.
    static Set<String> declared() {
        Set<String> declared = new TreeSet<>();
        for (JavaClass type : HouseClasses.all()) {
            if (!type.isInterface() // a REST client's
                    && !type.getModifiers().contains(JavaModifier.ABSTRACT)) {
                type.getAllMethods()
                        .forEach(method -> operations(type, method).forEach(declared::add));
            }
        }
        return declared;
    }

    private static Stream<String> operations(JavaClass type, JavaMethod method) {
        return METHODS.stream()
                .filter(verb -> method.isAnnotatedWith(REST + verb))
                .map(verb -> verb + " " + path(type, method));
    }

    private static String path(JavaClass type, JavaMethod method) {
        String whole = "/" + declared(type) + "/" + declared(method);
        return whole.replaceAll("/+", "/").replaceFirst("/$", "");
    }

    private static String declared(HasAnnotations<?> element) {
        return element.tryGetAnnotationOfType(REST + "Path")
                .map(path -> path.getExplicitlyDeclaredProperty("value").toString())
                .orElse("");
    }
}
