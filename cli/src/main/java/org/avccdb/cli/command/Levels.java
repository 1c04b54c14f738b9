package org.avccdb.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.avccdb.AvccDb;
import org.avccdb.Stats;
import org.avccdb.cli.io.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the levels of tables. */
@Command(name = "levels", description = "Prints how many tables and bytes each level has.")
final class Levels extends DatabaseCommand {
    @Option(names = "--tables", description = "Print every table too.")
    private boolean tables;

    @Option(names = "--json", description = "Print an array with one object a level.")
    private boolean json;

    @Override
    public Integer call() {
        try (AvccDb db = openToRead()) {
            if (json) {
                console().line(Json.text(levels(db.stats().levels())));
            } else {
                console().line(db.property("avccdb.levels").stripTrailing());
                if (tables) {
                    console().line(db.property("avccdb.sstables").stripTrailing());
                }
            }
        }
        return ExitCodes.FINE;
    }

    private static List<Object> levels(final List<Stats.Level> levels) {
        final List<Object> objects = new ArrayList<>();
        for (int i = 0; i < levels.size(); i++) {
            objects.add(Json.object(
                    "level", i,
                    "tables", levels.get(i).tables(),
                    "bytes", levels.get(i).bytes()));
        }
        return objects;
    }
}
