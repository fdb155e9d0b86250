package dev.drawbridge.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;

class RevocationTest {
    private static final Caller CALLER = RandomCallers.caller(false, Grants.NOTHING, null);
    private static final UUID SOMEONE = new UUID(9, 9);

    @Test
    void concerns_the_credential_or_the_user_that_it_names_and_else_everyone() {
        assertThat(travelled(Revocation.ofCredential(CALLER.credential().id()))).isTrue();
        assertThat(travelled(Revocation.ofCredential(SOMEONE))).isFalse();
        assertThat(travelled(Revocation.ofUser(CALLER.id()))).isTrue();
        assertThat(travelled(Revocation.ofUser(SOMEONE))).isFalse();
        assertThat(travelled(Revocation.ofEveryone())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "1",
                "null",
                "{\"user\":7}",
                "{\"user\":\"kim\"}",
                "{\"a\":1}"
            })
    void means_everyone_when_it_cannot_be_read(String payload) {
        assertThat(Revocation.parse(payload).concerns(CALLER)).isTrue();
    }

    private static boolean travelled(Revocation revocation) {
        return Revocation.parse(revocation.payload()).concerns(CALLER);
    }
}
