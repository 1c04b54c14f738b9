package org.avccdb.engine.threading;

import net.openhft.affinity.Affinity;

/** Binds threads to cores, where the optional library for it is there. */
public final class Pinning {
    private Pinning() {}

    /** Binds the calling thread; null, or why that could not be done. */
    static String pin(final int core) {
        try {
            return Library.pin(core);
        } catch (final NoClassDefFoundError missing) {
            return "net.openhft:affinity is not on the class path";
        } catch (final RuntimeException refused) {
            return refused.toString();
        }
    }

    /** Loaded only when it is needed. */
    private static final class Library {
        static String pin(final int core) {
            Affinity.setAffinity(core);
            return Affinity.getAffinity().get(core) ? null : "the system did not bind the thread to core " + core;
        }
    }
}
