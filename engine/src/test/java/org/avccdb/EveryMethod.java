package org.avccdb;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Calls every public method of an object, with arguments that are right, so that none can be forgotten. */
final class EveryMethod {
    private static final byte[] KEY = {1};

    private final Map<Class<?>, Object> arguments = new HashMap<>();

    EveryMethod(Path directory) {
        arguments.put(byte[].class, KEY);
        arguments.put(long.class, 1L);
        // Offsets and lengths: of empty keys and values.
        arguments.put(int.class, 0);
        arguments.put(DirectBuffer.class, new UnsafeBuffer(new byte[8]));
        arguments.put(MutableDirectBuffer.class, new UnsafeBuffer(new byte[8]));
        arguments.put(WriteOptions.class, WriteOptions.DEFAULT);
        arguments.put(WriteBatch.class, batch());
        arguments.put(KeyRange.class, KeyRange.all());
        arguments.put(KeyRange[].class, new KeyRange[] {KeyRange.all()});
        arguments.put(Path.class, directory);
        arguments.put(String.class, "avccdb.levels");
        arguments.put(List.class, List.of(KEY));
        arguments.put(Consumer.class, (Consumer<?>) told -> {});
        arguments.put(ValueConsumer.class, (ValueConsumer) (buffer, offset, length) -> {});
    }

    private static WriteBatch batch() {
        WriteBatch batch = new WriteBatch();
        batch.put(KEY, KEY);
        return batch;
    }

    /** That each of them, but for some by name, throws one of these. */
    void assertRefused(Class<?> face, Object object, Set<String> but, Class<?>... expected) {
        int called = 0;
        for (Method method : face.getMethods()) {
            if (Modifier.isStatic(method.getModifiers())
                    || method.getDeclaringClass() == Object.class
                    || but.contains(method.getName())) {
                continue;
            }
            Throwable thrown = call(method, object);
            assertTrue(
                    Arrays.stream(expected).anyMatch(type -> type.isInstance(thrown)),
                    () -> method + " threw " + thrown);
            assertInstanceOf(RuntimeException.class, thrown);
            assertTrue(thrown.getMessage() != null && !thrown.getMessage().isEmpty(), method::toString);
            called++;
        }
        assertTrue(called > 5);
    }

    /** What a method throws, or null. */
    Throwable call(Method method, Object object) {
        Object[] values = Arrays.stream(method.getParameterTypes())
                .map(type -> {
                    // The one number that is neither an offset nor a length: a limit, which 0 is none of.
                    Object value = type == int.class && method.getName().equals("proveRange") ? 1 : arguments.get(type);
                    assertTrue(value != null, () -> "no argument for " + type + " of " + method);
                    return value;
                })
                .toArray();
        try {
            // The class of a cursor is not public, its interface is.
            method.invoke(object, values);
            return null;
        } catch (InvocationTargetException thrown) {
            return thrown.getCause();
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Public methods of a class, or of an interface, with these names. */
    static Set<Method> named(Class<?> face, Set<String> names) {
        Set<Method> methods = new HashSet<>();
        for (Method method : face.getMethods()) {
            if (names.contains(method.getName()) && !Modifier.isStatic(method.getModifiers())) {
                methods.add(method);
            }
        }
        return methods;
    }
}
