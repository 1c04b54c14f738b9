package org.avccdb.engine.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.avccdb.AvccDbException;
import org.junit.jupiter.api.Test;

/** What a user gets who asks for Zstandard without its library. */
class ZstdAbsentTest {
    /** Has this package's classes of its own, and no Zstandard. */
    private static final class WithoutZstd extends ClassLoader {
        WithoutZstd() {
            super(ZstdAbsentTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.github.luben.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("org.avccdb.engine.table.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException failure) {
                throw new ClassNotFoundException(name, failure);
            }
        }
    }

    @Test
    void theMessageNamesTheJar() throws Exception {
        Class<?> codec = new WithoutZstd().loadClass(BlockCodec.class.getName());
        Method of = codec.getDeclaredMethod("of", int.class);
        of.setAccessible(true);
        assertTrue(of.invoke(null, BlockDescriptor.CODEC_LZ4) != null);
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                of.invoke(null, BlockDescriptor.CODEC_ZSTD);
                throw new AssertionError("a codec without its library");
            } catch (InvocationTargetException refused) {
                assertEquals(AvccDbException.class, refused.getCause().getClass());
                assertTrue(refused.getCause().getMessage().contains("com.github.luben:zstd-jni"));
            }
        }
    }
}
