package org.avccdb.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every example and reads what it prints. */
class ExamplesTest {
    @TempDir
    private Path folder;

    private interface Main {
        void run(String[] args) throws Exception;
    }

    private void assertPrints(Main main, String... lines) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            main.run(new String[] {folder.resolve("example").toString()});
        } finally {
            System.setOut(before);
        }
        assertEquals(List.of(lines), printed.toString(UTF_8).lines().toList());
    }

    @Test
    void embed() throws Exception {
        assertPrints(
                Embed::main,
                "user/1 is Ada",
                "user/2 is Grace Hopper",
                "user/3 is Barbara",
                "after reopening, user/1 is gone");
    }

    @Test
    void timeTravel() throws Exception {
        assertPrints(
                TimeTravel::main,
                "bread now: 3.20",
                "bread on day 25: 3.00, since day 20",
                "bread on day 5: null",
                "from day 15 on, day 20: 3.00",
                "from day 15 on, day 30: 3.20",
                "bread now: 3.00",
                "too late for day 15",
                "price/bread 20 3.00",
                "price/bread 10 2.80",
                "price/milk 10 1.10");
    }

    @Test
    void proveToOthers() throws Exception {
        assertPrints(
                ProveToOthers::main,
                "database on the class path: false",
                "ada has 75, version 2",
                "mallory has an account: false",
                "ada had 100",
                "ada had 75",
                "accounts: 2, all: true",
                "changed: rejected",
                "of another key: rejected",
                "the client ends with 0");
    }

    /** It would be, if the client had the class path of this test. */
    @Test
    void theDatabaseIsOnThisClassPath() throws Exception {
        assertNotNull(Class.forName("org.avccdb.AvccDb"));
    }

    @Test
    void priceRecorder() throws Exception {
        assertPrints(PriceRecorder::main, "syncs: some", "last price of 7: 147 at 9997", "prices of 7: 1000");
    }

    @Test
    void orderJournal() throws Exception {
        assertPrints(OrderJournal::main, "acknowledged up to order 1000", "last order stored: 1000 of 10000");
    }

    @Test
    void backup() throws Exception {
        assertPrints(Backup::main, "live 4000, snapshot 2500", "copy 2500", "live 5000", "restored 4000, sound: true");
    }
}
