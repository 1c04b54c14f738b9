package org.avccdb.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "put",
                "get",
                "delete",
                "history",
                "scan",
                "load",
                "unload",
                "stat",
                "levels",
                "check",
                "compact",
                "checkpoint",
                "recover",
                "dump",
                "prove",
                "verify-proof"
            })
    void everyCommandHasHelp(String command) {
        String help = Run.fine(command, "--help");
        assertTrue(help.startsWith("Usage: avccdb " + command), help);
        assertEquals(help, Run.fine("help", command));
        assertTrue(Run.fine("--help").contains("\n  " + command + " "));
        assertTrue(Run.fine("generate-completion")
                .contains("function _picocli_avccdb_" + command.replace("-", "") + "()"));
    }

    @Test
    void exitCodesAreInTheHelp() {
        String help = Run.fine("--help");
        for (int code : new int[] {0, 1, 2, 3, 4, 141}) {
            assertTrue(
                    help.contains("\n  " + code + " ")
                            || help.contains("\n" + code + " ")
                            || help.contains(" " + code + "   "),
                    help);
        }
    }

    @Test
    void theProgramHasAVersion() {
        assertTrue(Run.fine("--version").startsWith("avccdb "));
    }
}
