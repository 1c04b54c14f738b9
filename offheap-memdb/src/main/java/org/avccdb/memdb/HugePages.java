package org.avccdb.memdb;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;

/**
 * Asks Linux to back memory with huge pages, which spares a large memtable most of its address translation.
 *
 * <p>It needs {@code java.lang.foreign}, so a JDK from 22 on that was started with
 * {@code --enable-native-access=ALL-UNNAMED}; everywhere else it does nothing, silently, because it changes speed alone.
 * Where the system gives huge pages without being asked, nothing is needed.
 */
final class HugePages {
    /** The size, and so the alignment, of a huge page on the machines where it matters. */
    static final int PAGE_BYTES = 2 << 20;

    private static final int MADV_HUGEPAGE = 14;
    private static final MethodHandle MADVISE = bindMadvise();

    private HugePages() {}

    static boolean isAvailable() {
        return MADVISE != null;
    }

    static void advise(final long address, final long bytes) {
        if (MADVISE == null) {
            return;
        }
        try {
            // A refusal only means ordinary pages.
            final int ignored = (int) MADVISE.invokeExact(address, bytes, MADV_HUGEPAGE);
        } catch (final Throwable unexpected) {
            throw new IllegalStateException("madvise could not be called", unexpected);
        }
    }

    /** Reached by name, because the classes are not there for a compiler that targets 17. */
    private static MethodHandle bindMadvise() {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            final boolean enabled = (boolean)
                    lookup.findVirtual(Module.class, "isNativeAccessEnabled", MethodType.methodType(boolean.class))
                            .invoke(HugePages.class.getModule());
            if (!enabled) {
                return null;
            }
            final Class<?> linkerClass = Class.forName("java.lang.foreign.Linker");
            final Class<?> lookupClass = Class.forName("java.lang.foreign.SymbolLookup");
            final Class<?> segmentClass = Class.forName("java.lang.foreign.MemorySegment");
            final Class<?> layoutClass = Class.forName("java.lang.foreign.MemoryLayout");
            final Class<?> layoutsClass = Class.forName("java.lang.foreign.ValueLayout");
            final Class<?> descriptorClass = Class.forName("java.lang.foreign.FunctionDescriptor");
            final Class<?> optionClass = Class.forName("java.lang.foreign.Linker$Option");

            final Object linker = linkerClass.getMethod("nativeLinker").invoke(null);
            final Object symbols = linkerClass.getMethod("defaultLookup").invoke(linker);
            final Optional<?> symbol =
                    (Optional<?>) lookupClass.getMethod("find", String.class).invoke(symbols, "madvise");
            if (symbol.isEmpty()) {
                return null;
            }
            final Object javaInt = layoutsClass.getField("JAVA_INT").get(null);
            final Object javaLong = layoutsClass.getField("JAVA_LONG").get(null);
            final Object arguments = java.lang.reflect.Array.newInstance(layoutClass, 3);
            java.lang.reflect.Array.set(arguments, 0, javaLong);
            java.lang.reflect.Array.set(arguments, 1, javaLong);
            java.lang.reflect.Array.set(arguments, 2, javaInt);
            final Object descriptor = descriptorClass
                    .getMethod("of", layoutClass, arguments.getClass())
                    .invoke(null, javaInt, arguments);
            return (MethodHandle) linkerClass
                    .getMethod(
                            "downcallHandle",
                            segmentClass,
                            descriptorClass,
                            java.lang.reflect.Array.newInstance(optionClass, 0).getClass())
                    .invoke(linker, symbol.get(), descriptor, java.lang.reflect.Array.newInstance(optionClass, 0));
        } catch (final Throwable notOnThisJdk) {
            return null;
        }
    }
}
