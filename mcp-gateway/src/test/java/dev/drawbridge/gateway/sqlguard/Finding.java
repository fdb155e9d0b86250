package dev.drawbridge.gateway.sqlguard;

/// What an attack did.
record Finding(String attack, String effect) implements Comparable<Finding> {
    @Override
    public int compareTo(Finding other) {
        return (attack + effect).compareTo(other.attack + other.effect);
    }
}
