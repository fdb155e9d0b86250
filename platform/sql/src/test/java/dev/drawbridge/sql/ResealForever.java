package dev.drawbridge.sql;

import java.nio.file.Path;

/// A process that seals anew until there is nothing left. Run by [ResealingTest], which kills it.
final class ResealForever {
    private ResealForever() {}

    /// @param arguments the datastore's port, the data key's file
    public static void main(String[] arguments) {
        try (var store = new SealedStore(Integer.parseInt(arguments[0]))) {
            store.replica(Path.of(arguments[1])).resealing().pass();
        }
    }
}
