package dev.drawbridge.auth.attempt;

import java.time.Duration;

/// Limits of a test's own, with the lockout that holds without configuration.
record TestLimits(Rate passwordAddress, Rate passwordAccount) implements AttemptConfig {

    static TestLimits of(String address, String account) {
        return new TestLimits(Rate.parse(address), Rate.parse(account));
    }

    @Override
    public Rate tokenAddress() {
        return Rate.parse("4/10s");
    }

    @Override
    public Rate signOnAddress() {
        return Rate.parse("4/10s");
    }

    @Override
    public Rate letterAddress() {
        return Rate.parse("4/10s");
    }

    @Override
    public Rate letterMailbox() {
        return Rate.parse("3/15s");
    }

    @Override
    public int lockoutFailures() {
        return 10;
    }

    @Override
    public Duration lockoutFirst() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Duration lockoutLongest() {
        return Duration.ofHours(1);
    }

    @Override
    public Duration lockoutForgotten() {
        return Duration.ofHours(24);
    }
}
