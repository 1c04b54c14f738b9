package org.avccdb.checks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles one class that the build itself would refuse. */
final class RuntimeCompiler {
    private RuntimeCompiler() {}

    static void compile(String name, String source, Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                List.of("-nowarn", "-d", folder.toString(), "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED");
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        assertTrue(
                compiler.getTask(null, null, null, options, null, List.of(file)).call());
    }
}
