package org.avccdb.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Measures what the process uses from when it is made. */
public final class ResourceMeter {
    /** What the names of threads that make load begin with. */
    public static final String LOAD_THREADS = "load-";

    private static final String IO = "/proc/self/io";
    private static final String STATUS = "/proc/self/status";
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final boolean peakIsReset = resetPeak();
    private final long cpu = SYSTEM.getProcessCpuTime();
    private final Map<Long, Long> allocated = allocatedByThread();
    private final long collections = collections();
    private final long collectionMillis = collectionMillis();
    private final long written = ProcFiles.number(IO, "write_bytes");
    private final long writeCalls = ProcFiles.number(IO, "wchar");

    /** What has been used since. To be asked while the threads that did the work are still there. */
    public ResourceUse use() {
        final long cpuNow = SYSTEM.getProcessCpuTime();
        final Map<Long, Long> all = allocatedByThread();
        final Map<Long, Long> ofLoad = new HashMap<>(all);
        ofLoad.keySet().removeIf(thread -> !makesLoad(thread));
        return new ResourceUse(
                cpuNow - cpu,
                allocatedSince(all),
                allocatedSince(ofLoad),
                collections() - collections,
                collectionMillis() - collectionMillis,
                since(written, "write_bytes"),
                since(writeCalls, "wchar"),
                ProcFiles.number(STATUS, "VmHWM"),
                peakIsReset);
    }

    /** Bytes that the process was to write to the disk so far, or -1. */
    public static long bytesWritten() {
        return ProcFiles.number(IO, "write_bytes");
    }

    private static long since(final long before, final String name) {
        return before < 0 ? -1 : ProcFiles.number(IO, name) - before;
    }

    /** Linux forgets the peak when it is told so, if it allows that. */
    private static boolean resetPeak() {
        try {
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
            return true;
        } catch (final IOException e) {
            return false;
        }
    }

    private static Map<Long, Long> allocatedByThread() {
        final long[] ids = THREADS.getAllThreadIds();
        final long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        final Map<Long, Long> byThread = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            byThread.put(ids[i], Math.max(0, bytes[i]));
        }
        return byThread;
    }

    private long allocatedSince(final Map<Long, Long> now) {
        long sum = 0;
        for (final Map.Entry<Long, Long> thread : now.entrySet()) {
            sum += thread.getValue() - allocated.getOrDefault(thread.getKey(), 0L);
        }
        return sum;
    }

    private static boolean makesLoad(final long thread) {
        final ThreadInfo info = THREADS.getThreadInfo(thread);
        return info != null && info.getThreadName().startsWith(LOAD_THREADS);
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static long collectionMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }
}
