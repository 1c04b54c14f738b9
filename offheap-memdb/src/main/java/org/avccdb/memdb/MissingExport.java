package org.avccdb.memdb;

/** Tells a user who started Java without the one flag that is needed what to add. */
final class MissingExport {
    private MissingExport() {}

    static IllegalStateException toRunOn(final Throwable refused) {
        return new IllegalStateException(
                "start java with --add-exports java.base/jdk.internal.misc=ALL-UNNAMED"
                        + " (or Add-Exports: java.base/jdk.internal.misc in the manifest of the main jar): native memory"
                        + " cannot be reached without it",
                refused);
    }
}
