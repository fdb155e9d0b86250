package dev.drawbridge.local.admin;

import dev.drawbridge.local.home.Home;
import dev.drawbridge.local.home.HomeOption;
import dev.drawbridge.local.home.Password;
import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.local.rest.RestApi;
import dev.drawbridge.local.service.ServiceSpec;
import dev.drawbridge.local.summary.Summary;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Which suite a command is about, as whom, and how it answers.
///
/// Without anything said it is the running suite of the home, as its administrator. The token from
/// the environment goes before that, a name given by `--as` before both.
final class SuiteOption {
    static final String TOKEN = "DRAWBRIDGE_TOKEN";
    static final String GATEWAY_URL = "--gateway-url";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    @Mixin private final HomeOption home = new HomeOption();

    @Option(
            names = "--url",
            paramLabel = "<url>",
            description = "auth-service elsewhere; takes a token from " + TOKEN + ", or --as.")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--as",
            paramLabel = "<username>",
            description = "Sign in as this user, with the password from --as-password-file.")
    private Optional<String> username = Optional.empty();

    @Option(
            names = "--as-password-file",
            paramLabel = "<file>",
            description = "The file whose first line is that user's password.")
    private Optional<Path> passwordFile = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    Home home() {
        return home.open();
    }

    /// Where a user's new password goes unless told otherwise. The home's own administrator has a
    /// file already, which `up` and these commands sign in with.
    Path passwordFile(String user) {
        var opened = home.open();
        return Summary.kept(opened)
                .filter(_ -> url.isEmpty())
                .map(Summary::admin)
                .filter(admin -> admin.username().equalsIgnoreCase(user))
                .map(admin -> Path.of(admin.passwordFile()))
                .orElseGet(() -> opened.secrets().resolve("user-" + user));
    }

    Answers answers() {
        return new Answers(System.out, json);
    }

    /// Signed in. Close it: what signed in signs out.
    Session open() {
        Optional<String> token =
                Optional.ofNullable(System.getenv(TOKEN))
                        .map(String::strip)
                        .filter(it -> !it.isEmpty());
        if (username.isPresent() != passwordFile.isPresent()) {
            throw new LaunchException(
                    "--as and --as-password-file go together.", ExitCode.WRONG_INPUT);
        }
        if (username.isPresent()) {
            return connect().signIn(username.get(), firstLine(passwordFile.orElseThrow()));
        }
        if (token.isPresent()) {
            return connect().with(token.get());
        }
        if (url.isPresent()) {
            throw new LaunchException(
                    "The home's password is not sent to another suite: set "
                            + TOKEN
                            + ", or sign in with --as and --as-password-file.",
                    ExitCode.WRONG_INPUT);
        }
        var admin = running().admin();
        return connect().signIn(admin.username(), firstLine(Path.of(admin.passwordFile())));
    }

    /// The gateway of the same suite, for the same caller.
    ///
    /// @param gateway where it is, for a suite that was named by its URL
    Session gateway(Session session, Optional<String> gateway) {
        if (url.isPresent() != gateway.isPresent()) {
            throw new LaunchException(
                    "--url and " + GATEWAY_URL + " go together.", ExitCode.WRONG_INPUT);
        }
        var address =
                gateway.map(text -> AuthAddress.parse(GATEWAY_URL, text))
                        .orElseGet(() -> own(ServiceSpec.GATEWAY));
        return session.at(address.base());
    }

    private Session connect() {
        var http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        String base = url.map(AuthAddress::parse).orElseGet(() -> own(ServiceSpec.AUTH)).base();
        return new Session(new RestApi(http, ""), base);
    }

    private AuthAddress own(String name) {
        var service = running().services().get(name);
        if (service == null) {
            throw new LaunchException("The suite of this home runs without " + name + ".");
        }
        return AuthAddress.parse(service.url());
    }

    private Summary running() {
        var opened = home.open();
        return Summary.kept(opened)
                .orElseThrow(() ->
                        new LaunchException(
                                "Nothing is running in %s: ./drawbridge up starts it, --url names another."
                                        .formatted(opened.root())));
    }

    private static Password firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return new Password(
                    lines.findFirst()
                            .filter(line -> !line.isEmpty())
                            .orElseThrow(() ->
                                    new LaunchException(
                                            "The password file " + file + " is empty.",
                                            ExitCode.WRONG_INPUT)));
        } catch (IOException | java.io.UncheckedIOException _) {
            throw new LaunchException(
                    "The password file " + file + " cannot be read.", ExitCode.WRONG_INPUT);
        }
    }
}
