package dev.drawbridge.local.home;

import dev.drawbridge.local.report.LaunchException;
import dev.drawbridge.local.report.Progress;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// Held while a command changes what runs in a home, so that two of them take turns. The operating
/// system lets go of it when the launcher is killed.
public final class HomeLock implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration RETRY = Duration.ofMillis(200);

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    public static HomeLock take(Home home, Progress progress) {
        var file = home.run().resolve("lock");
        try {
            var channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                progress.say("Another drawbridge command works on " + home.root() + "; waiting.");
                await(channel, home);
            }
            return new HomeLock(channel);
        } catch (IOException failure) {
            throw new LaunchException("The lock " + file + " cannot be opened.", failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new LaunchException("Interrupted while waiting for " + file + ".");
        }
    }

    @SuppressWarnings("resource") // the lock goes with its channel
    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) {
            return false; // a thread of this launcher has it: Ctrl-C stops while up still starts
        }
    }

    private static void await(FileChannel channel, Home home)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!locked(channel)) {
            if (System.nanoTime() > deadline) {
                channel.close();
                throw new LaunchException(
                        "Another drawbridge command still works on " + home.root() + ".");
            }
            Thread.sleep(RETRY);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new LaunchException("The lock cannot be released.", failure);
        }
    }
}
