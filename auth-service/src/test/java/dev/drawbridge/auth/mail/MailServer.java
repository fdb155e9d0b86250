package dev.drawbridge.auth.mail;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;

import dev.drawbridge.testkit.Secrets;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A real SMTP server, which the service is configured to send its letters to, with registration
/// on.
public final class MailServer implements QuarkusTestResourceLifecycleManager {
    public static final String BASE_URL = "https://bridge.example/";

    /// The name of a mailbox whose letters the server does not take, of whatever domain.
    public static final String REFUSED = "refused";

    /// The name of a mailbox whose letters the server takes its time with; it takes no others
    /// meanwhile.
    public static final String SLOW = "slow";

    /// The name of a mailbox at whose first letter the connection breaks, before the server has
    /// said whether it takes the letter.
    public static final String BROKEN = "broken";

    private static final Duration DELAY = Duration.ofSeconds(12);
    private static final Pattern LINK =
            Pattern.compile("(https://bridge\\.example/account/[a-z-]+)#token=(dbl_[\\w-]{43})");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Integer> refused = new ConcurrentHashMap<>();
    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());

    @Override
    public Map<String, String> start() {
        server.start();
        MessageDeliveryHandler mailboxes = server.getUserManager().getMessageDeliveryHandler();
        server.getUserManager()
                .setMessageDeliveryHandler((letter, address) -> {
                    if (address.getEmail().startsWith(REFUSED + "@")) {
                        refused.merge(address.getEmail(), 1, Integer::sum);
                        throw new UserException("No letters here.");
                    }
                    if (address.getEmail().startsWith(SLOW + "@")) {
                        LockSupport.parkNanos(DELAY.toNanos());
                    }
                    if (address.getEmail().startsWith(BROKEN + "@")
                            && broken.add(address.getEmail())) {
                        throw new ConnectionBreak();
                    }
                    return mailboxes.handle(letter, address);
                });
        return Map.of(
                "auth.mail.timeout", "10s",
                "quarkus.mailer.host", "127.0.0.1",
                "quarkus.mailer.port", String.valueOf(server.getSmtp().getPort()),
                "auth.mail.from", "bridge@bridge.example",
                "auth.link.base-url", BASE_URL,
                "auth.registration.enabled", "true");
    }

    /// What GreenMail does not answer, but hangs up at.
    private static final class ConnectionBreak extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(MailServer.class));
    }

    @Override
    public void stop() {
        server.stop();
    }

    /// The texts of all letters to an address, oldest first.
    public List<String> to(String address) {
        return Stream.of(server.getReceivedMessagesForDomain(address))
                .map(GreenMailUtil::getBody)
                .map(body -> body.replace("=\r\n", "").replace("=3D", "="))
                .toList();
    }

    /// How often a letter to an address was refused.
    public int refusals(String address) {
        return refused.getOrDefault(address, 0);
    }

    /// The only letter to an address, as soon as it is there.
    public String letterTo(String address) {
        await().atMost(PATIENCE).until(() -> !to(address).isEmpty());
        return to(address).getFirst();
    }

    /// The secret of a link that was sent to an address and not asked for here before.
    public String nextToken(String address) {
        await().atMost(PATIENCE).until(() -> fresh(address).findFirst().isPresent());
        String token = fresh(address).findFirst().orElseThrow();
        taken.add(token);
        return token;
    }

    private Stream<String> fresh(String address) {
        return to(address).stream()
                .map(LINK::matcher)
                .filter(Matcher::find)
                .map(link -> Secrets.ofThisRun().add(link.group(2)))
                .filter(token -> !taken.contains(token));
    }

    /// The secret of the link in a letter.
    public static String token(String letter) {
        return Secrets.ofThisRun().add(match(letter).group(2));
    }

    /// The link in a letter, without its fragment.
    public static String page(String letter) {
        return match(letter).group(1);
    }

    private static Matcher match(String letter) {
        Matcher link = LINK.matcher(letter);
        if (!link.find()) {
            throw new AssertionError("no link in: " + letter);
        }
        return link;
    }
}
