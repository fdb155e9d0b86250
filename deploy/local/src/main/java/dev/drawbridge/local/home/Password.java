package dev.drawbridge.local.home;

/// A password that does not print itself, so that it enters no log with the record that holds it.
public record Password(String reveal) {

    @Override
    public String toString() {
        return "…";
    }
}
